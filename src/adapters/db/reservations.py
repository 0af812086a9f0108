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

# What a hold asks for, and whether the order holds already.
_REQUEST: Final = """
    wanted AS MATERIALIZED (
        SELECT sku, quantity FROM unnest(CAST(:skus AS text[]), CAST(:quantities AS integer[])) AS w (sku, quantity)
    ), active AS MATERIALIZED (
        SELECT status FROM reservation WHERE order_id = :order_id AND status <> 'RELEASED'
    )
"""
# Writes the reservation for the one `week` that was had, or nothing when there is none.
_KEEP: Final = """
    kept AS (
        INSERT INTO reservation AS r (order_id, week, pairs, status, expires_at, version)
        SELECT :order_id, monday, :pairs, :status, :expires_at, 1 FROM week
        ON CONFLICT (order_id) DO UPDATE
        SET week = excluded.week, pairs = excluded.pairs, status = excluded.status,
            expires_at = excluded.expires_at, version = r.version + 1
        WHERE r.status = 'RELEASED'
        RETURNING version
    ), forgotten AS (
        DELETE FROM reservation_item
        WHERE order_id = :order_id AND sku <> ALL (CAST(:skus AS text[])) AND EXISTS (SELECT FROM kept)
    ), listed AS (
        INSERT INTO reservation_item (order_id, sku, quantity)
        SELECT :order_id, sku, quantity FROM wanted WHERE EXISTS (SELECT FROM kept)
        ON CONFLICT (order_id, sku) DO UPDATE SET quantity = excluded.quantity
    )
"""
# Where there is plenty, no row is locked until the commit, when `count_reservation` moves
# the counters on the server: the box that every order takes, and the week, are locked for
# the moment of the commit instead of the rest of the transaction and our way back and forth.
# "Plenty" is more than everybody can take who is on the way to a commit at the same time.
# Where there is nothing left, nobody is locked either: it is refused as it is seen.
_AMPLE: Final = 250
_HOLD_UNLOCKED: Final = Statement(f"""
    WITH {_REQUEST}, shelf AS MATERIALIZED (
        SELECT w.sku, coalesce(s.on_hand - s.reserved, 0) / w.quantity AS times
        FROM wanted w LEFT JOIN stock_item s USING (sku)
    ), first AS MATERIALIZED (
        SELECT monday, (capacity - booked) / :pairs AS times FROM week_capacity
        WHERE monday >= :earliest AND booked + :pairs <= capacity ORDER BY monday LIMIT 1
    ), week AS MATERIALIZED (
        SELECT monday FROM first
        WHERE times >= {_AMPLE} AND NOT EXISTS (SELECT FROM shelf WHERE times < {_AMPLE})
          AND NOT EXISTS (SELECT FROM active)
    ), {_KEEP}
    SELECT (SELECT status FROM active) AS active,
           (SELECT array_agg(sku ORDER BY sku COLLATE "C") FROM shelf WHERE times < 1) AS short,
           (SELECT monday FROM first) AS monday, (SELECT version FROM kept) AS version
""")  # noqa: S608  # constants of this module
# Where it is tight, `take_stock` locks and counts at once, and the locks last until the commit.
_HOLD_LAST: Final = Statement(f"""
    WITH {_REQUEST}, taken AS MATERIALIZED (
        SELECT t.short, t.week FROM take_stock(:skus, :quantities, :pairs, :earliest) t
        WHERE NOT EXISTS (SELECT FROM active)
    ), week AS MATERIALIZED (
        SELECT week AS monday FROM taken WHERE week IS NOT NULL
    ), {_KEEP}
    SELECT (SELECT status FROM active) AS active, (SELECT short FROM taken) AS short,
           (SELECT monday FROM week) AS monday, (SELECT version FROM kept) AS version
""")  # noqa: S608  # constants of this module
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
    """Moves `reserved` and `booked` with the status of reservations."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def hold(self, request: HoldRequest) -> Reservation:
        """See Reservations. Raises InvalidReservationState for an order that holds already."""
        await self._session.catch_up()
        status = ReservationStatus.HELD if request.expires_at else ReservationStatus.COMMITTED
        values = {
            "order_id": request.order_id,
            "skus": list(request.needs),
            "quantities": list(request.needs.values()),
            "pairs": request.pairs,
            "earliest": request.earliest.monday,
            "status": status,
            "expires_at": request.expires_at,
        }
        held = _granted(await self._session.row(_HOLD_UNLOCKED, **values), request)
        if held["version"]:
            self._count_at_commit(request.order_id, 1)
        else:
            held = _granted(await self._session.row(_HOLD_LAST, **values), request)
        if not held["version"]:
            raise StaleAggregate("reservation", request.order_id)  # somebody else held for the same order meanwhile
        return Reservation(
            order_id=request.order_id,
            needs=dict(request.needs),
            week=Week(held["monday"]),
            pairs=request.pairs,
            status=status,
            expires_at=request.expires_at,
            version=held["version"],
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


def _granted(held: Row | None, request: HoldRequest) -> Row:
    """What a hold was answered, unless that says why nothing can be had."""
    assert held is not None  # noqa: S101  # a SELECT without FROM gives one row
    if held["active"]:
        raise InvalidReservationState(request.order_id, held["active"], ReservationStatus.HELD)
    if held["short"]:
        raise OutOfStock(tuple(held["short"]))
    if held["monday"] is None:
        raise CapacityExhausted(request.earliest.monday, request.pairs)
    return held
