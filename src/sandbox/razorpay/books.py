"""Where the entities of an account are kept, and who hears of their changes."""

from __future__ import annotations

import random
import string
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, TypeVar

import msgspec

from sandbox.razorpay.entities import Collection, Entity, Listed, Order, Payment, Refund, RefundKey
from sandbox.razorpay.errors import unknown_id
from sandbox.razorpay.events import Happening, happenings
from sandbox.razorpay.requests import Page, check_id

Record = Callable[[Sequence[Entity]], None]
Announce = Callable[[Happening], None]

_Kept = TypeVar("_Kept", Order, Payment, Refund)


class LedgerContents(msgspec.Struct, frozen=True):
    """All that a ledger holds, oldest first."""

    orders: list[Order]
    payments: list[Payment]
    refunds: list[Refund]


class Books:
    """The entities, by id, each as it is now.

    `record` is told of the entities that a change leaves behind before anybody sees them;
    if it raises, nothing has changed. `announce` hears afterwards of what that means to the
    outside. `past` is what earlier books recorded; it is announced to nobody.
    """

    def __init__(self, past: Iterable[Entity], record: Record, announce: Announce) -> None:
        self._record = record
        self._announce = announce
        self.orders: dict[str, Order] = {}
        self.payments: dict[str, Payment] = {}
        self.refunds: dict[str, Refund] = {}
        self.refund_keys: dict[str, RefundKey] = {}
        for entity in past:
            self._keep(entity)

    def change(self, *entities: Entity) -> None:
        """All of it, or none."""
        self._record(entities)
        told = happenings(entities, self._status)
        for entity in entities:
            self._keep(entity)
        for happening in told:
            self._announce(happening)

    def contents(self) -> LedgerContents:
        """Everything, for people who look into the sandbox."""
        return LedgerContents([*self.orders.values()], [*self.payments.values()], [*self.refunds.values()])

    def _status(self, key: str) -> str | None:
        entity = self.orders.get(key) or self.payments.get(key) or self.refunds.get(key)
        return None if entity is None else entity.status

    def _keep(self, entity: Entity) -> None:
        match entity:
            case Order():
                self.orders[entity.id] = entity
            case Payment():
                self.payments[entity.id] = entity
            case Refund():
                self.refunds[entity.id] = entity
            case RefundKey():
                self.refund_keys[entity.id] = entity


_RANDOM: Final = random.SystemRandom()
_ALPHANUMERICS: Final = string.ascii_letters + string.digits


def new_id(prefix: str) -> str:
    """A prefix and 14 alphanumerics."""
    return f"{prefix}_{''.join(_RANDOM.choices(_ALPHANUMERICS, k=14))}"


def found(kept: Mapping[str, _Kept], prefix: str, key: str) -> _Kept:
    """The entity of that id. Raises Refused."""
    check_id(prefix, key)
    if key not in kept:
        raise unknown_id()
    return kept[key]


def listed(oldest_first: Iterable[Listed], page: Page) -> Collection[Listed]:
    """That page of it, newest first."""
    newest_first = [each for each in oldest_first if page.since <= each.created_at <= page.until][::-1]
    items = newest_first[page.skip : page.skip + page.count]
    return Collection(len(items), items)
