Feature: Placing an order
  The price that was shown is the price that is paid; stock and a week are held in the same breath.

  Background:
    Given a customer has put 1 pair of the Roma Oxford in the cart

  Scenario: Prepaid
    When the customer orders to Bengaluru and pays online
    Then the order waits for its payment
    And the cart is empty
    When the customer pays
    Then the order is confirmed and paid
    And the timeline tells order.placed, order.paid and order.confirmed

  Scenario: Cash on delivery
    When the customer orders to Mumbai and pays on delivery
    Then the order is confirmed and its payment is pending
    And the order contains a COD fee

  Scenario: Quote, order and payment agree to the paisa
    When the customer asks what the cart costs delivered to Bengaluru
    And the customer orders to Bengaluru and pays online
    Then the order's total is the quoted one
    And the payment asks for the order's total

  Scenario: A price that rose between quote and order
    Given the customer has seen what the cart costs delivered to Bengaluru
    And the workshop raises the price of the Roma Oxford to ₹13,999.00
    When the customer orders for the total that they have seen
    Then the order is refused because the price has changed
    And the refusal names the new total
    And the cart holds 1 design and 1 pair

  Scenario: An order keeps its price when the catalogue changes
    Given the customer orders to Bengaluru and pays online
    When the workshop raises the price of the Roma Oxford to ₹13,999.00
    Then the order still shows ₹12,999.00 for a pair

  Scenario: No cash above the limit
    Given the customer puts 2 more pairs of the same in the cart
    When the customer orders to Mumbai and pays on delivery
    Then the order is refused because cash on delivery is not available

  Scenario: A failed payment can be tried again
    Given the customer orders to Bengaluru and pays online
    And the customer's payment fails
    When the customer pays
    Then the order is confirmed and paid

  Scenario: A forged proof of payment
    Given the customer orders to Bengaluru and pays online
    When somebody sends a forged proof of payment
    Then the proof is refused
    And the order waits for its payment

  Scenario: Somebody else's order doesn't exist
    Given the customer orders to Bengaluru and pays online
    When a stranger asks for the order
    Then the stranger is told that there is no such order
