"""A JSON catalogue as rows: each with its line, and every wrong shape with its reason."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from adapters.files.catalogue import read_catalogue
from adapters.files.shipped import SHIPPED_CATALOGUE
from adapters.files.source import UnreadableFile
from application.catalogue.rows import (
    CapacityRow,
    CatalogueRows,
    RejectedRow,
    RowKind,
    StockRow,
    StyleRow,
    WrittenMonogram,
    WrittenOption,
    WrittenRule,
    WrittenSize,
)

STYLE = {"extId": "CAPTOE", "name": "Cap toe", "surcharge": 0}
COLOR = {"extId": "CALF-BLACK", "name": "Black", "hexCode": "#000000", "family": "BLACK", "surcharge": 0}
CALF = {"extId": "CALF", "name": "Calf", "category": "LEATHER", "surcharge": 0, "colors": [COLOR]}
OXFORD = {
    "productId": "oxford", "title": "Oxford", "category": "OXFORD", "brand": "B", "basePrice": 1, "hsn": "6403",
    "last": "ROMA", "leadTimeDays": 21, "leatherDm2": 24, "styles": ["CAPTOE"], "soles": ["S"], "materials": ["CALF"],
    "sizes": ["41"], "widths": ["F"],
}  # fmt: skip

SIDE = {"option": "style", "extId": "CAPTOE"}
RULE = {"kind": "excludes", "when": SIDE, "then": SIDE, "reason": "No."}


def read(tmp_path: Path, text: str) -> CatalogueRows:
    """The rows of a file that says that."""
    path = tmp_path / "catalogue.json"
    path.write_text(text, encoding="utf-8")
    return read_catalogue(path)


def rejections(tmp_path: Path, **sections: Any) -> list[RejectedRow]:
    """What is wrong with the shape of these sections, all on one line."""
    return list(read(tmp_path, json.dumps({"version": 1, **sections})).rejected)


def test_rows_know_their_lines(tmp_path: Path) -> None:
    """Where their objects begin."""
    text = """{
  "version": 1, "currency": "INR",
  "styles": [
    {"extId": "CAPTOE", "name": "Cap toe", "surcharge": 0, "isActive": false},
    {
      "extId": "BROGUE",
      "name": "Brogue",
      "surcharge": 75000
    }
  ],
  "stock": [{"sku": "box:standard", "unit": "PIECE", "onHand": 5}],
  "capacity": {"pairsPerWeek": 40, "weeksAhead": 52}
}"""
    assert read(tmp_path, text) == CatalogueRows(
        styles=(
            StyleRow(line=4, ext_id="CAPTOE", name="Cap toe", surcharge=0, is_active=False),
            StyleRow(line=5, ext_id="BROGUE", name="Brogue", surcharge=75_000, is_active=True),
        ),
        stock=(StockRow(line=11, sku="box:standard", unit="PIECE", on_hand=5),),
        capacity=CapacityRow(line=12, pairs_per_week=40, weeks_ahead=52),
    )


def test_the_shipped_catalogue_is_read_completely() -> None:
    """It shows everything that the format has."""
    rows = read_catalogue(SHIPPED_CATALOGUE)

    assert rows.rejected == ()
    counts = [len(part) for part in (rows.lasts, rows.styles, rows.soles, rows.materials, rows.products)]
    assert counts == [3, 10, 8, 12, 26]
    assert sum(len(material.colors) for material in rows.materials) == 60
    assert len({product.category for product in rows.products}) == 6
    assert rows.lasts[0].sizes[0] == WrittenSize(eu="36", uk="2.5", us="3.5", india="2.5")
    oxford = rows.products[0]
    assert (oxford.product_id, oxford.monogram) == ("oxford-roma", WrittenMonogram(max_length=3, surcharge=49_900))
    assert oxford.rules[0] == WrittenRule(
        kind="excludes",
        when=WrittenOption(option="material", ext_id="PATENT"),
        then=WrittenOption(option="sole", ext_id="GOODYEAR-STUDDED"),
        reason="Patent calf is an evening leather, so we make it on leather soles only.",
    )
    lines = SHIPPED_CATALOGUE.read_text(encoding="utf-8").splitlines()
    assert '"productId": "oxford-roma"' in lines[oxford.line]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"name": None}, "name: has to be a text, not null"),
        ({"name": 5}, "name: has to be a text, not 5"),
        ({"name": ["x"]}, "name: has to be a text, not a list"),
        ({"surcharge": "0"}, "surcharge: has to be a whole number, not a text"),
        ({"surcharge": 0.0}, "surcharge: has to be a whole number, not 0.0"),
        ({"surcharge": True}, "surcharge: has to be a whole number, not true"),
        ({"isActive": 1}, "isActive: has to be true or false, not 1"),
        ({"isActive": "true"}, "isActive: has to be true or false, not a text"),
        ({"surchage": 1}, "'surchage': no member has that name"),
    ],
)
def test_a_member_of_the_wrong_type(tmp_path: Path, change: dict[str, Any], reason: str) -> None:
    """Numbers in quotes are no numbers."""
    bad = RejectedRow(1, RowKind.STYLE, "CAPTOE", (reason,))
    assert rejections(tmp_path, styles=[STYLE | change, STYLE]) == [bad]


def test_missing_members_are_told_together(tmp_path: Path) -> None:
    """Each by its name."""
    (row,) = rejections(tmp_path, stock=[{}])

    assert row == RejectedRow(1, RowKind.STOCK, "", ("sku: is missing", "unit: is missing", "onHand: is missing"))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"styles": "CAPTOE"}, "styles: has to be a list of texts, not a text"),
        ({"styles": ["CAPTOE", 5]}, "styles: has to be a list of texts and nothing else"),
        ({"monogram": 3}, "monogram: has to be an object, not 3"),
        ({"monogram": {"maxLength": 3}}, "monogram.surcharge: is missing"),
        ({"rules": [RULE | {"then": []}]}, "rules[0].then: has to be an object, not a list"),
        ({"rules": [RULE, RULE | {"when": {"option": "sole"}}]}, "rules[1].when.extId: is missing"),
        ({"rules": [RULE | {"then": SIDE | {"id": 1}}]}, "rules[0].then.'id': no member has that name"),
        ({"media": ["/x.jpg"]}, "media: has to be a list of objects and nothing else"),
        ({"media": [{"url": "/x.jpg"}]}, "media[0].alt: is missing"),
    ],
)  # fmt: skip
def test_a_wrong_part_of_a_product(tmp_path: Path, change: dict[str, Any], reason: str) -> None:
    """The reason says which part."""
    (row,) = rejections(tmp_path, products=[OXFORD | change])

    assert row.key == "oxford"
    assert reason in row.reasons


def test_null_is_as_good_as_no_monogram(tmp_path: Path) -> None:
    """And rules, media and a description may be left out."""
    (product,) = read(tmp_path, json.dumps({"version": 1, "products": [OXFORD | {"monogram": None}]})).products

    assert (product.monogram, product.rules, product.media, product.description) == (None, (), (), "")


def test_a_material_and_its_colors_stand_and_fall_together(tmp_path: Path) -> None:
    """One bad colour takes the material along, and that its other colours."""
    other = COLOR | {"extId": "CALF-TAN"}
    rows = rejections(tmp_path, materials=[CALF | {"colors": [other, COLOR | {"surcharge": None}]}])

    assert [(row.kind, row.key, row.reasons) for row in rows] == [
        (RowKind.COLOR, "CALF-BLACK", ("surcharge: has to be a whole number, not null",)),
        (RowKind.MATERIAL, "CALF", ("colors: color 'CALF-BLACK' on line 1 is refused",)),
        (RowKind.COLOR, "CALF-TAN", ("material 'CALF' on line 1, which it belongs to, is refused",)),
    ]


def test_a_row_that_is_no_object(tmp_path: Path) -> None:
    """It has a line all the same."""
    rows = read(tmp_path, '{"version": 1, "styles": [\n  "CAPTOE",\n  null]}')

    assert [(row.line, row.reasons) for row in rows.rejected] == [
        (2, ("a row has to be an object",)),
        (3, ("a row has to be an object",)),
    ]


def test_a_member_that_stands_twice_makes_a_row_bad(tmp_path: Path) -> None:
    """Nobody can know which was meant."""
    rows = read(tmp_path, '{"version": 1, "capacity": {"pairsPerWeek": 4, "pairsPerWeek": 40, "weeksAhead": 9}}')

    assert rows.rejected == (RejectedRow(1, RowKind.CAPACITY, "", ("pairsPerWeek: stands there more than once",)),)


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("[]", 1, "a catalogue is one JSON object"),
        ('{"styles": []}', 1, "version has to be 1"),
        ('{\n"version": 2}', 2, "version has to be 1"),
        ('{\n"version": true}', 2, "version has to be 1"),
        ('{"version": 1,\n"currency": "EUR"}', 2, "currency has to be INR"),
        ('{"version": 1,\n"shoes": []}', 2, "'shoes' is none of version, currency, lasts, styles"),
        ('{"version": 1, "styles": [],\n"styles": []}', 2, "'styles' stands there more than once"),
        ('{"version": 1,\n"styles": {}}', 2, "styles has to be a list"),
        ('{"version": 1,\n"capacity": 40}', 2, "capacity has to be an object"),
        ('{"version": 1, "styles": [], "stock": []}', 1, "there is nothing to import"),
    ],
)
def test_a_wrong_frame(tmp_path: Path, text: str, line: int, reason: str) -> None:
    """Then no row can be trusted: one error."""
    with pytest.raises(UnreadableFile) as unreadable:
        read(tmp_path, text)

    assert unreadable.value.line == line
    assert unreadable.value.reason.startswith(reason)
