"""A column mapping makes products of a CSV file that knows nothing of ours."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

from adapters.files.catalogue import read_catalogue
from adapters.files.csv_products import REQUIRED_COLUMNS
from adapters.files.mappings import find_mapping, shipped_mappings
from adapters.files.source import UnreadableFile
from application.catalogue.rows import CatalogueRows, RejectedRow, RowKind

LADDERS = {"Heels": {"lowest": 400_000, "step": 1_000, "steps": 7}}
COLUMNS: dict[str, Any] = {name: {"value": "x"} for name in REQUIRED_COLUMNS} | {
    "productId": {"template": "shop-{id}"},
    "title": {"template": "{name} in {colour}, {{new}}"},
    "category": {"column": "type", "values": {"Heels": "HEEL"}},
    "basePrice": {"column": "type", "spreadBy": "id", "prices": LADDERS},
    "leadTimeDays": {"value": 21},
    "leatherDm2": {"column": "type", "values": {"Heels": 16}, "otherwise": 20},
    "sizes": {"value": ["36", "37.5"]},
    "isActive": {"value": False},
}
CSV = "id,type,colour,name,more\n7,Heels,,Court shoe,x\n8,Boots,Red,Boot,x\n"


def read(tmp_path: Path, columns: dict[str, Any], table: str = CSV) -> CatalogueRows:
    """The rows that a mapping with these columns makes of a table."""
    mapping, path = tmp_path / "mapping.json", tmp_path / "foreign.csv"
    mapping.write_text(json.dumps({"mapping": 1, "about": "A test.", "columns": columns}), encoding="utf-8")
    path.write_text(table, encoding="utf-8")
    return read_catalogue(path, mapping)


def test_constants_templates_tables_and_price_ladders(tmp_path: Path) -> None:
    """Everything that a cell of ours can be made of."""
    (heel,) = read(tmp_path, COLUMNS).products

    assert heel.line == 2
    assert heel.product_id == "shop-7"
    assert heel.title == "Court shoe in , {new}"
    assert heel.category == "HEEL"
    assert heel.base_price == 400_000 + 1_000 * (crc32(b"7") % 7)
    assert (heel.lead_time_days, heel.leather_dm2) == (21, 16)
    assert heel.sizes == ("36", "37.5")
    assert heel.is_active is False


def test_an_empty_cell_leaves_no_gap(tmp_path: Path) -> None:
    """Of several spaces one remains."""
    columns = COLUMNS | {"title": {"template": "{colour} {name}  {colour} shoe"}}

    assert read(tmp_path, columns).products[0].title == "Court shoe shoe"


def test_values_that_the_mapping_does_not_know(tmp_path: Path) -> None:
    """The row is bad for each of them, and for nothing that follows from them."""
    assert read(tmp_path, COLUMNS).rejected == (
        RejectedRow(
            3,
            RowKind.PRODUCT,
            "shop-8",
            (
                "category: the mapping has no value for type 'Boots'",
                "basePrice: the mapping has no price for type 'Boots'",
            ),
        ),
    )


def test_prices_are_the_same_in_every_import_and_stay_on_their_ladder(tmp_path: Path) -> None:
    """All steps are used, none beyond the last."""
    table = "id,type,colour,name\n" + "".join(f"{number},Heels,Red,Shoe\n" for number in range(200))

    prices = [product.base_price for product in read(tmp_path, COLUMNS, table).products]

    assert prices == [product.base_price for product in read(tmp_path, COLUMNS, table).products]
    assert set(prices) == {400_000 + 1_000 * step for step in range(7)}


def test_a_foreign_file_without_the_columns_of_the_mapping(tmp_path: Path) -> None:
    """One error at its header."""
    with pytest.raises(UnreadableFile, match=r"foreign\.csv, line 1: no column name, colour"):
        read(tmp_path, COLUMNS, "id,type\n7,Heels\n")


def test_a_foreign_row_with_too_few_cells(tmp_path: Path) -> None:
    """Nothing is made of it."""
    (row,) = read(tmp_path, COLUMNS, CSV + "9,Heels\n").rejected[1:]

    assert row.reasons == ("2 cells, but the header has 5 columns",)


@pytest.mark.parametrize(
    ("name", "source", "reason"),
    [
        ("colour", {"value": "x"}, "columns.colour: products have no such column"),
        ("title", "x", "columns.title: has to be an object"),
        ("title", {}, "columns.title.column: is missing; columns.title.values: is missing"),
        ("title", {"value": None}, "columns.title.value: has to be a text, a whole number, true, false or a list"),
        ("title", {"value": [1]}, "columns.title.value: has to be a text, a whole number, true, false or a list"),
        ("title", {"value": "x", "column": "id"}, "columns.title.'column': no member has that name"),
        ("title", {"template": "{id"}, "columns.title.template: expected '}'"),
        ("title", {"template": "{}"}, "columns.title.template: between braces stands the name of a column"),
        ("title", {"template": "{id:>9}"}, "columns.title.template: between braces stands the name of a column"),
        ("title", {"template": "{id!r}"}, "columns.title.template: between braces stands the name of a column"),
        ("title", {"column": "id", "values": []}, "columns.title.values: has to be an object, not a list"),
        ("title", {"column": "id", "values": {"a": {}}}, "columns.title.values.a: has to be a text"),
        ("basePrice", {"column": "id", "prices": {}}, "columns.basePrice.spreadBy: is missing"),
        (
            "basePrice",
            {"column": "id", "spreadBy": "id", "prices": {"a": {"lowest": 1, "step": 1, "steps": 0}}},
            "columns.basePrice.prices.a.steps: has to be at least 1",
        ),
        (
            "basePrice",
            {"column": "id", "spreadBy": "id", "prices": {"a": 5}},
            "columns.basePrice.prices.a: has to be an object",
        ),
    ],
)
def test_a_mapping_that_cannot_be_used(tmp_path: Path, name: str, source: Any, reason: str) -> None:
    """One error that names the mapping's line and member."""
    with pytest.raises(UnreadableFile) as unreadable:
        read(tmp_path, COLUMNS | {name: source})

    assert unreadable.value.path.name == "mapping.json"
    assert unreadable.value.line == 1
    assert unreadable.value.reason.startswith(reason)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[]", "a mapping is one JSON object"),
        ('{"mapping": 2, "columns": {}}', "mapping: the version has to be 1"),
        ('{"mapping": 1}', "columns: is missing"),
        ('{"mapping": 1, "columns": {}}', "columns: nothing for productId, title"),
        ('{"mapping": 1, "columns": {}, "colums": 1}', "'colums': no member has that name"),
    ],
)
def test_a_file_that_is_no_mapping(tmp_path: Path, text: str, reason: str) -> None:
    """Found before the CSV file is opened."""
    mapping = tmp_path / "mapping.json"
    mapping.write_text(text, encoding="utf-8")

    with pytest.raises(UnreadableFile) as unreadable:
        read_catalogue(tmp_path / "missing.csv", mapping)

    assert unreadable.value.reason.startswith(reason)


def test_a_json_catalogue_needs_no_mapping(tmp_path: Path) -> None:
    """Who gives one has mistaken something."""
    with pytest.raises(UnreadableFile, match="a mapping is for CSV files"):
        read_catalogue(tmp_path / "catalogue.json", tmp_path / "mapping.json")


def test_shipped_mappings_have_names() -> None:
    """Everything else is a path."""
    assert shipped_mappings() == ("myntra",)
    assert find_mapping("myntra").is_file()
    assert find_mapping(Path("myntra")) == find_mapping("myntra")
    assert find_mapping("other/mapping.json") == Path("other/mapping.json")
