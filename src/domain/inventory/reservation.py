"""Stock and a week of the workshop, held for one order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from domain.events import Aggregate
from domain.inventory.bill_of_materials import BillOfMaterials
from domain.inventory.capacity import Week
from domain.inventory.errors import InvalidReservationState


class ReservationStatus(StrEnum):
    """HELD waits for money until it expires; COMMITTED is paid for or due on delivery."""

    HELD = "HELD"
    COMMITTED = "COMMITTED"
    RELEASED = "RELEASED"


_NEXT: Final = {
    ReservationStatus.HELD: frozenset({ReservationStatus.COMMITTED, ReservationStatus.RELEASED}),
    ReservationStatus.COMMITTED: frozenset({ReservationStatus.RELEASED}),
    ReservationStatus.RELEASED: frozenset[ReservationStatus](),
}


@dataclass(slots=True, kw_only=True, eq=False)
class Reservation(Aggregate):
    """What an order holds: `needs` by sku, and `pairs` in `week`.

    `expires_at` (UTC) is set while HELD. Its repository keeps the stock's and the
    week's counters in step with `status`, in the same transaction.
    """

    order_id: UUID
    needs: BillOfMaterials
    week: Week
    pairs: int
    status: ReservationStatus
    expires_at: datetime | None

    def commit(self) -> None:
        """The order is going to be made. Committing twice is harmless."""
        self._become(ReservationStatus.COMMITTED)
        self.expires_at = None

    def release(self) -> None:
        """The order is not going to be made. Releasing twice is harmless."""
        self._become(ReservationStatus.RELEASED)
        self.expires_at = None

    def _become(self, wanted: ReservationStatus) -> None:
        if self.status is wanted:
            return
        if wanted not in _NEXT[self.status]:
            raise InvalidReservationState(self.order_id, self.status, wanted)
        self.status = wanted
