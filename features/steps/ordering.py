"""Steps about orders: placing, twice, in vain, and giving them up."""

from __future__ import annotations

from datetime import timedelta

from pytest_bdd import given, parsers, then, when

from features.steps.designing import ask
from features.support.seen import PLACES, Choice, Shopper, Story
from features.support.stack import Stack

_BENGALURU = PLACES["Bengaluru"]


def place_order(story: Story, shopper: Shopper, city: str, method: str, key: str = "one-click") -> None:
    """Order what is in the cart, for the total that was seen or else for what it costs now."""

    def order() -> None:
        total = story.total if story.total is not None else shopper.checkout_total(PLACES[city], method)
        story.orders.append(shopper.order(PLACES[city], method, total, key))

    ask(story, order)


@given(parsers.parse("the customer orders to {city} and pays online"))
@when(parsers.parse("the customer orders to {city} and pays online"))
def orders_prepaid(story: Story, customer: Shopper, city: str) -> None:
    place_order(story, customer, city, "PREPAID")


@when(parsers.parse("the customer orders to {city} and pays on delivery"))
def orders_cod(story: Story, customer: Shopper, city: str) -> None:
    """Insists, even where the quote says that no cash is taken."""
    story.total = customer.checkout_total(PLACES[city], "COD")
    place_order(story, customer, city, "COD")


@given("the customer has seen what the cart costs delivered to Bengaluru")
@when("the customer asks what the cart costs delivered to Bengaluru")
def asks_total(story: Story, customer: Shopper) -> None:
    story.total = customer.checkout_total(_BENGALURU, "PREPAID")


@when("the customer orders for the total that they have seen")
def orders_seen_total(story: Story, customer: Shopper) -> None:
    place_order(story, customer, "Bengaluru", "PREPAID")


@given("the customer has placed an order")
def has_placed(story: Story, customer: Shopper) -> None:
    story.total = customer.checkout_total(_BENGALURU, "PREPAID")
    place_order(story, customer, "Bengaluru", "PREPAID")


@when("the customer sends the same order twice")
def sends_twice(story: Story, customer: Shopper) -> None:
    story.total = customer.checkout_total(_BENGALURU, "PREPAID")
    for _ in range(2):
        place_order(story, customer, "Bengaluru", "PREPAID")


@when("the customer sends another order under the same key")
def sends_other(story: Story, customer: Shopper) -> None:
    place_order(story, customer, "Mumbai", "PREPAID")


@when("the customer orders the same cart from two tabs")
def two_tabs(story: Story, customer: Shopper) -> None:
    story.total = customer.checkout_total(_BENGALURU, "PREPAID")
    for tab in ("first tab", "second tab"):
        place_order(story, customer, "Bengaluru", "PREPAID", key=tab)


@given("two customers have the Roma Oxford in their carts")
def two_carts(customer: Shopper, stranger: Shopper) -> None:
    customer.add(Choice(), 1)
    stranger.add(Choice(), 1)


@when("both order at the same moment")
def both_order(story: Story, customer: Shopper, stranger: Shopper) -> None:
    totals = [shopper.checkout_total(_BENGALURU, "PREPAID") for shopper in (customer, stranger)]
    for shopper, total in zip((customer, stranger), totals, strict=True):
        story.total = total
        place_order(story, shopper, "Bengaluru", "PREPAID")


@when("a stranger asks for the order")
def stranger_asks(story: Story, stranger: Shopper) -> None:
    stranger.add(Choice(), 1)
    story.total = stranger.checkout_total(_BENGALURU, "PREPAID")
    stranger.order(_BENGALURU, "PREPAID", story.total, "mine")
    ask(story, lambda: stranger.find_order(story.order.id))


@given("the customer cancels the order")
@when("the customer cancels the order")
def cancels(story: Story, customer: Shopper) -> None:
    ask(story, lambda: customer.cancel(story.order.id))


@given(parsers.parse("{minutes:d} minutes pass and the shop looks for unpaid orders"))
@when(parsers.parse("{minutes:d} minutes pass and the shop looks for unpaid orders"))
def time_passes(stack: Stack, minutes: int) -> None:
    stack.settle()
    stack.pass_time(timedelta(minutes=minutes))
    stack.backroom.do_chore("expire_unpaid_orders")


@given(parsers.re(r"only (?P<pairs>\d+) pairs? of soles (?P<sole>\S+) in EU (?P<size>\S+) (is|are) left"))
@when(parsers.re(r"only (?P<pairs>\d+) pairs? of soles (?P<sole>\S+) in EU (?P<size>\S+) (is|are) left"))
def soles_left(stack: Stack, pairs: str, sole: str, size: str) -> None:
    stack.backroom.leave(f"sole:{sole}:{size}", int(pairs))


@given("the first week that can be promised has room for 1 pair")
def little_room(stack: Stack) -> None:
    stack.backroom.leave_in_first_week(1)


