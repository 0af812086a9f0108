Feature: Doing a thing twice
  A double click, a retry of a lost answer, two tabs: one order.

  Background:
    Given a customer has put 1 pair of the Roma Oxford in the cart

  Scenario: The same request twice
    When the customer sends the same order twice
    Then both answers are the same order
    And there is 1 order

  Scenario: The same key for another order
    Given the customer has placed an order
    When the customer sends another order under the same key
    Then the request is refused because the key was used before
    And there is 1 order

  Scenario: Two tabs order the same cart
    When the customer orders the same cart from two tabs
    Then one tab gets the order and the other is refused
    And there is 1 order

  Scenario: Paying twice counts once
    Given the customer has placed an order
    When the customer sends the proof of payment twice
    Then the order is confirmed and paid
    And the payment was captured once
