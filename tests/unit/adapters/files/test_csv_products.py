"""Products in a CSV file of our own columns: a cell says what a member of the JSON format says."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import pytest

from adapters.files.catalogue import read_catalogue
from adapters.files.source import UnreadableFile
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

OXFORD = {
    "productId": "oxford", "title": 'Roma, the "first"', "category": "OXFORD", "brand": "Italian Shoes",
    "basePrice": "1299900", "hsn": "64035990", "last": "ROMA", "leadTimeDays": "21", "leatherDm2": "24",
    "styles": "CAPTOE|PLAIN", "soles": "WELTED", "materials": " CALF | SUEDE |", "sizes": "41|42.5", "widths": "F|G",
    "description": "Two\nlines", "monogramMaxLength": "3", "monogramSurcharge": "49900",
    "rules": "material:SUEDE excludes sole:WELTED because Rain, mud: no.|style:PLAIN requires width:F because So.",
    "media": "image /media/roma.jpg From the side|model https://x.example/roma.glb Turns", "isActive": "false",
}  # fmt: skip
REQUIRED = dict(list(OXFORD.items())[:14])


def text_of(*rows: dict[str, str], end: str = "\n") -> str:
    """A CSV file with the columns of the first row."""
    out = StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def read(tmp_path: Path, text: str, encoding: str = "utf-8") -> CatalogueRows:
    """The rows of a file that says that."""
    path = tmp_path / "products.csv"
    path.write_bytes(text.encode(encoding))
    return read_catalogue(path)


def test_every_column_is_read(tmp_path: Path) -> None:
    """Lists are parted by '|'; spaces around cells and entries don't count."""
    assert read(tmp_path, text_of(OXFORD)).products == (
        ProductRow(
            line=2,
            product_id="oxford",
            title='Roma, the "first"',
            description="Two\nlines",
            category="OXFORD",
            brand="Italian Shoes",
            base_price=1_299_900,
            hsn="64035990",
            last="ROMA",
            lead_time_days=21,
            leather_dm2=24,
            monogram=WrittenMonogram(max_length=3, surcharge=49_900),
            styles=("CAPTOE", "PLAIN"),
            soles=("WELTED",),
            materials=("CALF", "SUEDE"),
            sizes=("41", "42.5"),
            widths=("F", "G"),
            rules=(
                WrittenRule(
                    kind="excludes",
                    when=WrittenOption(option="material", ext_id="SUEDE"),
                    then=WrittenOption(option="sole", ext_id="WELTED"),
                    reason="Rain, mud: no.",
                ),
                WrittenRule(
                    kind="requires",
                    when=WrittenOption(option="style", ext_id="PLAIN"),
                    then=WrittenOption(option="width", ext_id="F"),
                    reason="So.",
                ),
            ),
            media=(
                WrittenMedia(url="/media/roma.jpg", alt="From the side", kind="image"),
                WrittenMedia(url="https://x.example/roma.glb", alt="Turns", kind="model"),
            ),
            is_active=False,
        ),
    )


def test_columns_that_may_be_left_out(tmp_path: Path) -> None:
    """A product is active then, without monogram, rules, media and description."""
    (product,) = read(tmp_path, text_of(REQUIRED)).products

    assert (product.is_active, product.monogram, product.rules, product.media) == (True, None, (), ())
    assert product.description == ""


