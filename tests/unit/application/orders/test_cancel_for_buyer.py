"""Staff who may cancel orders cancel anybody's."""

from __future__ import annotations

import pytest

from application.orders.cancel_for_buyer import CancelForBuyer
from application.orders.cancel_order import CancelOrderCommand
from domain.actor import Actor, Customer, Guest, Staff
from domain.errors import NotFound
from domain.ordering.status import OrderStatus
from domain.permissions import Forbidden, Permission
from tests.builders import fresh_id
from tests.unit.application.workshop import Workshop, key

pytestmark = pytest.mark.anyio

CLERK = Staff(fresh_id(), frozenset({Permission.ORDERS_CANCEL}))


def asked(actor: Actor, order: str) -> CancelOrderCommand:
    """To give an order up."""
    return CancelOrderCommand(actor, order, "out of leather", key())


async def test_an_order_is_given_up_for_its_buyer(workshop: Workshop) -> None:
    """With all that it held, and the workshop's reason."""
    cancel = CancelForBuyer(workshop.use.cancel_order())
    order, guest = await workshop.order_waiting_for_money()
    cancelled = await cancel(asked(CLERK, order.ext_id))
    assert (cancelled.order.status, cancelled.order.cancellation_reason) == (OrderStatus.CANCELLED, "out of leather")
    assert await workshop.use.get_order()(guest, order.ext_id) == cancelled.order
    assert (await workshop.reserved(), await workshop.booked()) == ({}, {})
    with pytest.raises(NotFound):
        await cancel(asked(CLERK, "IS-2026-999999"))


@pytest.mark.parametrize(
    "actor",
    [Guest(), Customer(fresh_id()), Staff(fresh_id(), frozenset(Permission) - {Permission.ORDERS_CANCEL})],
    ids=lambda actor: type(actor).__name__,
)
async def test_who_may_not_gives_up_nothing(actor: Actor, workshop: Workshop) -> None:
    """Not even what is their own: that has a way of its own."""
    cancel = CancelForBuyer(workshop.use.cancel_order())
    order, guest = await workshop.order_waiting_for_money()
    for somebody in (actor, guest):
        with pytest.raises(Forbidden):
            await cancel(asked(somebody, order.ext_id))
    assert (await workshop.order_now(order)).status is OrderStatus.PENDING
