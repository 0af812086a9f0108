"""Orders in memory."""

from __future__ import annotations

from copy import deepcopy
from uuid import UUID

from adapters.memory.tables import Tables
from domain.cart.errors import CartAlreadyOrdered
from domain.errors import NotFound
from domain.ordering.order import Order
from ports.orders import Orders


class MemoryOrders(Orders):
    """Orders of one transaction."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def add(self, order: Order) -> None:
        """See Orders."""
        if (ordered := self._tables.orders_of_carts.get(order.cart_id)) is not None:
            raise CartAlreadyOrdered(ordered)
        self._tables.orders_of_carts[order.cart_id] = order.id
        self._tables.keep(self._tables.orders, order.id, order)

    async def get(self, order_id: UUID) -> Order:
        """See Orders."""
        order = self._tables.orders.get(order_id)
        if order is None:
            raise NotFound("order", order_id)
        return deepcopy(order)

    async def save(self, order: Order) -> None:
        """See Orders."""
        self._tables.keep_changed(self._tables.orders, order.id, order)
