"""However often and however many at once: one order for a key, one for a cart, one for the last pair."""

from __future__ import annotations

from asyncio import gather
from dataclasses import replace

import pytest

from application.orders.place_order import PlacedOrder
from domain.actor import Customer, Guest
from domain.cart.errors import CartAlreadyOrdered
from domain.inventory.errors import CapacityExhausted, OutOfStock
from domain.ordering.owner import order_token
from ports.errors import PortUnavailable
from ports.idempotency import IdempotencyKey, IdempotencyKeyReused
from tests.builders import a_design, a_product, a_stock_item, a_week, fresh_id, shelves_for
from tests.unit.application.workshop import PRICE, InterruptedCarts, Workshop, form, key

pytestmark = pytest.mark.anyio

DESIGN = a_design()
CODE = DESIGN.build().code
OTHER = a_design().in_size("43")
OTHER_CODE = OTHER.build().code
ROMA = a_product()


async def test_a_repeated_request_gets_the_first_answer(workshop: Workshop) -> None:
    """The same order, the same token, and nothing happens a second time."""
    guest, again = await workshop.guest_with(DESIGN), key()
    first = await workshop.place(guest, idempotency=again)
    second = await workshop.place(guest, idempotency=again)
    assert (second.order, second.order_token) == (first.order, first.order_token)
    assert (first.replayed, second.replayed) == (False, True)
    assert workshop.told() == ["order.placed"]
    assert await workshop.booked() == {"2026-W52": 1}


async def test_the_first_answer_comes_whatever_has_become_of_cart_and_catalogue(workshop: Workshop) -> None:
    """Filled anew, dearer or withdrawn: the order was placed all the same."""
    customer, again = Customer(fresh_id()), key()
    await workshop.add(customer, DESIGN)
    first = await workshop.place(customer, idempotency=again)
    await workshop.add(customer, OTHER, 3)
    assert (await workshop.place(customer, idempotency=again)).order == first.order
    await workshop.offer(ROMA.priced(PRICE + 100_000).build())
    assert (await workshop.place(customer, idempotency=again)).order == first.order
    await workshop.offer(ROMA.inactive().build())
    assert (await workshop.place(customer, idempotency=again)).order == first.order


async def test_a_repeated_request_leaves_the_next_cart_alone(workshop: Workshop) -> None:
    """What the customer has put in since is not taken for what was bought."""
    customer, again = Customer(fresh_id()), key()
    await workshop.add(customer, DESIGN)
    first = await workshop.place(customer, idempotency=again)
    await workshop.add(customer, DESIGN, 2)
    assert (await workshop.place(customer, idempotency=again)).order == first.order
    assert await workshop.cart_of(customer) == {CODE: 2}


async def test_the_same_key_for_another_request_is_refused(workshop: Workshop) -> None:
    """The caller has mixed something up: nothing is placed."""
    guest, used = await workshop.guest_with(DESIGN), key()
    await workshop.place(guest, idempotency=used)
    other = await workshop.guest_with(OTHER)
    with pytest.raises(IdempotencyKeyReused):
        await workshop.place(other, idempotency=replace(used, fingerprint="another request"))
    assert workshop.told() == ["order.placed"]
    assert await workshop.cart_of(other) == {OTHER_CODE: 1}


async def test_another_caller_s_same_key_is_another_key(workshop: Workshop) -> None:
    """Two customers who count their orders from 1 don't get each other's."""
    orders = set()
    for scope in ("one caller", "another caller"):
        customer = Customer(fresh_id())
        await workshop.add(customer)
        orders.add((await workshop.place(customer, idempotency=IdempotencyKey(scope, "1", "f"))).order.id)
    assert len(orders) == 2


async def test_one_request_sent_twenty_times_at_once_is_one_order(workshop: Workshop) -> None:
    """Every answer is that order."""
    guest, again = await workshop.guest_with(DESIGN), key()
    answers = await gather(*(workshop.place(guest, idempotency=again) for _ in range(20)))
    assert len({answer.order.id for answer in answers}) == 1
    assert {answer.order_token for answer in answers} == {order_token(str(guest.cart_token), answers[0].order.id)}
    assert sum(not answer.replayed for answer in answers) == 1
    assert workshop.told() == ["order.placed"]


