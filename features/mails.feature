Feature: What the customer is told
  A mail for every step that they wait for, each once, and none where there is nothing to say.

  Scenario: A whole way
    Given the customer's parcel was delivered
    And 7 days pass
    Then the customer was told once of each: placed, paid, in production, ready, shipped, out for delivery, delivered, review

  Scenario: Nobody paid
    Given a customer has put 1 pair of the Roma Oxford in the cart
    And the customer orders to Bengaluru and pays online
    And 31 minutes pass and the shop looks for unpaid orders
    Then the customer was told once of each: placed, expired

  Scenario: A payment failed, and the next one did not
    Given a customer has put 1 pair of the Roma Oxford in the cart
    And the customer orders to Bengaluru and pays online
    And the customer's payment fails
    And the customer has been told of it
    And the customer pays
    Then the customer was told once of each: placed, failed, paid

  Scenario: Cancelled before anything was paid
    Given a customer has put 1 pair of the Roma Oxford in the cart
    And the customer orders to Bengaluru and pays online
    And the customer cancels the order
    Then the customer was told once of each: placed, cancelled

  Scenario: Cancelled and refunded
    Given the customer has paid for 1 pair of the Roma Oxford
    And the customer cancels the order
    Then the customer was told once of each: placed, paid, cancelled, refunded

  Scenario: A review is not asked for before a week has passed
    Given the customer's parcel was delivered
    And 6 days pass
    Then the customer was never told of the review

  Scenario: Nor of shoes that were sent back
    Given the customer's parcel was delivered
    And the customer wants to send the pair back
    And the courier brings the pair back to the workshop
    And 8 days pass
    Then the customer was never told of the review
    And the customer was told once of each: placed, paid, in production, ready, shipped, out for delivery, delivered, returned, refunded

  Scenario: An address from which mail comes back
    Given mail to the customer's address comes back
    And a customer has put 1 pair of the Roma Oxford in the cart
    And the customer orders to Bengaluru and pays online
    And the customer has been told of it
    And the customer pays
    Then the customer was told once of each: placed

  Scenario: Who needs to know at the workshop is told
    Given the customer's parcel is on its way
    When the courier loses the parcel
    Then the workshop was told of it
