"""Who calls a use case."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody without an account, known only by the tokens that they hold."""

    cart_token: str | None = None
    order_token: str | None = None


@dataclass(frozen=True, slots=True)
class Customer:
    """Somebody signed in."""

    customer_id: UUID


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody of the workshop, with what they may do."""

    staff_id: UUID
    permissions: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class System:
    """The shop itself: event handlers, chores of the beat, the command line."""


Actor = Guest | Customer | Staff | System
