"""Doing a thing once, however often it is asked for."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import Protocol, TypeVar

from domain.errors import DomainError

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class IdempotencyKey:
    """One caller's name for one request.

    `scope` says whose and for what ("orders.place:<caller>"), `key` is the caller's
    word, `fingerprint` a digest of all that was asked.
    """

    scope: str
    key: str
    fingerprint: str


class IdempotencyKeyReused(DomainError):
    """The same key came with another request."""

    code = "idempotency-key-reused"

    def __init__(self) -> None:
        super().__init__("this idempotency key was used for another request")


class IdempotencyInFlight(DomainError):
    """The same request is being worked on right now, and takes long."""

    code = "idempotency-in-flight"

    def __init__(self) -> None:
        super().__init__("the same request is still being worked on; try again in a moment")


class IdempotencyKeys(Protocol):
    """Claims, inside the transaction of the work: both are committed, or neither.

    Kept for 24 hours. A claim of a key that another transaction has claimed waits for it.
    """

    @abstractmethod
    async def claim(self, key: IdempotencyKey, returns: type[R]) -> R | None:
        """The first result, when the work has been done; None when it is ours to do.

        Raises IdempotencyKeyReused and IdempotencyInFlight.
        """

    @abstractmethod
    async def complete(self, key: IdempotencyKey, result: object) -> None:
        """Keep the result (a dataclass of values) of a key claimed in this transaction."""
