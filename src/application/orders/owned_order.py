"""Load an order for somebody who may change it."""

from __future__ import annotations

from uuid import UUID

from domain.actor import Actor
from domain.errors import NotFound
from domain.ordering.order import Order
from ports.transactions import Transaction


async def owned_order(tx: Transaction, actor: Actor, order_id: UUID) -> Order:
    """The actor's order, locked until the transaction ends. Raises NotFound for others'."""
    order = await tx.orders.get(order_id)
    if not order.belongs_to(actor):
        raise NotFound("order", order_id)
    return order
