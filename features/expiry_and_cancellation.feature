Feature: Orders that don't happen
  What was held is given back, once.

  Background:
    Given a customer has put 2 pairs of the Roma Oxford in the cart
    And the customer orders to Bengaluru and pays online

  Scenario: Nobody pays
    When 31 minutes pass and the shop looks for unpaid orders
    Then the order is cancelled
    And nothing is reserved

  Scenario: Half an hour is not over yet
    When 29 minutes pass and the shop looks for unpaid orders
    Then the order waits for its payment

  Scenario: Money that comes after that
    Given the customer has begun to pay
    And 31 minutes pass and the shop looks for unpaid orders
    When the customer pays
    Then the order is confirmed and paid
    And 2 pairs are reserved

  Scenario: Money that comes too late
    Given the customer has begun to pay
    And 31 minutes pass and the shop looks for unpaid orders
    And no week has any room
    When the customer pays
    Then the order is cancelled and refunded
    And the timeline tells order.late_payment_unplaceable

  Scenario: Money that comes after the customer cancelled
    Given the customer has begun to pay
    And the customer cancels the order
    When the customer pays
    Then the order is cancelled and refunded
    And nothing is reserved
    And the timeline tells order.late_payment_unplaceable

  Scenario: The customer cancels before production
    Given the customer pays
    When the customer cancels the order
    Then the order is cancelled
    And nothing is reserved

  Scenario: Cancelling twice
    Given the customer cancels the order
    When the customer cancels the order
    Then the order is cancelled
    And nothing is reserved

  Scenario: The leather is cut
    Given the customer pays
    And the workshop starts production
    When the customer cancels the order
    Then the cancellation is refused because production has started
    And the order is confirmed and paid
