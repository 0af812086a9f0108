"""The stock room, the workshop's calendar, and what is promised of both."""

from __future__ import annotations

from typing import Final, TypedDict

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Integer, Table, Text, Uuid

from adapters.db.tables.metadata import METADATA, is_monday, matches, moment, one_of, text, version, whole
from domain.inventory.reservation import ReservationStatus
from domain.inventory.stock import SKU, Unit

# Every order writes some of these rows: room on the page lets an update stay on it.
_HOT: Final = {"fillfactor": 50}


class _AtCommit(TypedDict):
    deferrable: bool
    initially: str


# Checking a foreign key locks the row referred to: for these, not before the commit.
_AT_COMMIT: Final[_AtCommit] = {"deferrable": True, "initially": "DEFERRED"}

stock_item: Final = Table(
    "stock_item",
    METADATA,
    # By code point, whatever the database's own order is: it is the order of the locks.
    Column("sku", Text(collation="C"), primary_key=True),
    text("unit"),
    whole("on_hand"),
    whole("reserved"),
    matches("sku", SKU.pattern),
    one_of("unit", Unit),
    CheckConstraint("0 <= reserved AND reserved <= on_hand", name="reserved_within_on_hand"),
    postgresql_with=_HOT,
)

week_capacity: Final = Table(
    "week_capacity",
    METADATA,
    Column("monday", Date, primary_key=True),
    whole("capacity"),
    whole("booked"),
    is_monday("monday"),
    CheckConstraint("0 <= booked AND booked <= capacity", name="booked_within_capacity"),
    postgresql_with=_HOT,
)

# No foreign key to orders: stock is held before the order that asks for it is written.
reservation: Final = Table(
    "reservation",
    METADATA,
    Column("order_id", Uuid, primary_key=True),
    Column("week", ForeignKey("week_capacity.monday", **_AT_COMMIT), nullable=False),
    Column("pairs", Integer, nullable=False),
    text("status"),
    moment("expires_at", nullable=True),
    version(),
    one_of("status", ReservationStatus),
    CheckConstraint("pairs > 0", name="pairs_positive"),
    CheckConstraint("(status = 'HELD') = (expires_at IS NOT NULL)", name="expires_while_held"),
)

reservation_item: Final = Table(
    "reservation_item",
    METADATA,
    Column("order_id", ForeignKey("reservation.order_id", ondelete="CASCADE"), primary_key=True),
    Column("sku", Text(collation="C"), ForeignKey("stock_item.sku", **_AT_COMMIT), primary_key=True),
    Column("quantity", Integer, nullable=False),
    CheckConstraint("quantity > 0", name="quantity_positive"),
)
