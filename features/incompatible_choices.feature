Feature: Choices that do not make a shoe
  The workshop's rules are kept wherever a design is made, and every reason is told at once.

  Scenario: Two options that exclude each other
    When a customer asks for a quote of the Roma Oxford with material PATENT, color PATENT-BLACK and sole GOODYEAR-STUDDED
    Then the design is refused as not buildable
    And the reason concerns the material or the sole

  Scenario: An option that this shoe doesn't have
    When a customer asks for a quote of the Roma Oxford with sole CUP-RUBBER
    Then the design is refused as not buildable
    And the reason concerns the sole

  Scenario: Several mistakes are told together
    When a customer asks for a quote of the Roma Oxford with sole CUP-RUBBER, width H and monogram TOOLONG
    Then the design is refused as not buildable
    And the reasons concern the sole, the width and the monogram

  Scenario: A size that the shoe isn't made in
    When a customer asks for a quote of the Roma Oxford in size EU 49
    Then the design is refused as not buildable
    And the reason concerns the size

  Scenario: What can't be built can't be put in a cart
    When a customer puts the Roma Oxford with sole CUP-RUBBER in the cart
    Then the design is refused as not buildable
    And the cart is empty
