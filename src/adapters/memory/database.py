"""Transactions over tables in memory."""

from __future__ import annotations

from asyncio import Lock, Task, current_task
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from adapters.memory.catalogue_store import MemoryCatalogueStore
from adapters.memory.designs import MemoryDesigns
from adapters.memory.idempotency import MemoryIdempotencyKeys
from adapters.memory.inbox import MemoryInbox
from adapters.memory.mail_addresses import MemoryMailAddresses
from adapters.memory.operator_tasks import MemoryOperatorTasks
from adapters.memory.orders import MemoryOrders
from adapters.memory.payments import MemoryPayments
from adapters.memory.receipts import MemoryReceipts
from adapters.memory.reservations import MemoryReservations
from adapters.memory.shipments import MemoryShipments
from adapters.memory.tables import Tables, other_tasks
from domain.events import DomainEvent
from ports.clock import Clock
from ports.transactions import Transaction


class MemoryDatabase:
    """The shop's database for as long as the process lives.

    Transactions come one after the other; nothing of one is seen before it commits, and
    nothing is left of one that failed. Whoever begins a second one inside the first would
    wait for ever, and gets a RuntimeError instead.
    """

    def __init__(self, clock: Clock, on_news: Callable[[], None] = lambda: None) -> None:
        self.tables = Tables()
        self._clock = clock
        self._on_news = on_news
        self._lock = Lock()
        self._holder: Task[Any] | None = None  # what a task returns is its own affair

    @property
    def outbox(self) -> tuple[DomainEvent, ...]:
        """Every event that was committed, oldest first."""
        return tuple(logged.event for logged in self.tables.log)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Transaction]:
        """See ports.transactions.Begin."""
        async with self.writing() as tables:
            yield MemoryTransaction(tables, self._clock)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Tables]:
        """A transaction, for adapters of this package that want the tables themselves."""
        if self._holder is not None and self._holder is current_task():
            raise RuntimeError("a transaction was begun inside another one")
        await other_tasks()
        async with self._lock:
            self._holder = current_task()
            try:
                written = self.tables.layer()
                yield written
                await other_tasks()
                self.tables.take(written)
                if written.log:
                    self._on_news()
            finally:
                self._holder = None


class MemoryTransaction(Transaction):
    """The repositories of one transaction, all writing to the same layer of tables."""

    def __init__(self, tables: Tables, clock: Clock) -> None:
        self._orders = MemoryOrders(tables)
        self._payments = MemoryPayments(tables)
        self._shipments = MemoryShipments(tables)
        self._reservations = MemoryReservations(tables)
        self._designs = MemoryDesigns(tables)
        self._catalogue = MemoryCatalogueStore(tables)
        self._idempotency = MemoryIdempotencyKeys(tables, clock)
        self._receipts = MemoryReceipts(tables)
        self._tasks = MemoryOperatorTasks(tables)
        self._inbox = MemoryInbox(tables)
        self._mail_addresses = MemoryMailAddresses(tables)

    @property
    def orders(self) -> MemoryOrders:
        """See Transaction."""
        return self._orders

    @property
    def payments(self) -> MemoryPayments:
        """See Transaction."""
        return self._payments

    @property
    def shipments(self) -> MemoryShipments:
        """See Transaction."""
        return self._shipments

    @property
    def reservations(self) -> MemoryReservations:
        """See Transaction."""
        return self._reservations

    @property
    def designs(self) -> MemoryDesigns:
        """See Transaction."""
        return self._designs

    @property
    def catalogue(self) -> MemoryCatalogueStore:
        """See Transaction."""
        return self._catalogue

    @property
    def idempotency(self) -> MemoryIdempotencyKeys:
        """See Transaction."""
        return self._idempotency

    @property
    def receipts(self) -> MemoryReceipts:
        """See Transaction."""
        return self._receipts

    @property
    def tasks(self) -> MemoryOperatorTasks:
        """See Transaction."""
        return self._tasks

    @property
    def inbox(self) -> MemoryInbox:
        """See Transaction."""
        return self._inbox

    @property
    def mail_addresses(self) -> MemoryMailAddresses:
        """See Transaction."""
        return self._mail_addresses
