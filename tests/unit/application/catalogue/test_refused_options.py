"""Bad lasts, styles, soles, materials and colours, and good ones that would spoil what is sold."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from adapters.memory.shop import MemoryShop
from application.catalogue.import_catalogue import OnBadRow
from application.catalogue.rows import CatalogueRows, WrittenSize
from domain.catalogue.options import ColorFamily
from tests.unit.application.catalogue.written import (
    BLACK,
    CALF,
    CAPTOE,
    CATALOGUE,
    COGNAC,
    DERBY,
    LAST,
    NAVY,
    OXFORD,
    RUBBER,
    SUEDE,
    WELTED,
    Desk,
)

pytestmark = pytest.mark.anyio

BAND = "a pair would cost more than ₹2,625.00 and at most ₹2,950.00: no GST rate fits there"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"ext_id": "cap toe"}, "extId: 'cap toe' is not 2 to 40 of A-Z, 0-9 and '-'"),
        ({"name": "x" * 81}, "name: 1 to 80 characters, not 81"),
        ({"name": "Cap\x00toe"}, "name: character 4 is U+0000, which can't be shown"),
        ({"surcharge": -1}, "surcharge: 0 to 10000000, not -1"),
        ({"surcharge": 10_000_001}, "surcharge: 0 to 10000000, not 10000001"),
    ],
)
async def test_a_bad_option(change: dict[str, Any], reason: str) -> None:
    """Styles, soles, materials and colours are held to the same."""
    style, sole = replace(CAPTOE, **change), replace(WELTED, **change)
    material, color = replace(CALF, **change), replace(BLACK, **change)

    for rows, row in [
        (CatalogueRows(styles=(style,)), f"2 style {style.ext_id}"),
        (CatalogueRows(soles=(sole,)), f"4 sole {sole.ext_id}"),
        (CatalogueRows(materials=(material,)), f"6 material {material.ext_id}"),
        (CatalogueRows(materials=(replace(CALF, colors=(color,)),)), f"7 color {color.ext_id}"),
    ]:
        assert f"{row}: {reason}" in await Desk().reasons(rows)


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (
            CatalogueRows(materials=(replace(CALF, category="WOOD"),)),
            "6 material CALF: category: 'WOOD' is none of LEATHER, SUEDE, PATENT, EXOTIC, TEXTILE, VEGAN",
        ),
        (
            CatalogueRows(materials=(replace(CALF, colors=()),)),
            "6 material CALF: colors: a material needs at least one colour",
        ),
        (
            CatalogueRows(materials=(replace(CALF, colors=(replace(BLACK, family="PINK"),)),)),
            f"7 color CALF-BLACK: family: 'PINK' is none of {', '.join(ColorFamily)}",
        ),
        (
            CatalogueRows(materials=(CALF, replace(SUEDE, colors=(replace(BLACK, line=10),)))),
            "10 color CALF-BLACK: color 'CALF-BLACK' is on line 7 already",
        ),
        (CatalogueRows(lasts=(replace(LAST, code="r"),)), "1 last r: code: 'r' is not 2 to 40 of A-Z, 0-9 and '-'"),
        (CatalogueRows(lasts=(replace(LAST, widths=("F", "F")),)), "1 last ROMA: widths: 'F' more than once"),
        (
            CatalogueRows(lasts=(replace(LAST, widths=("WIDE",)),)),
            "1 last ROMA: widths: 'WIDE' is not a width (A to H)",
        ),
        (
            CatalogueRows(lasts=(replace(LAST, sizes=LAST.sizes[::-1]),)),
            "1 last ROMA: sizes: ROMA: EU sizes must rise from row to row",
        ),
        (
            CatalogueRows(lasts=(replace(LAST, sizes=(WrittenSize(eu="41.3", uk="7", us="8", india="7"),)),)),
            "1 last ROMA: size: '41.3' is not a whole or half size",
        ),
        (
            CatalogueRows(lasts=(replace(LAST, sizes=()),)),
            "1 last ROMA: last: ROMA needs at least one size and one width",
        ),
    ],
)
async def test_a_bad_last_material_or_color(rows: CatalogueRows, reason: str) -> None:
    """What only these kinds have."""
    assert reason in await Desk().reasons(rows)


async def test_a_color_stays_with_its_material() -> None:
    """Designs that were saved name both."""
    desk = Desk()
    await desk.bring(CATALOGUE)

    reasons = await desk.reasons(CatalogueRows(materials=(replace(SUEDE, colors=(NAVY, replace(COGNAC, line=11))),)))

    assert reasons[-1] == (
        "11 color CALF-COGNAC: extId: the shop has color 'CALF-COGNAC' of material CALF; "
        "a colour can't change its material"
    )


async def test_a_surcharge_that_takes_a_product_of_the_shop_into_the_forbidden_band() -> None:
    """The row of the option is bad, because the product isn't in the file."""
    desk = Desk()
    cheap = replace(DERBY, base_price=150_000, monogram=None, materials=("CALF",))
    await desk.bring(replace(CATALOGUE, products=(cheap,)))

    reasons = await desk.reasons(CatalogueRows(soles=(replace(RUBBER, surcharge=120_000),)))

    assert reasons == [
        "5 sole RUBBER: product derby-roma, which the shop has, would be refused: "
        f"basePrice: with its surcharges {BAND}"
    ]
    together = (replace(RUBBER, surcharge=120_000),)
    assert await desk.reasons(CatalogueRows(soles=together, products=(replace(cheap, base_price=400_000),))) == []


async def test_what_leans_on_an_option_that_spoils_a_product_is_bad_too() -> None:
    """Found only after all rows were read, and true of all of them."""
    desk = Desk()
    await desk.bring(CATALOGUE)
    gone = replace(CALF, is_active=False, colors=(BLACK,))
    new = replace(OXFORD, line=12, product_id="monk-roma", materials=("CALF", "SUEDE"))
    suede_gone = replace(SUEDE, is_active=False)
    rows = CatalogueRows(materials=(gone, suede_gone), products=(new,))

    report = await desk.bring(rows, OnBadRow.SKIP_ROW)

    assert [(row.line, row.key) for row in report.rejected] == [
        (6, "CALF"),
        (7, "CALF-BLACK"),
        (9, "SUEDE"),
        (10, "SUEDE-NAVY"),
        (12, "monk-roma"),
    ]
    assert (await desk.contents()).materials["CALF"].is_active


async def test_a_product_that_was_bad_before_is_no_reason_against_an_option() -> None:
    """The law moved the band to where its price is; options can still be renamed, and the product be mended."""
    desk = Desk(MemoryShop(datetime(2025, 1, 6, tzinfo=UTC)))
    await desk.bring(replace(CATALOGUE, products=(replace(DERBY, base_price=280_000),)))
    desk.shop.clock.advance(timedelta(days=700))

    assert await desk.reasons(CatalogueRows(styles=(replace(CAPTOE, name="Capped"),))) == []
    assert await desk.reasons(replace(CATALOGUE, products=(DERBY,))) == []
