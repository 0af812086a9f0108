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
_AMPLE: Final = 250
_HOLD_AMPLE: Final = Statement(f"""
    WITH {_REQUEST}, week AS MATERIALIZED (
        SELECT monday FROM (
            SELECT monday, capacity - booked AS free FROM week_capacity
            WHERE monday >= :earliest AND booked + :pairs <= capacity ORDER BY monday LIMIT 1
        ) first
        WHERE free >= {_AMPLE} * :pairs AND NOT EXISTS (SELECT FROM active) AND NOT EXISTS (
            SELECT FROM wanted w LEFT JOIN stock_item s USING (sku)
            WHERE (s.on_hand - s.reserved >= {_AMPLE} * w.quantity) IS NOT TRUE
        )
    ), {_KEEP}
    SELECT monday, version FROM week, kept
""")  # noqa: S608  # constants of this module
# Where it is tight: one order of locks, the queue, the stock rows by sku, then, when all of
# them suffice, the first week with room. `shelf` and `week` read the newest version of what they
# lock, and a week that was filled while we waited for it gives way to the next. Nothing is
# written unless both were had, so a refusal leaves the transaction as it was.
_HOLD_LAST: Final = Statement(f"""
    WITH {_REQUEST}, turn AS MATERIALIZED (
        SELECT queue_for_stock(CAST(:skus AS text[]))
    ), shelf AS MATERIALIZED (
        SELECT s.sku, w.quantity, s.on_hand - s.reserved >= w.quantity AS suffices
        FROM stock_item s JOIN wanted w USING (sku)
        WHERE NOT EXISTS (SELECT FROM active) AND EXISTS (SELECT FROM turn)
        ORDER BY s.sku
        FOR NO KEY UPDATE OF s
    ), short AS MATERIALIZED (
        SELECT w.sku FROM wanted w LEFT JOIN shelf USING (sku) WHERE shelf.suffices IS NOT TRUE
    ), week AS MATERIALIZED (
        SELECT monday FROM week_capacity
        WHERE NOT EXISTS (SELECT FROM short) AND NOT EXISTS (SELECT FROM active)
          AND monday >= :earliest AND booked + :pairs <= capacity
        ORDER BY monday LIMIT 1
        FOR NO KEY UPDATE
    ), taken AS (
        UPDATE stock_item s SET reserved = s.reserved + shelf.quantity
        FROM shelf WHERE s.sku = shelf.sku AND EXISTS (SELECT FROM week)
    ), booked AS (
        UPDATE week_capacity c SET booked = c.booked + :pairs FROM week WHERE c.monday = week.monday
    ), {_KEEP}
    SELECT (SELECT status FROM active) AS active, (SELECT array_agg(sku ORDER BY sku) FROM short) AS short,
           (SELECT monday FROM week) AS monday, (SELECT version FROM kept) AS version
""")  # noqa: S608  # constants of this module
_LOCK: Final = Statement("""
    SELECT r.*, (
        SELECT json_object_agg(i.sku, i.quantity) FROM reservation_item i WHERE i.order_id = r.order_id
    ) AS needs
    FROM reservation r WHERE r.order_id = :order_id FOR NO KEY UPDATE OF r
""")
_SAVE: Final = Statement("""
    UPDATE reservation SET status = :status, expires_at = :expires_at, version = version + 1
    WHERE order_id = :order_id AND version = :version RETURNING order_id
""")
# The locks in the order of _HOLD: the week is not touched before the shelf is counted.
_RELEASE: Final = Statement("""
    WITH before AS MATERIALIZED (
        SELECT order_id, week, pairs, status FROM reservation
        WHERE order_id = :order_id AND version = :version FOR NO KEY UPDATE
    ), turn AS MATERIALIZED (
        SELECT queue_for_stock(array_agg(i.sku)) FROM before JOIN reservation_item i USING (order_id)
        WHERE before.status <> 'RELEASED'
    ), shelf AS MATERIALIZED (
        SELECT s.sku, i.quantity FROM stock_item s JOIN reservation_item i USING (sku)
        WHERE i.order_id IN (SELECT order_id FROM before WHERE status <> 'RELEASED') AND EXISTS (SELECT FROM turn)
        ORDER BY s.sku
        FOR NO KEY UPDATE OF s
    ), returned AS (
        UPDATE stock_item s SET reserved = s.reserved - shelf.quantity FROM shelf WHERE s.sku = shelf.sku
    ), freed AS (
        UPDATE week_capacity c SET booked = c.booked - before.pairs FROM before
        WHERE c.monday = before.week AND before.status <> 'RELEASED' AND (SELECT count(*) FROM shelf) >= 0
    )
    UPDATE reservation r SET status = :status, expires_at = :expires_at, version = r.version + 1
    FROM before WHERE r.order_id = before.order_id RETURNING r.order_id
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
        held = await self._session.row(_HOLD_AMPLE, **values)
        if held is not None:
            self._session.put_off(f"SELECT count_reservation('{request.order_id}')")
        else:
            held = _granted(await self._session.row(_HOLD_LAST, **values), request)
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
        released = reservation.status is ReservationStatus.RELEASED
        saved = await self._session.row(
            _RELEASE if released else _SAVE,
            about=reservation,
            order_id=reservation.order_id,
            version=reservation.version,
            status=reservation.status,
            expires_at=reservation.expires_at,
        )
        if saved is None:
            raise StaleAggregate("reservation", reservation.order_id)
        reservation.version += 1


def _granted(held: Row | None, request: HoldRequest) -> Row:
    """What `_HOLD_LAST` answered, or the reason why it held nothing."""
    if held is None or (held["monday"] and not held["version"]):
        raise StaleAggregate("reservation", request.order_id)  # somebody else held for the same order meanwhile
    if held["active"]:
        raise InvalidReservationState(request.order_id, held["active"], ReservationStatus.HELD)
    if held["short"]:
        raise OutOfStock(tuple(held["short"]))
    if held["monday"] is None:
        raise CapacityExhausted(request.earliest.monday, request.pairs)
    return held
