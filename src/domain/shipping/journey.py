"""Where a parcel may be after where it was, whatever carriers say in whatever order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from domain.shipping.parcel import ParcelStatus, Scan

MOST_SCANS: Final = 100
"""Lines of a parcel's history that are kept, the latest ones."""

LONGEST_TEXT: Final = 200
"""Characters that are kept of what a carrier says."""

BEFORE_PICKUP: Final = frozenset({None, ParcelStatus.BOOKED, ParcelStatus.PICKUP_SCHEDULED})
"""The parcel is in the workshop still, or at the customer's when it is a return."""

UNFOLLOWED: Final = frozenset(
    {ParcelStatus.DELIVERED, ParcelStatus.RTO_DELIVERED, ParcelStatus.LOST, ParcelStatus.CANCELLED}
)
"""Nobody asks any more where such a parcel is."""

TURNED_BACK: Final = frozenset({ParcelStatus.RTO_INITIATED, ParcelStatus.RTO_IN_TRANSIT, ParcelStatus.RTO_DELIVERED})
"""Never handed over, and never going to be."""

# Tried at the door again and again: the latest word counts.
_AT_THE_DOOR: Final = frozenset({ParcelStatus.OUT_FOR_DELIVERY, ParcelStatus.UNDELIVERED})

# A parcel that was given up for lost may turn up, at one of its ends.
_RANKS: Final = {
    ParcelStatus.BOOKED: 0,
    ParcelStatus.PICKUP_SCHEDULED: 1,
    ParcelStatus.PICKED_UP: 2,
    ParcelStatus.IN_TRANSIT: 3,
    ParcelStatus.OUT_FOR_DELIVERY: 4,
    ParcelStatus.UNDELIVERED: 4,
    ParcelStatus.RTO_INITIATED: 5,
    ParcelStatus.RTO_IN_TRANSIT: 6,
    ParcelStatus.LOST: 7,
    ParcelStatus.DELIVERED: 8,
    ParcelStatus.RTO_DELIVERED: 8,
    ParcelStatus.CANCELLED: 9,
}


@dataclass(frozen=True, slots=True)
class ParcelNews:
    """What a carrier says of a parcel: where it was at a time (UTC), and its history as far as told.

    `status` is None when that moves nothing.
    """

    status: ParcelStatus | None
    at: datetime
    scans: tuple[Scan, ...]
    expected_at: datetime | None


def goes_on(current: ParcelStatus | None, told: ParcelStatus, *, is_later: bool) -> bool:
    """Whether a parcel is at `told` now. `is_later`: that was said of a time after `current`.

    Only forwards: a repeated word, or one that comes late, moves nothing, and what was picked
    up is not cancelled.
    """
    if told is ParcelStatus.CANCELLED:
        return current in BEFORE_PICKUP
    if current is None:
        return True
    if {current, told} == _AT_THE_DOOR:
        return is_later
    return _RANKS[told] > _RANKS[current]


def merged(kept: Iterable[Scan], told: Iterable[Scan]) -> tuple[Scan, ...]:
    """Both histories as one, by time and without repetitions; at most MOST_SCANS lines."""
    every = {*kept, *map(_printable, told)}
    return tuple(sorted(every, key=lambda scan: (scan.at, scan.text, scan.location)))[-MOST_SCANS:]


def printable(text: str) -> str:
    """What can be printed and kept of somebody else's words, in at most LONGEST_TEXT characters."""
    return "".join(character for character in text[: 2 * LONGEST_TEXT] if character.isprintable())[:LONGEST_TEXT]


def _printable(scan: Scan) -> Scan:
    return replace(scan, text=printable(scan.text), location=printable(scan.location))
