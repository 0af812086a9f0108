"""Staff who may see orders find all of them in one list."""

from __future__ import annotations

import pytest

from application.orders.list_orders import ListOrders, ListOrdersQuery
from domain.actor import Actor, Customer, Guest, Staff, System
from domain.ordering.status import OrderStatus
from domain.permissions import Forbidden, Permission
from ports.order_views import OrderFilter
from tests.builders import fresh_id
from tests.unit.application.workshop import Workshop

pytestmark = pytest.mark.anyio

READER = Staff(fresh_id(), frozenset({Permission.ORDERS_READ}))


@pytest.mark.parametrize("actor", [READER, System()], ids=lambda actor: type(actor).__name__)
async def test_everybody_s_orders_are_listed_page_by_page(actor: Actor, workshop: Workshop) -> None:
    """Newest first, whoever bought; a question for others finds none of these."""
    orders = [(await workshop.order_waiting_for_money())[0] for _ in range(3)]
    list_orders = ListOrders(workshop.memory.order_views)

    first = await list_orders(ListOrdersQuery(actor, OrderFilter(), None, 2))
    rest = await list_orders(ListOrdersQuery(actor, OrderFilter(status=OrderStatus.PENDING), first.next, 2))
    others = await list_orders(ListOrdersQuery(actor, OrderFilter(status=OrderStatus.SHIPPED), None, 2))

    assert [order.id for page in (first, rest) for order in page.items] == [order.id for order in reversed(orders)]
    assert (rest.next, others.items) == (None, ())


@pytest.mark.parametrize(
    "actor",
    [Guest(), Customer(fresh_id()), Staff(fresh_id(), frozenset(Permission) - {Permission.ORDERS_READ})],
    ids=lambda actor: type(actor).__name__,
)
async def test_who_may_not_learns_nothing(actor: Actor, workshop: Workshop) -> None:
    """Not even how many there are."""
    await workshop.order_waiting_for_money()
    with pytest.raises(Forbidden):
        await ListOrders(workshop.memory.order_views)(ListOrdersQuery(actor, OrderFilter(), None, 20))
