"""Every kind of bad product is found before anything is changed, and says what is wrong with it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from application.catalogue.rows import WrittenMedia, WrittenMonogram
from tests.unit.application.catalogue.written import (
    BROGUE,
    CAPTOE,
    CATALOGUE,
    OXFORD,
    Desk,
    a_written_rule,
)

pytestmark = pytest.mark.anyio

BAND = "a pair would cost more than ₹2,625.00 and at most ₹2,950.00: no GST rate fits there"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"product_id": "Oxford Roma"}, "productId: 3 to 50 of a-z, 0-9 and '-'"),
        ({"product_id": "oxford\x00roma"}, "productId: 3 to 50 of a-z, 0-9 and '-'"),
        ({"title": ""}, "title: 1 to 200 characters"),
        ({"title": "x" * 201}, "title: 1 to 200 characters"),
        ({"title": "Roma\x00Oxford"}, "title: character 5 is U+0000, which can't be shown"),
        ({"title": "Roma \ud83d"}, "title: character 6 is U+D83D, which can't be shown"),
        ({"description": "x" * 2_001}, "description: at most 2000 characters"),
        ({"description": "A\x1b[2J"}, "description: character 2 is U+001B, which can't be shown"),
        ({"category": "Oxford"}, "category: 2 to 30 of A-Z and '_'"),
        ({"brand": " "}, "brand: 1 to 80 characters, not 0"),
        ({"base_price": 0}, "basePrice: more than nothing and at most ₹1,00,000.00"),
        ({"base_price": 10_000_001}, "basePrice: more than nothing and at most ₹1,00,000.00"),
        ({"base_price": 280_000}, f"basePrice: with its surcharges {BAND}"),
        ({"base_price": 250_000}, f"basePrice: with its surcharges {BAND}"),
        ({"hsn": "42031010"}, "hsn: footwear is chapter 64: 4, 6 or 8 digits"),
        ({"last": "MILANO"}, "last: last 'MILANO' is neither in the file nor in the shop"),
        ({"lead_time_days": 366}, "leadTimeDays: 1 to 365 days"),
        ({"leather_dm2": 0}, "leatherDm2: 1 to 1000, not 0"),
        ({"leather_dm2": 10**20}, "leatherDm2: 1 to 1000, not 100000000000000000000"),
        ({"styles": ()}, "styles: at least one"),
        ({"styles": ("CAPTOE", "CAPTOE")}, "styles: 'CAPTOE' more than once"),
        ({"styles": ("CAPTOE", "MOON")}, "styles: style 'MOON' is neither in the file nor in the shop"),
        ({"soles": ("MOON",)}, "soles: sole 'MOON' is neither in the file nor in the shop"),
        ({"materials": ("CALF", "MOON")}, "materials: material 'MOON' is neither in the file nor in the shop"),
        ({"sizes": ("41", "50")}, "sizes: not on last ROMA: 50"),
        ({"sizes": ()}, "sizes: at least one"),
        ({"widths": ("F", "H")}, "widths: not on last ROMA: H"),
        (
            {"monogram": WrittenMonogram(max_length=11, surcharge=0)},
            "monogram.maxLength: a monogram has 1 to 10 characters",
        ),
        ({"monogram": WrittenMonogram(max_length=3, surcharge=-1)}, "monogram.surcharge: 0 to 10000000, not -1"),
        (
            {"media": (WrittenMedia(url="javascript:x", alt="x", kind="image"),)},
            "media[0].url: neither a path from / nor an https address",
        ),
        ({"media": (WrittenMedia(url="/x", alt="", kind="image"),)}, "media[0].alt: 1 to 300 characters, not 0"),
        (
            {"media": (WrittenMedia(url="/x", alt="x", kind="smell"),)},
            "media[0].kind: 'smell' is none of image, video, model",
        ),
        (
            {"rules": (a_written_rule(("sole", "RUBBER"), "loves", ("style", "BROGUE")),)},
            "rules[0].kind: 'loves' is none of excludes, requires",
        ),
        (
            {"rules": (a_written_rule(("heel", "RUBBER"), "excludes", ("style", "BROGUE")),)},
            "rules[0].when.option: 'heel' is none of style, sole, material, color, width",
        ),
        (
            {"rules": (a_written_rule(("sole", "RUBBER"), "excludes", ("color", "SUEDE-PINK")),)},
            "rules[0].then: the product offers no color 'SUEDE-PINK'",
        ),
        (
            {"rules": (a_written_rule(("sole", "RUBBER"), "requires", ("sole", "WELTED")),)},
            "rules[0]: a shoe has one sole anyway; a rule joins two different groups",
        ),
        (
            {"rules": (a_written_rule(("sole", "RUBBER"), "requires", ("width", "G"), reason=""),)},
            "rules[0].reason: 1 to 300 characters, not 0",
        ),
    ],
)
async def test_a_bad_product(change: dict[str, Any], reason: str) -> None:
    """One wrong member, one reason."""
    bad = replace(OXFORD, **{"rules": (), **change})

    assert await Desk().reasons(replace(CATALOGUE, products=(bad,))) == [f"11 product {bad.product_id}: {reason}"]


async def test_all_that_is_wrong_with_a_product_is_told_at_once() -> None:
    """Nobody wants to import a file ten times to learn of ten mistakes."""
    bad = replace(OXFORD, title="", brand="", hsn="x", styles=("MOON",), rules=(), leather_dm2=0, sizes=("50",))

    reasons = await Desk().reasons(replace(CATALOGUE, products=(bad,)))

    members = [reason.removeprefix("11 product oxford-roma: ").partition(":")[0] for reason in reasons]
    assert sorted(members) == ["brand", "hsn", "leatherDm2", "sizes", "styles", "title"]


@pytest.mark.parametrize(
    "rules",
    [
        pytest.param(
            (
                a_written_rule(("width", "F"), "excludes", ("sole", "WELTED")),
                a_written_rule(("width", "F"), "excludes", ("sole", "RUBBER")),
                a_written_rule(("material", "CALF"), "requires", ("width", "F")),
                a_written_rule(("material", "SUEDE"), "requires", ("width", "F")),
            ),
            id="rules that leave no choice",
        ),
        pytest.param(
            (
                a_written_rule(("material", "CALF"), "requires", ("color", "SUEDE-NAVY")),
                a_written_rule(("color", "SUEDE-NAVY"), "requires", ("material", "CALF")),
            ),
            id="a colour of another material",
        ),
    ],
)
async def test_a_product_that_nobody_can_build(rules: tuple[Any, ...]) -> None:
    """It would be shown and could never be bought."""
    bad = replace(OXFORD, rules=rules)

    assert await Desk().reasons(replace(CATALOGUE, products=(bad,))) == [
        "11 product oxford-roma: rules: no combination of its active options keeps them all"
    ]
    assert await Desk().reasons(replace(CATALOGUE, products=(replace(bad, is_active=False),))) == []


async def test_a_product_whose_rules_leave_one_choice() -> None:
    """That is enough: rules are looked at when both of their sides are chosen."""
    rules = (
        a_written_rule(("style", "CAPTOE"), "requires", ("width", "G")),
        a_written_rule(("style", "BROGUE"), "requires", ("width", "G")),
        a_written_rule(("width", "G"), "requires", ("color", "CALF-BLACK")),
        a_written_rule(("color", "CALF-BLACK"), "excludes", ("sole", "WELTED")),
    )

    assert await Desk().reasons(replace(CATALOGUE, products=(replace(OXFORD, rules=rules),))) == []


async def test_a_product_whose_options_are_all_inactive() -> None:
    """Nothing is left to choose; a product that isn't sold either may stay so."""
    rows = replace(CATALOGUE, styles=(replace(CAPTOE, is_active=False), replace(BROGUE, is_active=False)))

    assert [reason.partition(": ")[2] for reason in await Desk().reasons(rows)] == [
        "rules: no combination of its active options keeps them all"
    ] * 2
