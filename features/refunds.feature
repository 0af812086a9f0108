Feature: Money that goes back
  It goes back the way it came, never more than came, and not at all is not an end.

  Background:
    Given the customer has paid for 1 pair of the Roma Oxford

  Scenario: A paid order that is cancelled
    When the customer cancels the order
    Then the order is cancelled and refunded
    And all of the money went back in 1 part
    And the customer was told once that the order was cancelled
    And the customer was told once that money went back

  Scenario: The workshop gives an order up for its buyer
    When the workshop cancels the order
    Then the order is cancelled and refunded
    And all of the money went back in 1 part
    And the customer was told once that the order was cancelled

  Scenario: A part, and then the rest
    When the workshop gives ₹1,000.00 back
    Then the order is confirmed and partly refunded
    And ₹1,000.00 went back
    When the workshop gives the rest back
    Then the order is confirmed and refunded
    And all of the money went back in 2 parts

  Scenario: More than was paid
    When the workshop gives ₹20,000.00 back
    Then the refund is refused
    And the order is confirmed and paid
    And none of the money went back

  Scenario: More than is left
    Given the workshop gives ₹12,000.00 back
    When the workshop gives ₹2,000.00 back
    Then the refund is refused
    And ₹12,000.00 went back

  Scenario: A part went back before the customer cancelled
    Given the workshop gives ₹1,000.00 back
    When the customer cancels the order
    Then the order is cancelled and refunded
    And all of the money went back in 2 parts

  Scenario: A refund that fails is tried again
    Given the bank takes its time for refunds
    And the customer cancels the order
    When the bank can't pay the refund out
    Then the order is cancelled and paid
    And none of the money went back
    When an hour passes
    And the bank pays the refund out
    Then the order is cancelled and refunded
    And all of the money went back in 1 part
    And the customer was told once that money went back
    And nobody is asked about the order

  Scenario: A refund that fails again and again
    Given the bank takes its time for refunds
    And the customer cancels the order
    When the bank can't pay the refund out, 3 times with an hour between
    Then somebody is asked about a refund that failed
    And the order is cancelled and paid
    And none of the money went back
