"""Orders of one transaction."""

from __future__ import annotations

from functools import cache
from typing import Final
from uuid import UUID

from adapters.db.order_rows import item_rows, order_of, order_row
from adapters.db.outbox import pulled_events, telling
from adapters.db.session import Session, Statement
from adapters.db.statements import Values, as_json, changed_columns, insert_rows, parameters, update_columns
from adapters.db.tables.ordering import order_item, orders
from domain.cart.errors import CartAlreadyOrdered
from domain.errors import NotFound
from domain.ordering.order import Order
from ports.errors import StaleAggregate
from ports.orders import Orders

ORDER_WITH_ITEMS: Final = """
    SELECT o.*, (SELECT json_agg(i ORDER BY i.position) FROM order_item i WHERE i.order_id = o.id) AS items
    FROM orders o
"""
"""Whole orders, as `order_of` reads them. Items never change, so one snapshot serves both."""

# Whoever ordered the cart first has its row; the others write nothing, and wait for whoever is at it.
_ADD: Final = Statement(f"""
    WITH taken AS (
        INSERT INTO ordered_cart (cart_id, order_id) VALUES (:cart_id, :order_id)
        ON CONFLICT (cart_id) DO NOTHING RETURNING cart_id
    ), added AS (
        {insert_rows(orders, "order")} WHERE EXISTS (SELECT FROM taken)
    ), listed AS (
        {insert_rows(order_item, "items")} WHERE EXISTS (SELECT FROM taken)
    ), {telling("WHERE EXISTS (SELECT FROM taken)")}
    SELECT cart_id FROM taken
""")  # noqa: S608  # constants of this package
_ORDER_OF_CART: Final = Statement("SELECT order_id FROM ordered_cart WHERE cart_id = :cart_id")
_LOCK: Final = Statement(f"{ORDER_WITH_ITEMS} WHERE o.id = :id FOR NO KEY UPDATE OF o")


@cache
def _save(columns: tuple[str, ...]) -> Statement:
    return Statement(f"""
        WITH saved AS ({update_columns(orders, columns)} RETURNING id),
        {telling("WHERE EXISTS (SELECT FROM saved)")}
        SELECT id FROM saved
    """)  # noqa: S608  # constants of this package


class SqlOrders(Orders):
    """Writes events to the outbox with every change."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._loaded: dict[UUID, Values] = {}

    async def add(self, order: Order) -> None:
        """See Orders."""
        row = order_row(order)
        taken = await self._session.row(
            _ADD,
            about=order,
            cart_id=order.cart_id,
            order_id=order.id,
            order=as_json([{**row, "version": 1}]),
            items=as_json(item_rows(order)),
            events=pulled_events(self._session, order),
        )
        if taken is None:
            raise await self._already_ordered(order.cart_id)
        order.version = 1
        self._loaded[order.id] = row

    async def get(self, order_id: UUID) -> Order:
        """See Orders."""
        row = await self._session.row(_LOCK, id=order_id)
        if row is None:
            raise NotFound("order", order_id)
        order = order_of(row)
        self._loaded[order_id] = order_row(order)
        return order

    async def save(self, order: Order) -> None:
        """See Orders."""
        row = order_row(order)
        changed = parameters(orders, changed_columns(self._loaded.get(order.id), row))
        saved = await self._session.row(
            _save(tuple(changed)),
            about=order,
            **{**changed, "id": order.id, "version": order.version, "events": pulled_events(self._session, order)},
        )
        if saved is None:
            raise StaleAggregate("order", order.id)
        order.version += 1
        self._loaded[order.id] = row

    async def _already_ordered(self, cart_id: UUID) -> CartAlreadyOrdered:
        [row] = await self._session.rows(_ORDER_OF_CART, cart_id=cart_id)
        return CartAlreadyOrdered(row["order_id"])