async def test_one_cart_under_many_keys_is_one_order(workshop: Workshop) -> None:
    """Ten impatient clicks without a key of their own: the others are told which order it became."""
    guest = await workshop.guest_with(DESIGN)
    answers = await gather(*(workshop.place(guest) for _ in range(10)), return_exceptions=True)
    placed = [answer for answer in answers if isinstance(answer, PlacedOrder)]
    refused = [answer for answer in answers if isinstance(answer, CartAlreadyOrdered)]
    assert (len(placed), len(refused)) == (1, 9)
    assert {refusal.order_id for refusal in refused} == {placed[0].order.id}
    assert await workshop.booked() == {"2026-W52": 1}
    assert workshop.told() == ["order.placed"]
    assert await workshop.cart_of(guest) == {}


@pytest.mark.parametrize("signed_in", ["guest", "customer"])
async def test_a_cart_whose_closing_was_lost_is_closed_when_it_is_ordered_again(
    workshop: Workshop, signed_in: str
) -> None:
    """The order stands, is not placed twice, and what came in since is kept for the next one."""
    carts = InterruptedCarts.of(workshop)
    buyer: Guest | Customer = Customer(fresh_id())
    if signed_in == "guest":
        buyer = await workshop.guest_with(DESIGN, 2)
    else:
        await workshop.add(buyer, DESIGN, 2)
    carts.broken = True
    first = await workshop.place(buyer, form(2 * PRICE))
    carts.broken = False
    assert await workshop.cart_of(buyer) == {CODE: 2}, "not closed"
    await workshop.add(buyer, OTHER)

    with pytest.raises(CartAlreadyOrdered) as refused:
        await workshop.place(buyer, form(3 * PRICE))

    assert refused.value.order_id == first.order.id
    assert await workshop.cart_of(buyer) == {OTHER_CODE: 1}
    second = await workshop.place(buyer, form(PRICE))
    assert [line.design_code for line in second.order.lines] == [OTHER_CODE]
    assert workshop.told() == ["order.placed"] * 2


async def test_an_order_stands_although_its_cart_could_not_be_closed(workshop: Workshop) -> None:
    """The customer gets the order and not an error."""
    carts = InterruptedCarts.of(workshop)
    guest = await workshop.guest_with(DESIGN)
    carts.broken = True
    placed = await workshop.place(guest)
    assert (await workshop.order_now(placed.order)).id == placed.order.id


async def test_the_first_answer_comes_while_no_cart_can_be_read(workshop: Workshop) -> None:
    """Who lost the answer need not wait for the carts; who asks for the first time does."""
    carts = InterruptedCarts.of(workshop)
    guest, again = await workshop.guest_with(DESIGN), key()
    first = await workshop.place(guest, idempotency=again)
    carts.gone = True

    second = await workshop.place(guest, idempotency=again)

    assert (second.order, second.order_token, second.replayed) == (first.order, first.order_token, True)
    with pytest.raises(PortUnavailable):
        await workshop.place(guest)
    assert workshop.told() == ["order.placed"]


async def test_of_fifty_buyers_of_the_last_pair_exactly_one_gets_it() -> None:
    """The others are told that it is out of stock, and it was promised once."""
    stock = [
        a_stock_item(each.sku, 1 if each.sku == "sole:GOODYEAR:42" else 9_999) for each in shelves_for(ROMA.build())
    ]
    workshop = await Workshop.opened(ROMA.build(), stock=stock)
    buyers = [await workshop.guest_with(DESIGN) for _ in range(50)]
    answers = await gather(*(workshop.place(buyer) for buyer in buyers), return_exceptions=True)
    assert sum(isinstance(answer, PlacedOrder) for answer in answers) == 1
    assert sum(isinstance(answer, OutOfStock) for answer in answers) == 49
    assert await workshop.reserved() == {"box:standard": 1, "leather:CALF-COGNAC": 24, "sole:GOODYEAR:42": 1}
    assert workshop.told() == ["order.placed"]


async def test_of_fifty_buyers_of_the_last_ten_places_in_the_calendar_ten_get_one() -> None:
    """No week is promised beyond its capacity."""
    weeks = [a_week("2026-W52", 7), a_week("2026-W53", 3)]
    workshop = await Workshop.opened(ROMA.build(), stock=shelves_for(ROMA.build(), on_hand=9_999), weeks=weeks)
    buyers = [await workshop.guest_with(DESIGN) for _ in range(50)]
    answers = await gather(*(workshop.place(buyer) for buyer in buyers), return_exceptions=True)
    assert sum(isinstance(answer, PlacedOrder) for answer in answers) == 10
    assert sum(isinstance(answer, CapacityExhausted) for answer in answers) == 40
    assert await workshop.booked() == {"2026-W52": 7, "2026-W53": 3}
    assert (await workshop.reserved())["box:standard"] == 10
