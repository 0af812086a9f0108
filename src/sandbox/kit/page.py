"""What a sandbox holds, for people: one table for each list, no scripts."""

from __future__ import annotations

from html import escape
from typing import Final

import msgspec
from litestar import MediaType, Response

_HEAD: Final = (
    '<!doctype html><meta charset="utf-8"><title>{title}</title><style>'
    "body{{font:14px system-ui;margin:2em}}table{{border-collapse:collapse;margin-bottom:2em}}"
    "td,th{{border:1px solid #ccc;padding:.2em .5em;text-align:left;vertical-align:top}}</style><h1>{title}</h1>"
)


def holdings_page(title: str, holdings: msgspec.Struct) -> Response[str]:
    """A page with a table for each field of `holdings`, which are lists of structs."""
    tables = msgspec.to_builtins(holdings)
    text = _HEAD.format(title=escape(title)) + "".join(_table(name, rows) for name, rows in tables.items())
    return Response(text, media_type=MediaType.HTML)


def _table(name: str, rows: list[dict[str, object]]) -> str:
    columns = [*dict.fromkeys(column for row in rows for column in row)]
    lines = ["".join(f"<th>{escape(column)}</th>" for column in columns)]
    lines += ["".join(f"<td>{_cell(row.get(column))}</td>" for column in columns) for row in rows]
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    return f"<h2>{escape(name)} ({len(rows)})</h2><table>{body}</table>"


def _cell(value: object) -> str:
    if value is None:
        return ""
    return escape(value if isinstance(value, str) else msgspec.json.encode(value).decode())
