"""Somebody of the workshop at a keyboard, and what happens in the shop that needs them."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Final
from uuid import UUID

import httpx

from adapters.memory.shop import MemoryShop
from domain.operations.task import OperatorTask, TaskKind
from ports.deliveries import Lane, Subscription
from tests.builders import an_order, fresh_id
from tests.builders.orders import OrderBuilder
from tests.builders.shipments import ShipmentBuilder
from tests.http.guest import API, Json

NOBODYS: Final = "019b0000-0000-7000-8000-000000000000"
"""A well-formed id that nothing has."""

OPERATOR_TOKEN: Final = "operator-token-of-these-tests"
SIGNED_IN: Final = {"Authorization": f"Bearer {OPERATOR_TOKEN}"}

LISTENERS: Final = tuple(
    Subscription("order.placed", handler, lane, timedelta(0))
    for handler, lane in (("count_order", Lane.EVENTS), ("tell_order_placed", Lane.MAIL))
)


class Operator:
    """Holds the operator token. Answers are given back as they come."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def get(self, path: str) -> httpx.Response:
        """A read of the staff's routes."""
        return await self._http.get(f"{API}/admin{path}", headers=SIGNED_IN)

    async def post(self, path: str, body: Json | None = None, key: str | None = None) -> httpx.Response:
        """A write, with a new idempotency key unless one is given."""
        headers = SIGNED_IN | {"Idempotency-Key": str(uuid.uuid4()) if key is None else key}
        return await self._http.post(f"{API}/admin{path}", json=body, headers=headers)


async def keep(memory: MemoryShop, order: OrderBuilder, *shipments: ShipmentBuilder) -> str:
    """Let there be an order that has come so far, and these tries to ship it; its number."""
    built = order.build()
    async with memory.begin() as tx:
        await tx.orders.add(built)
        for each in shipments:
            await tx.shipments.add(each.of(built).carried_by("memory").build())
    return built.ext_id


async def placed(memory: MemoryShop) -> UUID:
    """Let an order be placed; its id."""
    order = an_order().build()
    async with memory.begin() as tx:
        await tx.orders.add(order)
    return order.id


async def stuck(memory: MemoryShop, *dead: str) -> UUID:
    """Let an order be placed whose event could not be handled there, and was elsewhere; the event's id."""
    order_id, now, lease = await placed(memory), memory.clock.now(), timedelta(seconds=30)
    due = await memory.deliveries.hand_out(LISTENERS, now, lease=lease, most=1_000)
    await memory.deliveries.start([each.key for each in due], now, lease=lease)
    async with memory.begin() as tx:
        for each in due:
            if each.key.handler in dead:
                await tx.receipts.bury(each.key, "ValueError: the mill is closed")
            else:
                await tx.receipts.record(each.key, now)
    [event] = await memory.event_views.events(name="order.placed", aggregate_id=order_id, before=None, limit=1)
    return event.id


async def needed(memory: MemoryShop, subject: str, order_id: UUID | None = None) -> UUID:
    """Let something need a person; the task's id."""
    task = OperatorTask.open(
        id=fresh_id(),
        kind=TaskKind.PARCEL_LOST,
        subject=subject,
        detail="no scan for a week",
        at=memory.clock.now(),
        order_id=order_id,
    )
    async with memory.begin() as tx:
        await tx.tasks.add(task)
    return task.id
