"""Products in a table whose columns are called as the members of the JSON format."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from adapters.files.csv_table import CsvRecord
from application.catalogue.rows import (
    CatalogueRows,
    ProductRow,
    RejectedRow,
    RowKind,
    WrittenMedia,
    WrittenMonogram,
    WrittenOption,
    WrittenRule,
)

REQUIRED_COLUMNS: Final = (
    "productId",
    "title",
    "category",
    "brand",
    "basePrice",
    "hsn",
    "last",
    "leadTimeDays",
    "leatherDm2",
    "styles",
    "soles",
    "materials",
    "sizes",
    "widths",
)
COLUMNS: Final = (
    *REQUIRED_COLUMNS,
    "description",
    "monogramMaxLength",
    "monogramSurcharge",
    "rules",
    "media",
    "isActive",
)
BETWEEN: Final = "|"
"""What stands between the entries of a list in one cell."""

_WHOLE_NUMBER: Final = re.compile(r"-?[0-9]{1,15}")
_OPTION: Final = r"([^\s:]+):(\S+)"
_RULE: Final = re.compile(rf"{_OPTION}\s+(\S+)\s+{_OPTION}\s+because\s+(.+)", re.DOTALL)
_MEDIA: Final = re.compile(r"(\S+)\s+(\S+)\s+(.+)", re.DOTALL)
_FLAGS: Final = {"": True, "true": True, "false": False}
_SHOWN: Final = 40


def csv_products(records: Iterable[CsvRecord]) -> CatalogueRows:
    """The products of a table; records that can't be read are in `rejected`."""
    products: list[ProductRow] = []
    rejected: list[RejectedRow] = []
    for record in records:
        cells = _Cells(record)
        row = _product(cells)
        # Cells that moved to other columns would only cause reasons that mislead.
        reasons = record.reasons or tuple(cells.reasons)
        if reasons:
            rejected.append(RejectedRow(record.line, RowKind.PRODUCT, row.product_id, reasons))
        else:
            products.append(row)
    return CatalogueRows(products=tuple(products), rejected=tuple(rejected))


class _Cells:
    """The cells of a record, without the spaces around them; what is wrong with them goes to `reasons`."""

    def __init__(self, record: CsvRecord) -> None:
        self.line = record.line
        self.reasons: list[str] = []
        self._cells = record.cells

    def text(self, column: str) -> str:
        return self._cells.get(column, "").strip()

    def number(self, column: str) -> int:
        text = self.text(column)
        if _WHOLE_NUMBER.fullmatch(text):
            return int(text)
        self.reasons.append(f"{column}: has to be a whole number, not {text[:_SHOWN]!r}")
        return 0

    def flag(self, column: str) -> bool:
        text = self.text(column).lower()
        if text not in _FLAGS:
            self.reasons.append(f"{column}: has to be true or false, not {text[:_SHOWN]!r}")
        return _FLAGS.get(text, True)

    def entries(self, column: str) -> tuple[str, ...]:
        return tuple(entry.strip() for entry in self.text(column).split(BETWEEN) if entry.strip())

    def matches(self, column: str, pattern: re.Pattern[str], form: str) -> tuple[re.Match[str], ...]:
        """The entries of a list, each taken to pieces."""
        found = [(entry, pattern.fullmatch(entry)) for entry in self.entries(column)]
        self.reasons.extend(
            f"{column}: {entry[:_SHOWN]!r} is not of the form {form}" for entry, match in found if match is None
        )
        return tuple(match for _, match in found if match is not None)


def _product(cells: _Cells) -> ProductRow:
    return ProductRow(
        line=cells.line,
        product_id=cells.text("productId"),
        title=cells.text("title"),
        description=cells.text("description"),
        category=cells.text("category"),
        brand=cells.text("brand"),
        base_price=cells.number("basePrice"),
        hsn=cells.text("hsn"),
        last=cells.text("last"),
        lead_time_days=cells.number("leadTimeDays"),
        leather_dm2=cells.number("leatherDm2"),
        monogram=_monogram(cells),
        styles=cells.entries("styles"),
        soles=cells.entries("soles"),
        materials=cells.entries("materials"),
        sizes=cells.entries("sizes"),
        widths=cells.entries("widths"),
        rules=_rules(cells),
        media=_media(cells),
        is_active=cells.flag("isActive"),
    )


def _monogram(cells: _Cells) -> WrittenMonogram | None:
    if not cells.text("monogramMaxLength") and not cells.text("monogramSurcharge"):
        return None
    return WrittenMonogram(max_length=cells.number("monogramMaxLength"), surcharge=cells.number("monogramSurcharge"))


def _rules(cells: _Cells) -> tuple[WrittenRule, ...]:
    form = "<option>:<code> excludes|requires <option>:<code> because <reason>"
    return tuple(
        WrittenRule(
            when=WrittenOption(option=match[1], ext_id=match[2]),
            kind=match[3],
            then=WrittenOption(option=match[4], ext_id=match[5]),
            reason=match[6],
        )
        for match in cells.matches("rules", _RULE, form)
    )


def _media(cells: _Cells) -> tuple[WrittenMedia, ...]:
    return tuple(
        WrittenMedia(kind=match[1], url=match[2], alt=match[3])
        for match in cells.matches("media", _MEDIA, "<kind> <url> <text>")
    )
