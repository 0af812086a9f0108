Feature: What happens by itself
  What can't be done is tried again, then left to a person, and holds up nothing else; lies have no effect.

  Scenario: What fails again and again waits for an operator, and nothing else does
    Given the customer has paid for 1 pair of the Roma Oxford
    And the gateway can't be reached
    When the customer cancels the order
    Then the order is cancelled and paid
    And the refund is stuck
    And somebody is asked about something that is stuck
    And the customer was told once that the order was cancelled
    And nothing is reserved
    When the gateway can be reached again
    And the operator has it tried again
    Then the order is cancelled and refunded
    And all of the money went back in 1 part
    And the customer was told once that money went back
    And nothing is stuck

  Scenario: Another order goes its way meanwhile
    Given the customer has paid for 1 pair of the Roma Oxford
    And the gateway can't be reached
    And the customer cancels the order
    And the refund is stuck
    When the gateway can be reached again
    And another customer pays for 1 pair of the Roma Oxford
    Then the other customer's order is confirmed and paid
    And the refund is stuck

  Scenario: A gateway that tells everything twice, in any order
    Given a customer has put 1 pair of the Roma Oxford in the cart
    And the customer orders to Bengaluru and pays online
    And the gateway tells everything twice and in any order
    And the customer's payment fails
    When the bank lets the failed payment through after all
    Then the order is confirmed and paid
    And the payment was captured once
    And the customer was told once that the payment was received
    And nobody is asked about the order

  Scenario Outline: A lie of a payment
    Given a customer has put 1 pair of the Roma Oxford in the cart
    And the customer orders to Bengaluru and pays online
    And the customer has paid, and the shop has not heard of it
    When somebody sends the gateway's message <falsely>
    Then the message is refused
    And the order waits for its payment

    Examples:
      | falsely                     |
      | without its signature       |
      | with a forged signature     |
      | four days after it was made |

  Scenario Outline: A lie of a parcel
    Given the customer's parcel is on its way
    And the courier's messages don't come
    And the parcel is delivered
    When somebody sends the courier's message <falsely>
    Then the message is refused
    And the order is shipped and paid

    Examples:
      | falsely          |
      | without its key  |
      | with a wrong key |

  Scenario: A parcel that isn't ours
    Given the customer's parcel is on its way
    When the courier tells of a parcel that isn't ours
    Then the message is taken
    And the order is shipped and paid
