"""Steps about the bench, the box and the road."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from pytest_bdd import given, parsers, then, when

from features.steps.designing import ask
from features.steps.ordering import place_order
from features.steps.paying import buy
from features.support.seen import Choice, Shopper, Story
from features.support.stack import ShipmentSeen, Stack, Station

_BETWEEN_STATIONS: Final = timedelta(hours=1)
_TO_THE_DOOR: Final[tuple[Station, ...]] = ("picked up", "out for delivery", "delivered")


def parcel_of(story: Story, stack: Stack, *, is_return: bool = False) -> ShipmentSeen:
    """The booked parcel of the order in a direction."""
    stack.settle()
    shipments = stack.staff.shipments(story.order.id)
    [booked] = [each for each in shipments if each.step == "BOOKED" and each.is_return is is_return]
    return booked


def bring(story: Story, stack: Stack, *stations: Station, is_return: bool = False) -> None:
    """Let the order's parcel go from station to station, an hour from each other."""
    for station in stations:
        awb = parcel_of(story, stack, is_return=is_return).awb
        assert awb is not None
        stack.pass_time(_BETWEEN_STATIONS)
        stack.courier.bring(awb, station)


def make_and_box(story: Story, stack: Stack) -> None:
    """What the workshop does with an order."""
    stack.staff.start_production(story.order.id)
    stack.staff.mark_ready(story.order.id)


@given(parsers.re(r"the customer's parcel(?P<kind> with a monogrammed pair)? (?P<where>is on its way|was delivered)"))
def has_parcel(story: Story, customer: Shopper, stack: Stack, kind: str | None, where: str) -> None:
    buy(story, customer, Choice(monogram="MB" if kind else None))
    make_and_box(story, stack)
    bring(story, stack, *_TO_THE_DOOR[: 1 if where == "is on its way" else 3])
    stack.settle()


@given("the customer has ordered 1 pair of the Roma Oxford to Mumbai, to pay on delivery")
def has_ordered_cod(story: Story, customer: Shopper) -> None:
    customer.add(Choice(), 1)
    place_order(story, customer, "Mumbai", "COD")


@given("the workshop starts production")
@when("the workshop starts production")
def starts_production(story: Story, stack: Stack) -> None:
    ask(story, lambda: stack.staff.start_production(story.order.id))


@when("the workshop boxes the pair")
def boxes(story: Story, stack: Stack) -> None:
    ask(story, lambda: stack.staff.mark_ready(story.order.id))


@given("the workshop makes and boxes the pair")
@when("the workshop makes and boxes the pair")
def makes_and_boxes(story: Story, stack: Stack) -> None:
    make_and_box(story, stack)


@when("the workshop cancels the order")
def workshop_cancels(story: Story, stack: Stack) -> None:
    ask(story, lambda: stack.staff.cancel(story.order.id))


@when("the workshop calls the parcel off")
def calls_off(story: Story, stack: Stack) -> None:
    stack.settle()
    stack.staff.call_off(story.order.id)


@when("the workshop has the parcel booked again")
def books_again(story: Story, stack: Stack) -> None:
    stack.staff.book(story.order.id, carrier=None)


@when(parsers.parse("the workshop takes the parcel to {courier} itself, who give it the air waybill {awb}"))
def ships_by_hand(story: Story, stack: Stack, courier: str, awb: str) -> None:
    stack.staff.book(story.order.id, carrier="manual")
    stack.settle()
    stack.staff.enter_awb(story.order.id, awb, courier)


@when(parsers.re("the workshop says that the parcel was (?P<station>picked up|delivered)"))
def says_where(story: Story, stack: Stack, station: str) -> None:
    stack.staff.report(story.order.id, station.upper().replace(" ", "_"))


@given("no courier goes to the customer any more")
def nobody_goes(stack: Stack) -> None:
    stack.courier.refuse_all()


@given("the carrier can't be reached")
def carrier_goes_away(stack: Stack) -> None:
    stack.courier.go_away()


@when("the booking has been tried in vain")
def tried_in_vain(stack: Stack) -> None:
    stack.await_failure("book_parcel")


@when("the carrier can be reached again")
def carrier_comes_back(stack: Stack) -> None:
    stack.courier.come_back()


@given("the carrier's next answers get lost")
def answers_get_lost(stack: Stack) -> None:
    stack.courier.lose_answers()


@given("the courier's messages don't come")
def messages_held(stack: Stack) -> None:
    stack.courier.hold_messages()


@given("the courier tells everything twice and in any order")
def courier_babbles(stack: Stack) -> None:
    stack.settle()
    stack.courier.babble()


@when(parsers.re(r"the parcel is (?P<station>picked up|out for delivery|delivered)"))
@given(parsers.re(r"the parcel is (?P<station>picked up|out for delivery|delivered)"))
def parcel_is_brought(story: Story, stack: Stack, station: Station) -> None:
    bring(story, stack, station)


@when("2 hours pass and the shop looks after silent parcels")
def looks_after_parcels(stack: Stack) -> None:
    stack.settle()
    stack.pass_time(timedelta(hours=2))
    stack.backroom.do_chore("follow_parcels")


@when(parsers.parse("somebody sends the courier's message {falsely}"))
def lies_of_parcel(story: Story, stack: Stack, falsely: str) -> None:
    ask(story, lambda: stack.courier.send_falsely(falsely))


@when("the courier tells of a parcel that isn't ours")
def tells_of_unknown(story: Story, stack: Stack) -> None:
    ask(story, stack.courier.tell_of_unknown_parcel)


@then("the message is taken")
def message_taken(story: Story) -> None:
    assert story.refusals == []


@then("the message is refused")
def message_refused(story: Story) -> None:
    assert story.refusals.pop().code == "invalid-signature"


@then("the step is refused")
def step_refused(story: Story) -> None:
    assert story.refusals.pop().code == "conflict"


@then(parsers.re(r"the pair (?P<where>is in production|waits to be shipped|is on its way back)"))
def pair_is(story: Story, customer: Shopper, where: str) -> None:
    status = {
        "is in production": "IN_PRODUCTION",
        "waits to be shipped": "READY_TO_SHIP",
        "is on its way back": "RETURNING",
    }[where]
    assert customer.find_order(story.order.id).fulfillment_status == status


@then("a parcel is booked with a courier and an air waybill")
def parcel_booked(story: Story, customer: Shopper) -> None:
    [parcel] = customer.parcels(story.order.id)
    assert parcel.courier
    assert parcel.awb


@then(parsers.parse("a parcel is booked with {courier} and the air waybill {awb}"))
def parcel_booked_with(story: Story, customer: Shopper, courier: str, awb: str) -> None:
    [parcel] = customer.parcels(story.order.id)
    assert (parcel.courier, parcel.awb) == (courier, awb)


@then(parsers.re(r"the carrier has (?P<number>no|1) parcel of the order"))
def carrier_has(story: Story, stack: Stack, number: str) -> None:
    assert stack.courier.parcels(story.order) == (0 if number == "no" else int(number))


@then("the customer can look up the courier and every stage of the way")
def looks_up(story: Story, customer: Shopper) -> None:
    [parcel] = customer.parcels(story.order.id)
    assert parcel.courier
    assert len(parcel.stages) >= len(_TO_THE_DOOR)


@then("the customer sees that the parcel has arrived")
def sees_arrived(story: Story, customer: Shopper) -> None:
    [parcel] = customer.parcels(story.order.id)
    assert parcel.status == "DELIVERED"
