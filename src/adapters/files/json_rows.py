"""The rows of a JSON catalogue file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NoReturn, TypeVar

from adapters.files.json_members import Members
from adapters.files.json_product import product_row
from adapters.files.located_json import JsonArray, JsonObject, JsonValue, parse_json
from adapters.files.source import Source
from application.catalogue.rows import (
    CapacityRow,
    CatalogueRows,
    ColorRow,
    LastRow,
    MaterialRow,
    RejectedRow,
    Row,
    RowKind,
    SoleRow,
    StockRow,
    StyleRow,
    WrittenSize,
)

R = TypeVar("R", bound=Row)

_VERSION: Final = 1
_CURRENCY: Final = "INR"
_HEAD: Final = ("version", "currency")
_SECTIONS: Final = ("lasts", "styles", "soles", "materials", "products", "stock", "capacity")


def json_rows(source: Source) -> CatalogueRows:
    """All rows; those of a wrong shape are in `rejected`. UnreadableFile when the frame is wrong."""
    document = parse_json(source)
    if not isinstance(document, JsonObject):
        raise source.unreadable(1, "a catalogue is one JSON object")
    return _CatalogueFile(source, document).rows()


class _CatalogueFile:
    """The frame of a catalogue, and those of its rows that have the wrong shape."""

    def __init__(self, source: Source, document: JsonObject) -> None:
        self._source = source
        self._document = document
        self._rejected: list[RejectedRow] = []

    def rows(self) -> CatalogueRows:
        self._check_frame()
        return CatalogueRows(
            lasts=self._section("lasts", RowKind.LAST, "code", _last),
            styles=self._section("styles", RowKind.STYLE, "extId", _style),
            soles=self._section("soles", RowKind.SOLE, "extId", _sole),
            materials=self._section("materials", RowKind.MATERIAL, "extId", self._material),
            products=self._section("products", RowKind.PRODUCT, "productId", product_row),
            stock=self._section("stock", RowKind.STOCK, "sku", _stock),
            capacity=self._capacity(),
            rejected=tuple(self._rejected),
        )

    def _check_frame(self) -> None:
        members = self._document.members
        for name in members:
            if name not in {*_HEAD, *_SECTIONS}:
                self._fail(name, f"{name[:40]!r} is none of {', '.join((*_HEAD, *_SECTIONS))}")
        for name in self._document.repeated:
            self._fail(name, f"{name!r} stands there more than once")
        if members.get("version") != _VERSION or members["version"] is True:
            self._fail("version", f"version has to be {_VERSION}")
        if members.get("currency", _CURRENCY) != _CURRENCY:
            self._fail("currency", f"currency has to be {_CURRENCY}")
        if not any(_holds_rows(members.get(section)) for section in _SECTIONS):
            self._fail("version", "there is nothing to import")

    def _section(self, name: str, kind: RowKind, key: str, read: Callable[[Members], R]) -> tuple[R, ...]:
        """The good rows of an array; the others are noted."""
        section = self._document.members.get(name, JsonArray(0, ()))
        if not isinstance(section, JsonArray):
            self._fail(name, f"{name} has to be a list")
        rows: list[R] = []
        for line, entry in section.entries:
            if not isinstance(entry, JsonObject):
                self._rejected.append(RejectedRow(line, kind, "", ("a row has to be an object",)))
            elif (row := self._row(entry, kind, key, read)) is not None:
                rows.append(row)
        return tuple(rows)

    def _row(self, entry: JsonObject, kind: RowKind, key: str, read: Callable[[Members], R]) -> R | None:
        members = Members(entry)
        row = read(members)
        if reasons := members.finish():
            self._rejected.append(RejectedRow(entry.line, kind, _text_of(entry, key), reasons))
            self._refuse_colors(entry, kind)
            return None
        return row

    def _material(self, members: Members) -> MaterialRow:
        colors = [(entry, self._row(entry, RowKind.COLOR, "extId", _color)) for entry in members.objects("colors")]
        for entry, color in colors:
            if color is None:
                members.complain("colors", f"color {_text_of(entry, 'extId')!r} on line {entry.line} is refused")
        return MaterialRow(
            line=members.line,
            ext_id=members.text("extId"),
            name=members.text("name"),
            surcharge=members.number("surcharge"),
            is_active=members.flag("isActive", default=True),
            category=members.text("category"),
            colors=tuple(color for _, color in colors if color is not None),
        )

    def _refuse_colors(self, material: JsonObject, kind: RowKind) -> None:
        """A material and its colours stand and fall together."""
        colors = material.members.get("colors")
        if kind is not RowKind.MATERIAL or not isinstance(colors, JsonArray):
            return
        refused = {(row.line, row.key) for row in self._rejected if row.kind is RowKind.COLOR}
        reason = f"material {_text_of(material, 'extId')!r} on line {material.line}, which it belongs to, is refused"
        for line, color in colors.entries:
            key = _text_of(color, "extId") if isinstance(color, JsonObject) else ""
            if (line, key) not in refused:
                self._rejected.append(RejectedRow(line, RowKind.COLOR, key, (reason,)))

    def _capacity(self) -> CapacityRow | None:
        entry = self._document.members.get("capacity")
        if entry is None:
            return None
        if not isinstance(entry, JsonObject):
            self._fail("capacity", "capacity has to be an object")
        return self._row(entry, RowKind.CAPACITY, "", _capacity)

    def _fail(self, member: str, reason: str) -> NoReturn:
        line = self._document.member_lines.get(member, self._document.line)
        raise self._source.unreadable(line, reason)


def _holds_rows(section: JsonValue) -> bool:
    return bool(section.entries) if isinstance(section, JsonArray) else section is not None


def _text_of(entry: JsonObject, member: str) -> str:
    value = entry.members.get(member)
    return value if isinstance(value, str) else ""


def _last(members: Members) -> LastRow:
    sizes = tuple(
        WrittenSize(eu=size.text("eu"), uk=size.text("uk"), us=size.text("us"), india=size.text("in"))
        for size in members.parts("sizes")
    )
    return LastRow(
        line=members.line,
        code=members.text("code"),
        name=members.text("name"),
        widths=members.texts("widths"),
        sizes=sizes,
    )


def _style(members: Members) -> StyleRow:
    return StyleRow(
        line=members.line,
        ext_id=members.text("extId"),
        name=members.text("name"),
        surcharge=members.number("surcharge"),
        is_active=members.flag("isActive", default=True),
    )


def _sole(members: Members) -> SoleRow:
    return SoleRow(
        line=members.line,
        ext_id=members.text("extId"),
        name=members.text("name"),
        surcharge=members.number("surcharge"),
        is_active=members.flag("isActive", default=True),
    )


def _color(members: Members) -> ColorRow:
    return ColorRow(
        line=members.line,
        ext_id=members.text("extId"),
        name=members.text("name"),
        surcharge=members.number("surcharge"),
        is_active=members.flag("isActive", default=True),
        hex_code=members.text("hexCode"),
        family=members.text("family"),
    )


def _stock(members: Members) -> StockRow:
    return StockRow(
        line=members.line, sku=members.text("sku"), unit=members.text("unit"), on_hand=members.number("onHand")
    )


def _capacity(members: Members) -> CapacityRow:
    return CapacityRow(
        line=members.line, pairs_per_week=members.number("pairsPerWeek"), weeks_ahead=members.number("weeksAhead")
    )
