"""How far the booking of a parcel is."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Direction(StrEnum):
    """OUTBOUND to the customer, RETURN from there to the workshop."""

    OUTBOUND = "OUTBOUND"
    RETURN = "RETURN"


class BookingStep(StrEnum):
    """What is certain and kept, so that whoever goes on after a crash does nothing twice.

    REQUESTED: nobody knows of it yet. ANNOUNCED: the carrier does. AWAITS_AWB: a person has
    to hand it in and type the air waybill. ASSIGNED: a courier has been paid for it. BOOKED:
    the courier comes, the papers are there. FAILED and CANCELLED are the end.
    """

    REQUESTED = "REQUESTED"
    ANNOUNCED = "ANNOUNCED"
    AWAITS_AWB = "AWAITS_AWB"
    ASSIGNED = "ASSIGNED"
    BOOKED = "BOOKED"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"


ENDED: Final = frozenset({BookingStep.FAILED, BookingStep.CANCELLED})
"""Another try may follow."""

BOOKING_NEXT: Final[Mapping[BookingStep, frozenset[BookingStep]]] = {
    BookingStep.REQUESTED: frozenset({BookingStep.ANNOUNCED, *ENDED}),
    BookingStep.ANNOUNCED: frozenset({BookingStep.AWAITS_AWB, BookingStep.ASSIGNED, *ENDED}),
    BookingStep.AWAITS_AWB: frozenset({BookingStep.ASSIGNED, *ENDED}),
    BookingStep.ASSIGNED: frozenset({BookingStep.BOOKED, *ENDED}),
    BookingStep.BOOKED: ENDED,
    BookingStep.FAILED: frozenset(),
    # The courier had it already, and keeps it.
    BookingStep.CANCELLED: frozenset({BookingStep.BOOKED}),
}


def has_reached(current: BookingStep, wanted: BookingStep) -> bool:
    """Whether a booking that goes on is at a step, or beyond it."""
    steps = list(BookingStep)
    return current not in ENDED and steps.index(current) >= steps.index(wanted)
