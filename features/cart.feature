Feature: A cart
  Lines of (design, quantity) that add up, survive a week, and never change their price silently.

  Scenario: The same design adds up to one line
    Given a customer has put 1 pair of the Roma Oxford in the cart
    When the customer puts 2 more pairs of the same in the cart
    Then the cart holds 1 design and 3 pairs
    And the cart costs ₹38,997.00

  Scenario: Another size is another line
    Given a customer has put 1 pair of the Roma Oxford in the cart
    When the customer puts 1 pair of the Roma Oxford in size EU 43 in the cart
    Then the cart holds 2 designs and 2 pairs

  Scenario: At most ten pairs of a design
    Given a customer has put 9 pairs of the Roma Oxford in the cart
    When the customer puts 2 more pairs of the same in the cart
    Then the change is refused
    And the cart holds 1 design and 9 pairs

  Scenario: Changing and removing
    Given a customer has put 1 pair of the Roma Oxford in the cart
    When the customer changes the quantity to 4
    Then the cart holds 1 design and 4 pairs
    When the customer takes the design out
    Then the cart is empty

  Scenario: A price that changed is shown
    Given a customer has put 1 pair of the Roma Oxford in the cart
    When the workshop raises the price of the Roma Oxford to ₹13,999.00
    Then the cart says that the price has changed
    And the cart costs ₹13,999.00

  Scenario: The buyer agrees to the new price by changing the line
    Given a customer has put 1 pair of the Roma Oxford in the cart
    And the workshop raises the price of the Roma Oxford to ₹13,999.00
    When the customer changes the quantity to 2
    Then the cart says nothing of a changed price
    And the cart costs ₹27,998.00

  Scenario: Somebody else's cart stays theirs
    Given a customer has put 1 pair of the Roma Oxford in the cart
    When a stranger looks into their own cart
    Then the stranger's cart is empty
