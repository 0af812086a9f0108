Feature: Sold out
  Leather, soles and weeks are never promised twice.

  Scenario: The last pair of soles
    Given only 1 pair of soles GOODYEAR-LEATHER in EU 42.5 is left
    And two customers have the Roma Oxford in their carts
    When both order at the same moment
    Then one of them has an order
    And the other is told that it is out of stock

  Scenario: An order that takes more than is left
    Given only 2 pairs of soles GOODYEAR-LEATHER in EU 42.5 are left
    And a customer has put 3 pairs of the Roma Oxford in the cart
    When the customer orders to Bengaluru and pays online
    Then the order is refused because it is out of stock
    And nothing is reserved

  Scenario: The cart tells before
    Given a customer has put 3 pairs of the Roma Oxford in the cart
    When only 2 pairs of soles GOODYEAR-LEATHER in EU 42.5 are left
    Then the cart says that the design is not available

  Scenario: A full week moves the promise
    Given the first week that can be promised has room for 1 pair
    And two customers have the Roma Oxford in their carts
    When both order at the same moment
    Then both have orders, promised in different weeks

  Scenario: No week left
    Given no week has any room
    And a customer has put 1 pair of the Roma Oxford in the cart
    When the customer orders to Bengaluru and pays online
    Then the order is refused because the workshop is booked out
    And nothing is reserved
