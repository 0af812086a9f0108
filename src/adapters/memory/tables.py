"""What the shop in memory consists of, and how a transaction writes it."""

from __future__ import annotations

from asyncio import sleep
from collections import ChainMap
from collections.abc import MutableMapping
from copy import deepcopy
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, Final, TypeVar
from uuid import UUID

from uuid_utils.compat import uuid7

from domain.catalogue.options import Material, Sole, Style
from domain.catalogue.product import Product
from domain.catalogue.sizes import Last
from domain.events import Aggregate, DomainEvent
from domain.inventory.capacity import Week, WeekCapacity
from domain.inventory.reservation import Reservation
from domain.inventory.stock import StockItem
from domain.operations.task import OperatorTask
from domain.operations.webhooks import InboxMessage
from domain.ordering.order import Order
from domain.payments.payment import Payment
from domain.shipping.shipment import Shipment
from ports.deliveries import DeliveryKey, Lane
from ports.designs import SavedDesign
from ports.errors import StaleAggregate
from ports.event_views import DeliveryState

K = TypeVar("K")
A = TypeVar("A", bound=Aggregate)


@dataclass(frozen=True, slots=True)
class Claim:
    """An idempotency key that was claimed, and the result once there is one."""

    fingerprint: str
    claimed_at: datetime
    result: object | None


@dataclass(frozen=True, slots=True)
class Logged:
    """An event with the id that it was written under."""

    id: UUID
    event: DomainEvent


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """A delivery, as far as it has come. `seq` is the event's place in the log."""

    seq: int
    event: DomainEvent
    lane: Lane
    state: DeliveryState
    attempts: int
    due_at: datetime
    error: str | None = None
    handled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Tables:
    """Rows by key. A row is replaced, never changed in place: readers may hold it."""

    orders: MutableMapping[UUID, Order] = field(default_factory=dict)
    orders_of_carts: MutableMapping[UUID, UUID] = field(default_factory=dict)
    payments: MutableMapping[UUID, Payment] = field(default_factory=dict)
    shipments: MutableMapping[UUID, Shipment] = field(default_factory=dict)
    reservations: MutableMapping[UUID, Reservation] = field(default_factory=dict)
    stock: MutableMapping[str, StockItem] = field(default_factory=dict)
    weeks: MutableMapping[Week, WeekCapacity] = field(default_factory=dict)
    designs: MutableMapping[str, SavedDesign] = field(default_factory=dict)
    lasts: MutableMapping[str, Last] = field(default_factory=dict)
    styles: MutableMapping[str, Style] = field(default_factory=dict)
    soles: MutableMapping[str, Sole] = field(default_factory=dict)
    materials: MutableMapping[str, Material] = field(default_factory=dict)
    products: MutableMapping[str, Product] = field(default_factory=dict)
    claims: MutableMapping[tuple[str, str], Claim] = field(default_factory=dict)
    deliveries: MutableMapping[DeliveryKey, DeliveryRow] = field(default_factory=dict)
    tasks: MutableMapping[UUID, OperatorTask] = field(default_factory=dict)
    inbox: MutableMapping[tuple[str, str, bool], InboxMessage] = field(default_factory=dict)
    undeliverable: MutableMapping[str, str] = field(default_factory=dict)
    log: list[Logged] = field(default_factory=list)

    def layer(self) -> Tables:
        """The same rows with an empty layer on top, which takes all that is written; an empty log."""
        layers: dict[str, Any] = {name: ChainMap({}, getattr(self, name)) for name in _MAPPINGS}  # of many types
        return Tables(**layers)

    def take(self, layer: Tables) -> None:
        """Make what was written to a `layer` of these tables part of them."""
        for name in _MAPPINGS:
            getattr(self, name).update(getattr(layer, name).maps[0])
        self.log.extend(layer.log)

    def tell(self, aggregate: Aggregate) -> None:
        """Write the events of an aggregate into the log."""
        self.log.extend(Logged(uuid7(), event) for event in aggregate.pull_events())

    def keep(self, table: MutableMapping[K, A], key: K, aggregate: A) -> None:
        """Write an aggregate, raise its version by one and put its events in the log.

        What is kept is a copy: a later change of `aggregate` needs another `keep`.
        """
        self.tell(aggregate)
        aggregate.version += 1
        table[key] = deepcopy(aggregate)

    def keep_changed(self, table: MutableMapping[K, A], key: K, aggregate: A) -> A:
        """`keep`, and return the row that it replaced.

        Raises StaleAggregate unless that row is the version that was changed.
        """
        before = table.get(key)
        if before is None or before.version != aggregate.version:
            raise StaleAggregate(type(aggregate).__name__.lower(), key)
        self.keep(table, key, aggregate)
        return before


_MAPPINGS: Final = tuple(each.name for each in fields(Tables) if each.name != "log")


async def other_tasks() -> None:
    """Let other tasks run, as they would while a server answers: hidden races show up here too."""
    await sleep(0)