@given("no week has any room")
def no_room(stack: Stack) -> None:
    stack.backroom.close_all_weeks()


_PAYMENT_STATUS = {
    "paid": "PAID",
    "refunded": "REFUNDED",
    "partly refunded": "PARTIALLY_REFUNDED",
    "its payment is pending": "PENDING",
}


@then("the order waits for its payment")
def waits(story: Story, customer: Shopper) -> None:
    order = customer.find_order(story.order.id)
    assert order.status == "PENDING"
    assert order.payment_status in {"PENDING", "FAILED"}


@then(
    parsers.re(
        r"the order is (?P<status>confirmed|cancelled|shipped|delivered|returned)"
        r" and (?P<payment>paid|refunded|partly refunded|its payment is pending)"
    )
)
def is_and_is_paid(story: Story, customer: Shopper, status: str, payment: str) -> None:
    order = customer.find_order(story.order.id)
    assert (order.status, order.payment_status) == (status.upper(), _PAYMENT_STATUS[payment])


@then("the order is cancelled")
def cancelled(story: Story, customer: Shopper) -> None:
    assert customer.find_order(story.order.id).status == "CANCELLED"


@then("the order contains a COD fee")
def cod_fee(story: Story) -> None:
    order = story.order
    assert order.cod_fee > 0
    assert order.total == order.subtotal + order.shipping_fee + order.cod_fee


@then("the order's total is the quoted one")
def quoted_total(story: Story) -> None:
    assert story.order.total == story.total


@then("the order still shows ₹12,999.00 for a pair")
def keeps_price(story: Story, customer: Shopper) -> None:
    assert customer.find_order(story.order.id).unit_prices == (1_299_900,)


@then(parsers.parse("the order is refused because {reason}"))
def refused_because(story: Story, reason: str) -> None:
    code = {
        "the price has changed": "price-changed",
        "cash on delivery is not available": "cod-not-available",
        "it is out of stock": "out-of-stock",
        "the workshop is booked out": "capacity-exhausted",
    }[reason]
    assert story.refusal.code == code
    assert story.orders == []


@then("the refusal names the new total")
def names_total(story: Story, customer: Shopper) -> None:
    assert story.refusal.total == customer.checkout_total(_BENGALURU, "PREPAID")


@then("the stranger is told that there is no such order")
def no_such_order(story: Story) -> None:
    assert story.refusal.code == "resource-not-found"


@then("both answers are the same order")
def same_order(story: Story) -> None:
    first, second = story.orders
    assert first == second


@then("there is 1 order")
def one_order(story: Story, stack: Stack) -> None:
    assert len({order.id for order in story.orders}) == 1
    assert stack.backroom.booked() == 1


@then("the request is refused because the key was used before")
def key_reused(story: Story) -> None:
    assert story.refusal.code == "idempotency-key-reused"


@then("one tab gets the order and the other is refused")
def one_tab(story: Story) -> None:
    assert len(story.orders) == 1
    assert story.refusal.code in {"cart-empty", "conflict"}


@then("one of them has an order")
def one_has(story: Story) -> None:
    assert len(story.orders) == 1


@then("the other is told that it is out of stock")
def other_out_of_stock(story: Story) -> None:
    assert story.refusal.code == "out-of-stock"


@then("both have orders, promised in different weeks")
def different_weeks(story: Story) -> None:
    first, second = story.orders
    assert first.week < second.week


@then("nothing is reserved")
def nothing_reserved(stack: Stack) -> None:
    assert stack.backroom.reserved() == {}
    assert stack.backroom.booked() == 0


@then(parsers.re(r"(?P<pairs>\d+) pairs? (is|are) reserved"))
def pairs_reserved(stack: Stack, pairs: str) -> None:
    assert stack.backroom.booked() == int(pairs)
    assert stack.backroom.reserved()["sole:GOODYEAR-LEATHER:42.5"] == int(pairs)


@then("the cancellation is refused because production has started")
def not_cancellable(story: Story) -> None:
    assert story.refusals.pop().code == "order-not-cancellable"


@then(parsers.parse("the timeline tells {events}"))
def timeline_tells(story: Story, customer: Shopper, events: str) -> None:
    told = customer.timeline(story.order.id)
    assert set(events.replace(" and ", ", ").split(", ")) <= set(told)


@then(parsers.parse("the order's lines bear {tax}"))
def lines_bear(story: Story, tax: str) -> None:
    for cgst, sgst, igst in story.order.taxes:
        if tax == "IGST":
            assert (cgst, sgst) == (0, 0)
            assert igst > 0
        else:
            assert igst == 0
            assert cgst == sgst > 0


@then("the taxes of the lines and fees make the order's tax")
def taxes_add_up(story: Story) -> None:
    of_lines = sum(sum(tax) for tax in story.order.taxes)
    fees = story.order.shipping_fee + story.order.cod_fee
    assert of_lines <= story.order.tax_total <= of_lines + fees
    if fees == 0:
        assert of_lines == story.order.tax_total
