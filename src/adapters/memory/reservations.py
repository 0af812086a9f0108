"""The stock room and the workshop's calendar in memory."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from uuid import UUID

from adapters.memory.tables import Tables
from domain.errors import NotFound
from domain.inventory.bill_of_materials import BillOfMaterials
from domain.inventory.capacity import WeekCapacity
from domain.inventory.errors import CapacityExhausted, InvalidReservationState, OutOfStock
from domain.inventory.reservation import Reservation, ReservationStatus
from ports.reservations import HoldRequest, Reservations


class MemoryReservations(Reservations):
    """Reservations of one transaction, counted by the domain's own StockItem and WeekCapacity."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def hold(self, request: HoldRequest) -> Reservation:
        """See Reservations."""
        before = self._tables.reservations.get(request.order_id)
        if before is not None and before.status is not ReservationStatus.RELEASED:
            raise InvalidReservationState(request.order_id, before.status, ReservationStatus.HELD)
        if missing := self._missing(request.needs):
            raise OutOfStock(missing)
        week = self._first_week_for(request)
        for sku, quantity in request.needs.items():
            item = replace(self._tables.stock[sku])
            item.reserve(quantity)
            self._tables.stock[sku] = item
        week.book(request.pairs)
        self._tables.weeks[week.week] = week
        reservation = Reservation(
            order_id=request.order_id,
            needs=dict(request.needs),
            week=week.week,
            pairs=request.pairs,
            status=ReservationStatus.HELD if request.expires_at else ReservationStatus.COMMITTED,
            expires_at=request.expires_at,
            version=before.version if before else 0,
        )
        self._tables.keep(self._tables.reservations, reservation.order_id, reservation)
        return reservation

    async def get(self, order_id: UUID) -> Reservation:
        """See Reservations."""
        reservation = self._tables.reservations.get(order_id)
        if reservation is None:
            raise NotFound("reservation", order_id)
        return deepcopy(reservation)

    async def save(self, reservation: Reservation) -> None:
        """See Reservations."""
        before = self._tables.keep_changed(self._tables.reservations, reservation.order_id, reservation)
        if reservation.status is ReservationStatus.RELEASED is not before.status:
            self._give_back(before)

    def _missing(self, needs: BillOfMaterials) -> tuple[str, ...]:
        stock = self._tables.stock
        return tuple(sku for sku in sorted(needs) if needs[sku] > (stock[sku].available if sku in stock else 0))

    def _first_week_for(self, request: HoldRequest) -> WeekCapacity:
        for week in sorted(self._tables.weeks):
            capacity = self._tables.weeks[week]
            if week >= request.earliest and capacity.free >= request.pairs:
                return replace(capacity)
        raise CapacityExhausted(request.earliest.monday, request.pairs)

    def _give_back(self, held: Reservation) -> None:
        for sku, quantity in held.needs.items():
            item = replace(self._tables.stock[sku])
            item.release(quantity)
            self._tables.stock[sku] = item
        week = replace(self._tables.weeks[held.week])
        week.release(held.pairs)
        self._tables.weeks[held.week] = week