def test_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    """Their names say what they are."""
    turned = dict(reversed(OXFORD.items()))

    assert read(tmp_path, text_of(turned)) == read(tmp_path, text_of(OXFORD))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_every_record_knows_the_line_on_which_it_begins(tmp_path: Path, end: str, encoding: str) -> None:
    """Also behind cells of several lines and empty lines, with and without a byte order mark."""
    rows = [OXFORD | {"productId": slug} for slug in ("one", "two", "three")]
    text = text_of(*rows, end=end).replace("Two\nlines", f"Two{end}lines").replace(f'{end}"two"', f'{end}{end}"two"')

    assert [product.line for product in read(tmp_path, text, encoding).products] == [2, 5, 7]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"basePrice": "12,999"}, "basePrice: has to be a whole number, not '12,999'"),
        ({"basePrice": ""}, "basePrice: has to be a whole number, not ''"),
        ({"basePrice": "1e6"}, "basePrice: has to be a whole number, not '1e6'"),
        ({"basePrice": "९९"}, "basePrice: has to be a whole number, not '९९'"),
        ({"basePrice": "9" * 99}, f"basePrice: has to be a whole number, not '{'9' * 40}'"),
        ({"leadTimeDays": "three weeks"}, "leadTimeDays: has to be a whole number, not 'three weeks'"),
        ({"monogramSurcharge": ""}, "monogramSurcharge: has to be a whole number, not ''"),
        ({"isActive": "yes"}, "isActive: has to be true or false, not 'yes'"),
        ({"media": "/media/roma.jpg"}, "media: '/media/roma.jpg' is not of the form <kind> <url> <text>"),
        (
            {"rules": "SUEDE not with WELTED"},
            "rules: 'SUEDE not with WELTED' is not of the form "
            "<option>:<code> excludes|requires <option>:<code> because <reason>",
        ),
    ],
)
def test_a_cell_that_cannot_be_read(tmp_path: Path, change: dict[str, str], reason: str) -> None:
    """The row is bad, the others aren't."""
    rows = read(tmp_path, text_of(OXFORD | change, OXFORD | {"productId": "other"}))

    assert rows.rejected == (RejectedRow(2, RowKind.PRODUCT, "oxford", (reason,)),)
    assert [product.product_id for product in rows.products] == ["other"]


def test_too_few_and_too_many_cells(tmp_path: Path) -> None:
    """A row whose cells have moved is bad for that one reason."""
    text = text_of(REQUIRED) + "short,Short\n" + ",".join(["long"] * 15) + "\n"

    assert read(tmp_path, text).rejected == (
        RejectedRow(3, RowKind.PRODUCT, "short", ("2 cells, but the header has 14 columns",)),
        RejectedRow(4, RowKind.PRODUCT, "long", ("15 cells, but the header has 14 columns",)),
    )


def test_a_null_byte_spoils_its_row_only(tmp_path: Path) -> None:
    """It is read like any character; whoever checks the row refuses it."""
    (product,) = read(tmp_path, text_of(OXFORD | {"title": "Ro\x00ma"})).products

    assert product.title == "Ro\x00ma"


HEADER = ",".join(REQUIRED)


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (f"{HEADER}\n", 1, "nothing stands below the header"),
        (f"\n\n{HEADER}\n,,,\n", 3, "nothing stands below the header"),
        ("productId,title\nx,y\n", 1, "no column category, brand, basePrice"),
        (f"{HEADER},colour\n{HEADER},x\n", 1, "unknown column 'colour'"),
        (f"{HEADER},title\n{HEADER},x\n", 1, "two columns are called 'title'"),
        (f"{HEADER.replace(',', ';')}\n", 1, "the columns have to be separated by commas"),
        (f'{HEADER}\na,b\nc,"d\ne,f\n', 3, "the record that begins here is not CSV: unexpected end of data"),
        (f'{HEADER}\na,"b"c\n', 2, "the record that begins here is not CSV: ',' expected after '\"'"),
        (f"{HEADER}\na,{'b' * 140_000}\n", 2, "the record that begins here is not CSV: field larger than"),
    ],
)
def test_a_table_that_is_none(tmp_path: Path, text: str, line: int, reason: str) -> None:
    """One error with the line."""
    with pytest.raises(UnreadableFile) as unreadable:
        read(tmp_path, text)

    assert unreadable.value.line == line
    assert unreadable.value.reason.startswith(reason)


def test_other_files(tmp_path: Path) -> None:
    """The ending of the name says what a file is."""
    with pytest.raises(UnreadableFile, match=r"neither \.json nor \.csv"):
        read_catalogue(tmp_path / "catalogue.xlsx")
