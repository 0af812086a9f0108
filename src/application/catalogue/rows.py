"""A catalogue as somebody wrote it down: typed, each row with its line, nothing else checked yet.

Rows are what an import is given. A file reader promises the types and no more: whether a
reference exists, a text fits or a price is lawful is found out by `ImportCatalogue`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RowKind(StrEnum):
    """What a row describes, as reports name it."""

    LAST = "last"
    STYLE = "style"
    SOLE = "sole"
    MATERIAL = "material"
    COLOR = "color"
    PRODUCT = "product"
    STOCK = "stock"
    CAPACITY = "capacity"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """`line` is where the row begins in its file, counted from 1."""

    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenSize:
    """One line of a last's size table."""

    eu: str
    uk: str
    us: str
    india: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LastRow(Row):
    """A last with its widths and its size table."""

    code: str
    name: str
    widths: tuple[str, ...]
    sizes: tuple[WrittenSize, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionRow(Row):
    """What every option has. `surcharge` is paise, GST included."""

    ext_id: str
    name: str
    surcharge: int
    is_active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleRow(OptionRow):
    """A style."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SoleRow(OptionRow):
    """A sole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColorRow(OptionRow):
    """A colour of the material that it is written in."""

    hex_code: str
    family: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialRow(OptionRow):
    """A material with its colours."""

    category: str
    colors: tuple[ColorRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenOption:
    """One side of a rule: a group of options and one of it."""

    option: str
    ext_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenRule:
    """`when` excludes or requires `then`."""

    kind: str
    when: WrittenOption
    then: WrittenOption
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenMonogram:
    """`surcharge` is paise, GST included."""

    max_length: int
    surcharge: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenMedia:
    """A picture, video or model."""

    url: str
    alt: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductRow(Row):
    """A product. It refers to its last and options by code; `base_price` is paise, GST included."""

    product_id: str
    title: str
    description: str
    category: str
    brand: str
    base_price: int
    hsn: str
    last: str
    lead_time_days: int
    leather_dm2: int
    monogram: WrittenMonogram | None
    styles: tuple[str, ...]
    soles: tuple[str, ...]
    materials: tuple[str, ...]
    sizes: tuple[str, ...]
    widths: tuple[str, ...]
    rules: tuple[WrittenRule, ...]
    media: tuple[WrittenMedia, ...]
    is_active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StockRow(Row):
    """How much of a component is on the shelf, in `unit`."""

    sku: str
    unit: str
    on_hand: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacityRow(Row):
    """Pairs that the workshop makes in each of the next `weeks_ahead` weeks, this one included."""

    pairs_per_week: int
    weeks_ahead: int


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that can't be imported, with every reason found. `key` is empty when it has none."""

    line: int
    kind: RowKind
    key: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueRows:
    """All rows of a file in its order. `rejected` are those that don't even have the right shape."""

    lasts: tuple[LastRow, ...] = ()
    styles: tuple[StyleRow, ...] = ()
    soles: tuple[SoleRow, ...] = ()
    materials: tuple[MaterialRow, ...] = ()
    products: tuple[ProductRow, ...] = ()
    stock: tuple[StockRow, ...] = ()
    capacity: CapacityRow | None = None
    rejected: tuple[RejectedRow, ...] = ()

    @property
    def brings_parts(self) -> bool:
        """Whether there are lasts or options, which products of the shop may already use."""
        return any((self.lasts, self.styles, self.soles, self.materials))
