"""The stock room and the workshop's calendar, as an order sees them."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from domain.inventory.bill_of_materials import BillOfMaterials
from domain.inventory.capacity import Week
from domain.inventory.reservation import Reservation


@dataclass(frozen=True, slots=True)
class HoldRequest:
    """What an order wants: components, and `pairs` in one week from `earliest` on.

    With `expires_at` (UTC) the reservation is HELD until then, without it COMMITTED.
    """

    order_id: UUID
    needs: BillOfMaterials
    pairs: int
    earliest: Week
    expires_at: datetime | None


class Reservations(Protocol):
    """Reservations, inside a transaction.

    `reserved` of the stock and `booked` of the week move with them, so that nothing is
    promised twice. Rows are locked in one order: stock by sku, then the week.
    """

    @abstractmethod
    async def hold(self, request: HoldRequest) -> Reservation:
        """Take stock and the first week with room: all of it or nothing.

        An order whose reservation was RELEASED may hold again. Raises OutOfStock and
        CapacityExhausted, and leaves the transaction usable.
        """

    @abstractmethod
    async def get(self, order_id: UUID) -> Reservation:
        """The order's reservation, to be changed. Raises NotFound."""

    @abstractmethod
    async def save(self, reservation: Reservation) -> None:
        """Keep the change; what is RELEASED goes back. Raises StaleAggregate."""
