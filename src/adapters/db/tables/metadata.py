"""How tables, columns and constraints are called, and the columns that recur."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import BigInteger, CheckConstraint, Column, DateTime, Integer, MetaData, Text, Uuid

METADATA: Final = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


def identity(name: str = "id") -> Column[Any]:  # Any: mixed column types share one list in Table(...)
    """A UUIDv7 as primary key."""
    return Column(name, Uuid, primary_key=True)


def text(name: str, *, nullable: bool = False) -> Column[Any]:
    """Text of any length; a CHECK may say which."""
    return Column(name, Text, nullable=nullable)


def paise(name: str) -> Column[Any]:
    """An amount of money in the row's currency."""
    return Column(name, BigInteger, nullable=False)


def whole(name: str) -> Column[Any]:
    """A count, a quantity, a position."""
    return Column(name, Integer, nullable=False)


def moment(name: str, *, nullable: bool = False) -> Column[Any]:
    """A point in time, UTC."""
    return Column(name, DateTime(timezone=True), nullable=nullable)


def version() -> Column[Any]:
    """How often the aggregate was saved; see `StaleAggregate`."""
    return whole("version")


def matches(column: str, pattern: str, name: str | None = None) -> CheckConstraint:
    """The whole text fits one of the domain's regular expressions."""
    return CheckConstraint(f"{column} ~ '^({pattern})$'", name=name or f"{column}_pattern")


def one_of(column: str, words: type[StrEnum]) -> CheckConstraint:
    """One of the words of an enum of the domain."""
    listed = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")


def not_negative(columns: Iterable[str]) -> list[CheckConstraint]:
    """No amount below nothing."""
    return [CheckConstraint(f"{column} >= 0", name=f"{column}_not_negative") for column in columns]


def is_monday(column: str) -> CheckConstraint:
    """Weeks are kept as their Mondays."""
    return CheckConstraint(f"extract(isodow FROM {column}) = 1", name=f"{column}_is_monday")


def in_rupees() -> CheckConstraint:
    """The only currency that the shop sells in today."""
    return CheckConstraint("currency = 'INR'", name="currency_is_inr")
