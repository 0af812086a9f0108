Feature: GST
  Prices include the tax. Its rate depends on the value of a pair, its split on where the parcel goes.

  Scenario Outline: Split by state
    Given a customer has put 1 pair of the Roma Oxford in the cart
    When the customer orders to <city> and pays online
    Then the order's lines bear <tax>

    Examples:
      | city       | tax              |
      | Bengaluru  | CGST and SGST    |
      | Mumbai     | IGST             |
      | Chandigarh | IGST             |
      | Delhi      | IGST             |

  Scenario Outline: Rate by the value of a pair
    Given the workshop sells a slipper for <price>
    When a customer asks for a quote of the slipper
    Then the quote bears <rate> % GST of <tax>

    Examples:
      | price     | rate | tax      |
      | ₹1,050.00 | 5    | ₹50.00   |
      | ₹2,625.00 | 5    | ₹125.00  |
      | ₹2,950.01 | 18   | ₹450.00  |
      | ₹5,900.00 | 18   | ₹900.00  |

  Scenario: A price that fits no rate can't be sold at
    When the workshop tries to sell a slipper for ₹2,800.00
    Then the price is refused

  Scenario: The parts of the tax make the whole
    Given a customer has put 3 pairs of the Roma Oxford in the cart
    When the customer orders to Bengaluru and pays online
    Then the taxes of the lines and fees make the order's tax
