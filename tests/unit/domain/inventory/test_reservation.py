"""A reservation is held, then kept or given back, and never comes back to life by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from domain.inventory.errors import InvalidReservationState
from domain.inventory.reservation import Reservation, ReservationStatus
from tests.builders import NOW, THIS_WEEK, fresh_id

HELD, COMMITTED, RELEASED = ReservationStatus
Move = Callable[[Reservation], None]
MOVES: dict[ReservationStatus, Move] = {COMMITTED: Reservation.commit, RELEASED: Reservation.release}


def reservation(status: ReservationStatus) -> Reservation:
    """One that a repository restored in that state."""
    return Reservation(
        order_id=fresh_id(),
        needs={"box:standard": 2},
        week=THIS_WEEK,
        pairs=2,
        status=status,
        expires_at=NOW + timedelta(minutes=30) if status is HELD else None,
    )


@pytest.mark.parametrize(
    ("before", "wanted"),
    [(HELD, COMMITTED), (HELD, RELEASED), (COMMITTED, RELEASED), (COMMITTED, COMMITTED), (RELEASED, RELEASED)],
)
def test_a_reservation_is_kept_or_given_back_once_or_again(
    before: ReservationStatus, wanted: ReservationStatus
) -> None:
    """Hearing of the same decision again is harmless, and nothing that is settled expires."""
    held = reservation(before)
    MOVES[wanted](held)
    assert (held.status, held.expires_at) == (wanted, None)
    assert (held.needs, held.week, held.pairs) == ({"box:standard": 2}, THIS_WEEK, 2)


def test_what_was_given_back_cannot_be_kept() -> None:
    """Somebody else may have it by now; the refusal says so and nothing changes."""
    given_back = reservation(RELEASED)
    with pytest.raises(InvalidReservationState) as refused:
        given_back.commit()
    assert (refused.value.status, refused.value.wanted) == (RELEASED, COMMITTED)
    assert given_back.status is RELEASED


def test_a_reservation_tells_nothing() -> None:
    """Its order speaks for it."""
    held = reservation(HELD)
    held.commit()
    held.release()
    assert held.pull_events() == []
