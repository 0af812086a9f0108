"""Which orders a customer may send back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from domain.ordering.errors import ReturnRefused
from domain.ordering.order import Order

RETURN_WINDOW: Final = timedelta(days=7)
"""From the moment at which the parcel was handed over."""


@dataclass(frozen=True, slots=True)
class ReturnWish:
    """An order that somebody wants to send back at a moment; `delivered_at` is None when it never arrived."""

    order: Order
    delivered_at: datetime | None
    at: datetime


ReturnRule = Callable[[ReturnWish], str | None]
"""Why not; None where the rule has nothing against it."""


def was_delivered(wish: ReturnWish) -> str | None:
    """Only what was handed over can come back."""
    return "it was not delivered" if wish.delivered_at is None else None


def within_window(wish: ReturnWish) -> str | None:
    """Up to the last moment of the window."""
    late = wish.delivered_at is not None and wish.at > wish.delivered_at + RETURN_WINDOW
    return f"the {RETURN_WINDOW.days} days for a return are over" if late else None


def not_monogrammed(wish: ReturnWish) -> str | None:
    """Nobody else can wear it; a faulty pair is made again."""
    return "a monogrammed pair can't be returned" if wish.order.is_monogrammed else None


RETURN_RULES: Final[tuple[ReturnRule, ...]] = (was_delivered, within_window, not_monogrammed)


def check_returnable(wish: ReturnWish) -> None:
    """Raise ReturnRefused with every reason that stands against a return."""
    reasons = tuple(reason for rule in RETURN_RULES if (reason := rule(wish)) is not None)
    if reasons:
        raise ReturnRefused(wish.order.ext_id, reasons)
