"""Staff who may see orders see all of them."""

from __future__ import annotations

import pytest

from application.orders.show_order import ShowOrder
from domain.actor import Actor, Customer, Guest, Staff
from domain.errors import NotFound
from domain.permissions import Forbidden, Permission
from tests.builders import fresh_id
from tests.unit.application.workshop import Workshop

pytestmark = pytest.mark.anyio

READER = Staff(fresh_id(), frozenset({Permission.ORDERS_READ}))


async def test_any_order_is_seen_by_number_and_by_id(workshop: Workshop) -> None:
    """Whoever bought it."""
    show = ShowOrder(workshop.use.get_order())
    order, _ = await workshop.order_waiting_for_money()
    assert await show(READER, order.ext_id) == await show(READER, str(order.id)) == order
    with pytest.raises(NotFound):
        await show(READER, "IS-2026-999999")


@pytest.mark.parametrize(
    "actor",
    [Guest(), Customer(fresh_id()), Staff(fresh_id(), frozenset(Permission) - {Permission.ORDERS_READ})],
    ids=lambda actor: type(actor).__name__,
)
async def test_who_may_not_learns_nothing(actor: Actor, workshop: Workshop) -> None:
    """Not even whether there is such an order."""
    show = ShowOrder(workshop.use.get_order())
    order, _ = await workshop.order_waiting_for_money()
    for reference in (order.ext_id, "IS-2026-999999"):
        with pytest.raises(Forbidden):
            await show(actor, reference)
