"""Money on its way back to a customer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from domain.money import Money
from domain.payments.watching import next_look

REFUND_ATTEMPTS: Final = 3
"""How often money is sent back that does not get there, before a person has to look."""


class RefundState(StrEnum):
    """REQUESTED of the gateway, PENDING there, PROCESSED when the money is gone; FAILED left it with us."""

    REQUESTED = "REQUESTED"
    PENDING = "PENDING"
    PROCESSED = "PROCESSED"
    FAILED = "FAILED"


# A gateway that refused to say what it had done may turn out to have done it: FAILED → PROCESSED.
REFUND_NEXT: Final[Mapping[RefundState, frozenset[RefundState]]] = {
    RefundState.REQUESTED: frozenset({RefundState.PENDING, RefundState.PROCESSED, RefundState.FAILED}),
    RefundState.PENDING: frozenset({RefundState.PROCESSED, RefundState.FAILED}),
    RefundState.PROCESSED: frozenset(),
    RefundState.FAILED: frozenset({RefundState.PROCESSED}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund:
    """Money to go back, out of one payment at the gateway.

    `attempt` counts from 1: a refund that failed is asked for again as another one.
    `ask_at` is when the gateway is asked how it is getting on, None once that is known.
    """

    id: UUID
    provider_payment_id: str
    amount: Money
    reason: str
    attempt: int = 1
    state: RefundState = RefundState.REQUESTED
    provider_refund_id: str | None = None
    failure: str | None = None
    created_at: datetime
    ask_at: datetime | None

    @classmethod
    def ask(
        cls,
        *,
        id: UUID,  # noqa: A002  # the field's name, as everywhere
        provider_payment_id: str,
        amount: Money,
        reason: str,
        at: datetime,
    ) -> Refund:
        """A first attempt."""
        return cls(
            id=id,
            provider_payment_id=provider_payment_id,
            amount=amount,
            reason=reason,
            created_at=at,
            ask_at=next_look(at, at),
        )

    def again(self, id: UUID, amount: Money, at: datetime) -> Refund:  # noqa: A002  # as above
        """The attempt after this one, which failed."""
        return replace(
            self,
            id=id,
            amount=amount,
            attempt=self.attempt + 1,
            state=RefundState.REQUESTED,
            provider_refund_id=None,
            failure=None,
            created_at=at,
            ask_at=next_look(at, at),
        )

    @property
    def is_open(self) -> bool:
        """Whether what becomes of it isn't known yet."""
        return self.state in {RefundState.REQUESTED, RefundState.PENDING}

    @property
    def is_last(self) -> bool:
        """Whether no other attempt follows when this one fails."""
        return self.attempt >= REFUND_ATTEMPTS
