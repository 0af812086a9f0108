Feature: Paying online
  Whichever way the shop learns of a payment, it counts once; and money that comes too late is used or goes back.

  Background:
    Given a customer has put 1 pair of the Roma Oxford in the cart
    And the customer orders to Bengaluru and pays online

  Scenario Outline: The news comes in any order, and twice
    Given the customer has paid, and the shop has not heard of it
    When the shop learns of the payment by <first>
    And the shop learns of the payment by <second>
    And the shop learns of the payment by <third>
    Then the order is confirmed and paid
    And the payment was captured once
    And 1 pair is reserved
    And the customer was told once that the payment was received
    And nobody is asked about the order

    Examples:
      | first                 | second                | third                 |
      | the customer's proof  | the gateway's message | its own look          |
      | the gateway's message | its own look          | the customer's proof  |
      | its own look          | the customer's proof  | the gateway's message |
      | the customer's proof  | the customer's proof  | its own look          |
      | the gateway's message | the gateway's message | the customer's proof  |
      | its own look          | its own look          | the gateway's message |

  Scenario: A payment that failed comes through in the end
    Given the customer's payment fails
    Then the order waits for its payment
    And the customer was told once that the payment failed
    When the bank lets the failed payment through after all
    Then the order is confirmed and paid
    And the payment was captured once

  Scenario: Money that the bank only put aside is taken
    When the customer's bank puts the money aside
    Then the order is confirmed and paid
    And the payment was captured once

  Scenario: A payment that fails and another that succeeds
    Given the customer's payment fails
    When the customer pays
    And the bank lets the failed payment through after all
    Then the order is confirmed and paid
    And the payment was captured once

  Scenario: Money that comes when the time is over, while the pair can still be made
    Given the customer has paid, and the shop has not heard of it
    And 31 minutes pass and the shop looks for unpaid orders
    When the shop learns of the payment by the gateway's message
    Then the order is confirmed and paid
    And 1 pair is reserved
    And the customer was told once that the payment was received
    And none of the money went back

  Scenario: Money that comes when the pair can't be made any more
    Given the customer has paid, and the shop has not heard of it
    And 31 minutes pass and the shop looks for unpaid orders
    And no week has any room
    When the shop learns of the payment by the gateway's message
    And the shop learns of the payment by the gateway's message
    And the shop learns of the payment by the customer's proof
    Then the order is cancelled and refunded
    And nothing is reserved
    And all of the money went back in 1 part
    And the customer was told once that money went back

  Scenario: Money that comes after the customer cancelled
    Given the customer has paid, and the shop has not heard of it
    And the customer cancels the order
    When the shop learns of the payment by its own look
    And the shop learns of the payment by the gateway's message
    Then the order is cancelled and refunded
    And nothing is reserved
    And all of the money went back in 1 part
    And the customer was told once that money went back

  Scenario: Money that comes after the time was over, and the customer gave the order up
    Given the customer has paid, and the shop has not heard of it
    And 31 minutes pass and the shop looks for unpaid orders
    And the customer cancels the order
    When the shop learns of the payment by the gateway's message
    Then the order is cancelled and refunded
    And all of the money went back in 1 part

  Scenario: Money that was put aside for an order that the customer gave up is not taken
    Given the customer has begun to pay
    And the customer cancels the order
    When the customer's bank puts the money aside
    Then the order is cancelled
    And nothing is reserved
    And the payment was never captured
