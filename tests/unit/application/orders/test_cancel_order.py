"""Until the leather is cut a customer may cancel, and everything that was held is free again."""

from __future__ import annotations

from asyncio import gather
from dataclasses import replace

import pytest

from application.orders.cancel_order import CancelOrderCommand
from domain.actor import Actor, Customer, Guest, Staff
from domain.errors import InvalidValue, NotFound
from domain.ordering.errors import OrderNotCancellable
from domain.ordering.events import OrderCancelled
from domain.ordering.record import PAYMENT_TIMEOUT
from domain.ordering.status import FulfillmentStatus, OrderStatus
from ports.idempotency import IdempotencyKeyReused
from ports.order_views import OrderView
from tests.builders import id_of
from tests.unit.application.workshop import COD, PRICE, Workshop, form, key

pytestmark = pytest.mark.anyio


async def begin_production(workshop: Workshop, order: OrderView) -> None:
    """The workshop cuts the leather."""
    async with workshop.memory.begin() as tx:
        loaded = await tx.orders.get(order.id)
        loaded.start_production(workshop.memory.clock.now())
        await tx.orders.save(loaded)


async def test_a_cancelled_order_gives_stock_and_week_back(workshop: Workshop) -> None:
    """The next customer can have them, and the order says why it was given up."""
    order, guest = await workshop.order_waiting_for_money()
    workshop.pass_time(minutes=5)
    cancelled = await workshop.cancel(guest, order)
    assert (cancelled.order.status, cancelled.order.cancellation_reason) == (OrderStatus.CANCELLED, "changed my mind")
    assert (cancelled.order.is_cancellable, cancelled.order.hold_expires_at) == (False, None)
    assert cancelled.order == await workshop.order_now(order)
    assert (await workshop.reserved(), await workshop.booked()) == ({}, {})
    assert workshop.memory.outbox[-1] == OrderCancelled(
        aggregate_id=order.id,
        occurred_at=workshop.memory.clock.now(),
        order=order.ext_id,
        reason="changed my mind",
        refund_due=0,
    )


async def test_a_confirmed_order_can_be_cancelled_too(workshop: Workshop) -> None:
    """Cash on delivery stands at once, and is free to cancel all the same."""
    placed = await workshop.place(await workshop.guest_with(), form(PRICE + 4_900, COD))
    await workshop.cancel(Guest(order_token=placed.order_token), placed.order)
    assert (await workshop.reserved(), await workshop.booked()) == ({}, {})


async def test_a_paid_order_that_is_cancelled_owes_its_money(workshop: Workshop) -> None:
    """The event carries what has to go back."""
    order, guest = await workshop.order_waiting_for_money()
    await workshop.confirm(guest, order, await workshop.customer_paid(guest, order))
    await workshop.cancel(guest, order)
    (told,) = [event for event in workshop.memory.outbox if isinstance(event, OrderCancelled)]
    assert told.refund_due == PRICE


async def test_once_production_has_begun_it_is_too_late(workshop: Workshop) -> None:
    """The reason is named, and stock and week stay with the order."""
    placed = await workshop.place(await workshop.guest_with(), form(PRICE + 4_900, COD))
    await begin_production(workshop, placed.order)
    with pytest.raises(OrderNotCancellable) as refused:
        await workshop.cancel(Guest(order_token=placed.order_token), placed.order)
    assert refused.value.state == FulfillmentStatus.IN_PRODUCTION
    assert (await workshop.order_now(placed.order)).status is OrderStatus.CONFIRMED
    assert await workshop.booked() == {"2026-W52": 1}
    assert "order.cancelled" not in workshop.told()


async def test_a_repeated_request_gets_the_first_answer(workshop: Workshop) -> None:
    """Nothing is given back twice."""
    order, guest = await workshop.order_waiting_for_money()
    again = key()
    first, second = [await workshop.cancel(guest, order, again) for _ in range(2)]
    assert (second.order, first.replayed, second.replayed) == (first.order, False, True)
    assert workshop.told("order.cancelled") == ["order.cancelled"]


async def test_cancelling_again_under_another_key_is_harmless(workshop: Workshop) -> None:
    """It tells nothing more, and takes nothing that somebody else has reserved since."""
    order, guest = await workshop.order_waiting_for_money()
    await workshop.cancel(guest, order)
    await workshop.order_waiting_for_money()
    await workshop.cancel(guest, order)
    assert workshop.told("order.cancelled") == ["order.cancelled"]
    assert await workshop.booked() == {"2026-W52": 1}


async def test_ten_cancellations_at_once_give_back_once(workshop: Workshop) -> None:
    """However impatient the customer is."""
    order, guest = await workshop.order_waiting_for_money()
    await workshop.order_waiting_for_money()
    await gather(*(workshop.cancel(guest, order) for _ in range(10)))
    assert workshop.told("order.cancelled") == ["order.cancelled"]
    assert await workshop.booked() == {"2026-W52": 1}


async def test_a_key_that_was_used_for_something_else_cancels_nothing(workshop: Workshop) -> None:
    """The caller has mixed something up."""
    order, guest = await workshop.order_waiting_for_money()
    used = key()
    await workshop.cancel(guest, order, used)
    other, other_guest = await workshop.order_waiting_for_money()
    with pytest.raises(IdempotencyKeyReused):
        await workshop.cancel(other_guest, other, replace(used, fingerprint="another request"))
    assert (await workshop.order_now(other)).status is OrderStatus.PENDING


STRANGERS: list[Actor] = [
    Guest(),
    Guest(order_token="guessed"),
    Customer(id_of("a stranger")),
    Staff(id_of("a clerk")),
]


@pytest.mark.parametrize("stranger", STRANGERS, ids=repr)
async def test_somebody_else_s_order_is_not_there_to_be_cancelled(workshop: Workshop, stranger: Actor) -> None:
    """Nobody learns that it exists."""
    order, _ = await workshop.order_waiting_for_money()
    with pytest.raises(NotFound):
        await workshop.cancel(stranger, order)
    assert (await workshop.order_now(order)).status is OrderStatus.PENDING
    assert await workshop.booked() == {"2026-W52": 1}


async def test_nobody_cancels_in_the_name_of_the_clock(workshop: Workshop) -> None:
    """Or late money would confirm an order that its buyer doesn't want."""
    order, guest = await workshop.order_waiting_for_money()
    with pytest.raises(InvalidValue):
        await workshop.use.cancel_order()(CancelOrderCommand(guest, order.ext_id, PAYMENT_TIMEOUT, key()))
    assert (await workshop.order_now(order)).status is OrderStatus.PENDING
