Feature: Parcels that come back, or don't arrive
  What the customer is owed is paid back by itself, and what nobody can know is left to a person.

  Scenario: Nobody is at home the first time
    Given the customer's parcel is on its way
    When nobody opens the door to the courier
    Then somebody is asked about a parcel that could not be handed over
    When the workshop asks the courier to try again
    And the parcel is delivered
    Then the order is delivered and paid
    And none of the money went back

  Scenario: Never handed over
    Given the customer's parcel is on its way
    When nobody opens the door to the courier
    And the courier turns back
    Then the pair is on its way back
    When the courier brings the parcel back to the workshop
    Then the order is returned and partly refunded
    And all of the money but the shipping fee went back
    And the customer was told once that the parcel came back
    And the customer was told once that money went back

  Scenario: Cash on delivery, never handed over
    Given the customer has ordered 1 pair of the Roma Oxford to Mumbai, to pay on delivery
    And the workshop makes and boxes the pair
    When nobody opens the door to the courier
    And the courier brings the parcel back to the workshop
    Then the order is returned and its payment is pending
    And nobody is asked about a refund

  Scenario: Lost on the way
    Given the customer's parcel is on its way
    When the courier loses the parcel
    Then somebody is asked about a parcel that is lost
    And the order is shipped and paid
    And none of the money went back

  Scenario: Sent back within a week
    Given the customer's parcel was delivered
    And 6 days pass
    When the customer wants to send the pair back
    And the courier picks it up from the customer
    Then the pair is on its way back
    When the courier brings the pair back to the workshop
    Then the order is returned and refunded
    And all of the money went back in 1 part
    And the customer was told once that the parcel came back

  Scenario: A week is over
    Given the customer's parcel was delivered
    And 8 days pass
    When the customer wants to send the pair back
    Then the return is refused
    And the order is delivered and paid

  Scenario: Not delivered yet
    Given the customer's parcel is on its way
    When the customer wants to send the pair back
    Then the return is refused

  Scenario: A pair with a monogram fits nobody else
    Given the customer's parcel with a monogrammed pair was delivered
    When the customer wants to send the pair back
    Then the return is refused

  Scenario: A pair with a monogram that was never handed over
    Given the customer's parcel with a monogrammed pair is on its way
    When nobody opens the door to the courier
    And the courier brings the parcel back to the workshop
    Then the order is returned and paid
    And somebody is asked about what goes back
