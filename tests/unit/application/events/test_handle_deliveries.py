"""Handlers succeed, fail, hang and come back, each for itself."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import ClassVar

import pytest

from adapters.memory.shop import MemoryShop
from application.events.handle_deliveries import HandleDeliveries
from application.events.handler import Handler, subscription_of
from application.events.relay_events import LEASE
from application.events.retry_policy import RetryPolicy
from domain.events import DomainEvent
from domain.operations.events import TaskOpened
from domain.operations.task import OperatorTask, TaskKind
from domain.ordering.events import OrderPlaced
from ports.deliveries import DeliveryKey, Lane
from ports.errors import PortUnavailable
from ports.event_views import Backlog, DeliveryState
from tests.builders import NOW, an_order, fresh_id

pytestmark = pytest.mark.anyio

POLICY = RetryPolicy(attempts=3, first=timedelta(seconds=2), longest=timedelta(minutes=1))


async def nothing(event: DomainEvent) -> None:
    """What a handler does that succeeds."""


@dataclass(slots=True)
class Listener(Handler[DomainEvent]):
    """Does what it is told to, and remembers what it heard."""

    name = "listen"
    listens_to: ClassVar[type[DomainEvent]] = OrderPlaced
    lane = Lane.EVENTS

    does: Callable[[DomainEvent], Awaitable[None]] = nothing
    heard: list[DomainEvent] = field(default_factory=list)

    async def __call__(self, event: DomainEvent, key: DeliveryKey) -> None:
        self.heard.append(event)
        await self.does(event)


class OperatorListener(Listener):
    """Listens to what operators are told."""

    listens_to = TaskOpened


@dataclass(slots=True)
class Office:
    """A shop in memory with one listener, and a relay and a worker in one."""

    listener: Listener
    shop: MemoryShop = field(default_factory=lambda: MemoryShop(NOW))
    patience: float = 5.0

    async def place_order(self) -> None:
        """Let an order be placed."""
        async with self.shop.begin() as tx:
            await tx.orders.add(an_order().build())

    async def round(self) -> int:
        """Hand out what is due and have it handled; returns how much that was."""
        subscriptions = [subscription_of(self.listener)]
        due = await self.shop.deliveries.hand_out(subscriptions, self.shop.clock.now(), lease=LEASE, most=100)
        await self.handle([each.key for each in due])
        return len(due)

    async def handle(self, keys: list[DeliveryKey]) -> None:
        """Have some handled."""
        handle = HandleDeliveries(
            deliveries=self.shop.deliveries,
            handlers={self.listener.name: self.listener},
            begin=self.shop.begin,
            bell=self.shop.bell,
            clock=self.shop.clock,
            ids=self.shop.ids,
            retries=POLICY,
            patience=self.patience,
        )
        await handle(keys)

    async def backlog(self) -> Backlog:
        """What is left."""
        return await self.shop.event_views.backlog()


async def test_an_event_is_handled_once() -> None:
    """And nothing is left to do."""
    office = Office(Listener())
    await office.place_order()

    assert [await office.round(), await office.round()] == [1, 0]

    assert [event.name for event in office.listener.heard] == ["order.placed"]
    assert await office.backlog() == Backlog(in_outbox=0, pending=0, dead=0)


async def test_a_failure_is_tried_again_later() -> None:
    """Not at once, and not together with what failed at the same moment."""

    async def fail(event: DomainEvent) -> None:
        raise ValueError("the mill is closed")

    office = Office(Listener(does=fail))
    await office.place_order()
    await office.round()

    assert await office.round() == 0
    office.shop.clock.advance(timedelta(seconds=2))
    office.listener.does = nothing
    assert await office.round() == 1

    assert len(office.listener.heard) == 2
    assert await office.backlog() == Backlog(in_outbox=0, pending=0, dead=0)


async def test_a_third_party_says_when_to_come_back() -> None:
    """Its Retry-After is longer than our own pause."""

    async def fail(event: DomainEvent) -> None:
        raise PortUnavailable("mail", "too many", retry_after=40)

    office = Office(Listener(does=fail))
    await office.place_order()
    await office.round()

    office.shop.clock.advance(timedelta(seconds=39))
    assert await office.round() == 0
    office.shop.clock.advance(timedelta(seconds=1))
    assert await office.round() == 1


async def test_after_the_last_attempt_an_operator_is_asked() -> None:
    """The delivery is dead, with the reason; the operator's task says where to look."""

    async def fail(event: DomainEvent) -> None:
        raise ValueError("the mill is closed")

    office = Office(Listener(does=fail))
    await office.place_order()
    for _ in range(POLICY.attempts):
        assert await office.round() == 1
        office.shop.clock.advance(timedelta(minutes=1))

    assert await office.round() == 0
    [dead] = await office.shop.event_views.deliveries(DeliveryState.DEAD, 10)
    assert (dead.handler, dead.attempts, dead.error) == ("listen", 3, "ValueError: the mill is closed")
    [task] = await office.shop.operator_task_views.open_tasks(10)
    assert task.kind is TaskKind.EVENT_STUCK
    assert "order.placed" in task.subject
    assert "the mill is closed" in task.detail


