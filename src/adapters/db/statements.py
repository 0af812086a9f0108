"""Pieces that statements of several repositories are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import Table
from sqlalchemy.dialects.postgresql import JSONB

Values = Mapping[str, object]
"""A row to be written, by column name."""

_encode: Final = msgspec.json.Encoder().encode


def as_json(value: object) -> str:
    """Rows, documents and whole results of use cases, as a parameter of type json or jsonb."""
    return _encode(value).decode()


def insert_rows(table: Table, parameter: str) -> str:
    """`INSERT` of any number of rows, given as a JSON array of objects in one parameter.

    One short statement whatever the number of rows and columns, so it is prepared once.
    """
    columns = ", ".join(f'"{column.name}"' for column in table.columns if column.computed is None)
    return (
        f'INSERT INTO "{table.name}" ({columns}) '  # noqa: S608  # names of our own tables, values are parameters
        f'SELECT {columns} FROM json_populate_recordset(NULL::"{table.name}", CAST(:{parameter} AS json))'
    )


def upsert_rows(table: Table, parameter: str, *, key: str, keeping: Sequence[str] = ()) -> str:
    """As `insert_rows`; a row whose `key` is there already overwrites it, but for the columns `keeping`."""
    kept = {key, *keeping}
    assignments = ", ".join(
        f'"{column.name}" = excluded."{column.name}"'
        for column in table.columns
        if column.computed is None and column.name not in kept
    )
    return f'{insert_rows(table, parameter)} ON CONFLICT ("{key}") DO UPDATE SET {assignments}'


def changed_columns(before: Values | None, after: Values) -> Values:
    """What differs from the row that was loaded; all of it when none is known."""
    if before is None:
        return after
    return {name: value for name, value in after.items() if before[name] != value}


def parameters(table: Table, values: Values) -> dict[str, object]:
    """Values as the driver takes them: documents as JSON text."""
    return {
        name: as_json(value) if value is not None and isinstance(table.c[name].type, JSONB) else value
        for name, value in values.items()
    }


def update_columns(table: Table, columns: Sequence[str]) -> str:
    """`UPDATE` of some columns of the aggregate `:id`, if it is at `:version` still; raises the version."""
    assignments = ", ".join([*(f'"{name}" = :{name}' for name in columns), "version = version + 1"])
    return f'UPDATE "{table.name}" SET {assignments} WHERE id = :id AND version = :version'  # noqa: S608  # as above


Document = Mapping[str, Any]
"""A JSON object out of a row. Any: whoever reads it knows its shape."""
