Feature: From the bench to the door
  The workshop makes and boxes a pair; the parcel is booked and followed by itself.

  Scenario: A pair is made, sent and delivered
    Given the customer has paid for 1 pair of the Roma Oxford
    When the workshop starts production
    Then the pair is in production
    And the customer was told once that production has started
    When the workshop boxes the pair
    Then a parcel is booked with a courier and an air waybill
    And the customer was told once that the pair is ready
    When the parcel is picked up
    Then the order is shipped and paid
    And the customer was told once that the parcel is on its way
    When the parcel is out for delivery
    Then the customer was told once that the parcel comes today
    When the parcel is delivered
    Then the order is delivered and paid
    And the customer was told once that the parcel was delivered
    And the customer can look up the courier and every stage of the way
    And the timeline tells order.production_started, order.ready, order.shipped and order.delivered

  Scenario: The leather is cut
    Given the customer has paid for 1 pair of the Roma Oxford
    And the workshop starts production
    When the customer cancels the order
    Then the cancellation is refused because production has started
    When the workshop cancels the order
    Then the cancellation is refused because production has started
    And the order is confirmed and paid

  Scenario: Nothing is boxed that was not made, nor made that was not paid
    Given a customer has put 1 pair of the Roma Oxford in the cart
    And the customer orders to Bengaluru and pays online
    When the workshop starts production
    Then the step is refused
    When the customer pays
    And the workshop boxes the pair
    Then the step is refused

  Scenario: Cash is paid at the door
    Given the customer has ordered 1 pair of the Roma Oxford to Mumbai, to pay on delivery
    When the workshop makes and boxes the pair
    And the parcel is out for delivery
    Then the order is shipped and its payment is pending
    When the parcel is delivered
    Then the order is delivered and paid
    And the customer was never told that the payment was received

  Scenario: A courier that tells nothing is asked
    Given the customer has paid for 1 pair of the Roma Oxford
    And the workshop makes and boxes the pair
    And the courier's messages don't come
    And the parcel is delivered
    When 2 hours pass and the shop looks after silent parcels
    Then the order is delivered and paid

  Scenario: A courier that tells everything twice, in any order
    Given the customer has paid for 1 pair of the Roma Oxford
    And the workshop makes and boxes the pair
    And the courier tells everything twice and in any order
    When the parcel is delivered
    Then the order is delivered and paid
    And the customer sees that the parcel has arrived
    And the customer was told once that the parcel is on its way
    And the customer was told once that the parcel was delivered

  Scenario: No courier goes there
    Given the customer has paid for 1 pair of the Roma Oxford
    And no courier goes to the customer any more
    When the workshop makes and boxes the pair
    Then somebody is asked about a parcel that can't be booked
    And the pair waits to be shipped
    When the workshop takes the parcel to Blue Dart itself, who give it the air waybill 7840123456
    Then a parcel is booked with Blue Dart and the air waybill 7840123456
    And the carrier has no parcel of the order
    When the workshop says that the parcel was picked up
    Then the order is shipped and paid
    And the customer was told once that the parcel is on its way
    When the workshop says that the parcel was delivered
    Then the order is delivered and paid
    And the customer was told once that the parcel was delivered

  Scenario: The carrier is away for a while
    Given the customer has paid for 1 pair of the Roma Oxford
    And the carrier can't be reached
    When the workshop makes and boxes the pair
    And the booking has been tried in vain
    And the carrier can be reached again
    Then a parcel is booked with a courier and an air waybill
    And the carrier has 1 parcel of the order
    And nobody is asked about the order

  Scenario: The carrier stays away
    Given the customer has paid for 1 pair of the Roma Oxford
    And the carrier can't be reached
    When the workshop makes and boxes the pair
    Then somebody is asked about a parcel that can't be booked
    And the pair waits to be shipped
    When the carrier can be reached again
    And the workshop has the parcel booked again
    Then a parcel is booked with a courier and an air waybill
    And the carrier has 1 parcel of the order

  Scenario: The carrier does its work, and its answers get lost
    Given the customer has paid for 1 pair of the Roma Oxford
    And the carrier's next answers get lost
    When the workshop makes and boxes the pair
    Then a parcel is booked with a courier and an air waybill
    And the carrier has 1 parcel of the order

  Scenario: A parcel is called off and booked again
    Given the customer has paid for 1 pair of the Roma Oxford
    And the workshop makes and boxes the pair
    When the workshop calls the parcel off
    Then the carrier has no parcel of the order
    When the workshop has the parcel booked again
    Then a parcel is booked with a courier and an air waybill
    And the carrier has 1 parcel of the order
