"""Customers' carts. Guests' are not in the database."""

from __future__ import annotations

from typing import Final

from sqlalchemy import CheckConstraint, Column, Table, UniqueConstraint, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from adapters.db.tables.metadata import METADATA, identity, moment, version
from domain.cart.cart import MOST_LINES

cart: Final = Table(
    "cart",
    METADATA,
    identity(),
    Column("customer_id", Uuid, nullable=False),
    # Lines are a document, not rows: a cart is read and written by one owner as a whole,
    # nothing refers to a line, and one row makes each of find and save one statement.
    Column("lines", JSONB, nullable=False),
    Column("merged", ARRAY(Uuid), nullable=False),
    moment("updated_at"),
    version(),
    UniqueConstraint("customer_id"),
    CheckConstraint(f"jsonb_array_length(lines) <= {MOST_LINES}", name="lines_limited"),
)
