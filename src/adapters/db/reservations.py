"""Reservations of one transaction, and the counters of stock and weeks that move with them."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from adapters.db.session import Row, Session, Statement
from domain.errors import NotFound
from domain.inventory.capacity import Week
from domain.inventory.errors import CapacityExhausted, InvalidReservationState, OutOfStock
from domain.inventory.reservation import Reservation, ReservationStatus
from ports.errors import StaleAggregate
from ports.reservations import HoldRequest, Reservations

# `promise_order` finds stock and a week and keeps them for this transaction, without a lock on
# any counter; see 0001_stock.sql. Where it refuses, nothing is written.
_HOLD: Final = Statement("""
    WITH active AS MATERIALIZED (
        SELECT status FROM reservation WHERE order_id = :order_id AND status <> 'RELEASED'
    ), promised AS MATERIALIZED (
        SELECT p.short, p.week FROM promise_order(:skus, :quantities, :pairs, :earliest) p
        WHERE NOT EXISTS (SELECT FROM active)
    ), kept AS (
        INSERT INTO reservation AS r (order_id, week, pairs, status, expires_at, version)
        SELECT :order_id, week, :pairs, :status, :expires_at, 1 FROM promised WHERE week IS NOT NULL
        ON CONFLICT (order_id) DO UPDATE
        SET week = excluded.week, pairs = excluded.pairs, status = excluded.status,
            expires_at = excluded.expires_at, version = r.version + 1
        WHERE r.status = 'RELEASED'
        RETURNING version
    ), forgotten AS (
        DELETE FROM reservation_item
        WHERE order_id = :order_id AND sku <> ALL (:skus) AND EXISTS (SELECT FROM kept)
    ), listed AS (
        INSERT INTO reservation_item (order_id, sku, quantity)
        SELECT :order_id, w.sku, w.quantity FROM unnest(:skus, :quantities) AS w (sku, quantity)
        WHERE EXISTS (SELECT FROM kept)
        ON CONFLICT (order_id, sku) DO UPDATE SET quantity = excluded.quantity
    )
    SELECT (SELECT status FROM active) AS active, (SELECT short FROM promised) AS short,
           (SELECT week FROM promised) AS monday, (SELECT version FROM kept) AS version
""")
_LOCK: Final = Statement("""
    SELECT r.*, (
        SELECT json_object_agg(i.sku, i.quantity) FROM reservation_item i WHERE i.order_id = r.order_id
    ) AS needs
    FROM reservation r WHERE r.order_id = :order_id FOR NO KEY UPDATE OF r
""")
_SAVE: Final = Statement("""
    WITH before AS MATERIALIZED (
        SELECT order_id, status FROM reservation
        WHERE order_id = :order_id AND version = :version FOR NO KEY UPDATE
    )
    UPDATE reservation r SET status = :status, expires_at = :expires_at, version = r.version + 1
    FROM before WHERE r.order_id = before.order_id RETURNING before.status
""")


class SqlReservations(Reservations):
    """Moves `reserved` and `booked` with the status of reservations, at the commit.

    One hold a transaction: a second one would wait for others while they wait for the
    counters of the first.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    async def hold(self, request: HoldRequest) -> Reservation:
        """See Reservations. Raises InvalidReservationState for an order that holds already."""
        await self._session.catch_up()
        status = ReservationStatus.HELD if request.expires_at else ReservationStatus.COMMITTED
        held = await self._session.row(
            _HOLD,
            order_id=request.order_id,
            skus=list(request.needs),
            quantities=list(request.needs.values()),
            pairs=request.pairs,
            earliest=request.earliest.monday,
            status=status,
            expires_at=request.expires_at,
        )
        week, version = _granted(held, request)
        self._count_at_commit(request.order_id, 1)
        return Reservation(
            order_id=request.order_id,
            needs=dict(request.needs),
            week=week,
            pairs=request.pairs,
            status=status,
            expires_at=request.expires_at,
            version=version,
        )

    async def get(self, order_id: UUID) -> Reservation:
        """See Reservations."""
        await self._session.catch_up()
        row = await self._session.row(_LOCK, order_id=order_id)
        if row is None:
            raise NotFound("reservation", order_id)
        return Reservation(
            order_id=row["order_id"],
            needs=row["needs"] or {},
            week=Week(row["week"]),
            pairs=row["pairs"],
            status=ReservationStatus(row["status"]),
            expires_at=row["expires_at"],
            version=row["version"],
        )

    async def save(self, reservation: Reservation) -> None:
        """See Reservations."""
        await self._session.catch_up()
        saved = await self._session.row(
            _SAVE,
            about=reservation,
            order_id=reservation.order_id,
            version=reservation.version,
            status=reservation.status,
            expires_at=reservation.expires_at,
        )
        if saved is None:
            raise StaleAggregate("reservation", reservation.order_id)
        reservation.version += 1
        if reservation.status is ReservationStatus.RELEASED and saved["status"] != ReservationStatus.RELEASED:
            self._count_at_commit(reservation.order_id, -1)

    def _count_at_commit(self, order_id: UUID, sign: int) -> None:
        self._session.put_off(f"SELECT count_reservation('{order_id}', {sign})")


def _granted(held: Row | None, request: HoldRequest) -> tuple[Week, int]:
    """The week and the version of what is held, or the reason why nothing is."""
    assert held is not None  # noqa: S101  # a SELECT without FROM gives one row
    if held["active"]:
        raise InvalidReservationState(request.order_id, held["active"], ReservationStatus.HELD)
    if held["short"]:
        raise OutOfStock(tuple(held["short"]))
    if held["monday"] is None:
        raise CapacityExhausted(request.earliest.monday, request.pairs)
    if held["version"] is None:  # somebody else held for the same order meanwhile
        raise StaleAggregate("reservation", request.order_id)
    return Week(held["monday"]), held["version"]