async def test_a_mail_to_the_operator_that_is_stuck_asks_for_no_other() -> None:
    """Or tasks would make tasks for ever."""

    async def fail(event: DomainEvent) -> None:
        raise PortUnavailable("mail", "down")

    office = Office(OperatorListener(does=fail))
    async with office.shop.begin() as tx:
        kind = TaskKind.PARCEL_LOST
        await tx.tasks.add(OperatorTask.open(id=fresh_id(), kind=kind, subject="a parcel", detail="lost", at=NOW))
    for _ in range(POLICY.attempts):
        await office.round()
        office.shop.clock.advance(timedelta(minutes=1))

    assert (await office.backlog()).dead == 1
    assert [task.kind for task in await office.shop.operator_task_views.open_tasks(10)] == [kind]


async def test_a_handler_that_hangs_is_cancelled_and_tried_again() -> None:
    """It holds up nobody for longer than its patience."""
    left = asyncio.Event()

    async def hang(event: DomainEvent) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            left.set()

    office = Office(Listener(does=hang), patience=0.01)
    await office.place_order()
    await office.round()

    assert left.is_set()
    [view] = await office.shop.event_views.deliveries(DeliveryState.PENDING, 10)
    assert view.error is not None
    assert view.error.startswith("TimeoutError")


async def test_one_that_fails_leaves_the_others_of_its_task_alone() -> None:
    """They were put into one task for no other reason than speed."""
    office = Office(Listener())

    async def fail_first(event: DomainEvent) -> None:
        if event == office.listener.heard[0]:
            raise ValueError("the mill is closed")

    office.listener.does = fail_first
    for _ in range(4):
        await office.place_order()

    await office.round()

    assert await office.backlog() == Backlog(in_outbox=0, pending=1, dead=0)


async def test_one_that_takes_its_worker_down_is_not_tried_for_ever() -> None:
    """It never fails, because nobody is left to say so; its attempts are counted all the same."""
    office = Office(Listener())
    await office.place_order()
    subscriptions = [subscription_of(office.listener)]
    [due] = await office.shop.deliveries.hand_out(subscriptions, NOW, lease=LEASE, most=1)
    for _ in range(POLICY.attempts):
        await office.shop.deliveries.start([due.key], NOW, lease=LEASE)

    await office.handle([due.key])

    assert office.listener.heard == []
    assert (await office.backlog()).dead == 1


async def test_what_is_done_is_not_handled_when_it_comes_again() -> None:
    """Brokers deliver at least once."""
    office = Office(Listener())
    await office.place_order()
    [due] = await office.shop.deliveries.hand_out([subscription_of(office.listener)], NOW, lease=LEASE, most=1)

    for _ in range(3):
        await office.handle([due.key])

    assert len(office.listener.heard) == 1


async def test_tasks_that_piled_up_are_one_attempt() -> None:
    """Nobody worked for a while, and the relay asked again and again; then the first attempt fails."""

    async def fail(event: DomainEvent) -> None:
        raise ValueError("the mill is closed")

    office = Office(Listener(does=fail))
    await office.place_order()
    tasks = []
    for _ in range(POLICY.attempts):
        subscriptions = [subscription_of(office.listener)]
        due = await office.shop.deliveries.hand_out(subscriptions, office.shop.clock.now(), lease=LEASE, most=1)
        tasks.append([each.key for each in due])
        office.shop.clock.advance(LEASE)

    for task in tasks:
        await office.handle(task)

    assert len(office.listener.heard) == 1
    assert (await office.backlog()).pending == 1


async def test_an_event_for_a_handler_that_is_gone_waits_for_an_operator() -> None:
    """A handler was renamed while its deliveries were under way."""
    office = Office(Listener())
    await office.place_order()
    subscriptions = [subscription_of(office.listener)]
    due = await office.shop.deliveries.hand_out(subscriptions, NOW, lease=LEASE, most=1)
    office.listener.name = "listen_better"  # type: ignore[misc]  # another class, by now

    await office.handle([each.key for each in due])

    [view] = await office.shop.event_views.deliveries(DeliveryState.PENDING, 10)
    assert view.error == "KeyError: 'listen'"
