Feature: Designing a pair
  A customer chooses every part of a shoe and sees the price and the week change with each choice.

  Scenario: A plain choice costs the base price
    When a customer asks for a quote of the Roma Oxford in its standard make
    Then a pair costs ₹12,999.00
    And the price is made of base ₹12,999.00
    And a week is promised

  Scenario: Every option that costs more shows in the breakdown
    When a customer asks for a quote of the Roma Oxford with sole GOODYEAR-STUDDED and monogram MB
    Then the price is made of base ₹12,999.00, sole ₹450.00 and monogram ₹499.00
    And a pair costs ₹13,948.00

  Scenario: Pairs of a design cost the sum of the pairs
    When a customer asks for a quote of 3 pairs of the Roma Oxford in its standard make
    Then the pairs together cost ₹38,997.00

  Scenario: The same design has the same code in any size system
    When a customer asks for a quote of the Roma Oxford in size EU 42.5
    And another customer asks for a quote of the Roma Oxford in size UK 9
    Then both quotes carry the same design code

  Scenario: A saved design is found again by its code
    Given a customer has saved the Roma Oxford with monogram MB
    When a friend opens the design by its code
    Then the friend sees the Roma Oxford with monogram MB

  Scenario: A quote promises nothing
    Given only 1 pair of soles GOODYEAR-LEATHER in EU 42.5 is left
    When a customer asks for a quote of 2 pairs of the Roma Oxford in its standard make
    Then the quote says that it is not available
