"""Stock and capacity that can't be, or that is promised already."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from application.catalogue.rows import CatalogueRows
from tests.unit.application.catalogue.written import (
    BOX,
    CAPACITY,
    CATALOGUE,
    LEATHER,
    STOCK,
    Desk,
)

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"sku": "leather:MOON"}, "sku: color 'MOON' is neither in the file nor in the shop"),
        ({"sku": "sole:MOON:42", "unit": "PAIR"}, "sku: sole 'MOON' is neither in the file nor in the shop"),
        ({"sku": "sole:WELTED:50", "unit": "PAIR"}, "sku: no last has the EU size '50'"),
        ({"unit": "PIECE"}, "unit: 'PIECE' is none of DM2"),
        ({"on_hand": -1}, "onHand: 0 to 1000000000, not -1"),
        ({"on_hand": 2**31}, "onHand: 0 to 1000000000, not 2147483648"),
    ],
)
async def test_a_bad_stock_row(change: dict[str, Any], reason: str) -> None:
    """Skus refer to colours, soles and sizes; the unit follows from them."""
    bad = replace(STOCK[0], **change)

    assert await Desk().reasons(replace(CATALOGUE, stock=(bad,))) == [f"13 stock {bad.sku}: {reason}"]


@pytest.mark.parametrize("sku", ["", "box:huge", "pair:short", "leather:CALF-BLACK:42", "rubber:CALF", "sole:WELTED"])
async def test_a_sku_of_no_known_form(sku: str) -> None:
    """There are four forms."""
    reasons = await Desk().reasons(replace(CATALOGUE, stock=(replace(STOCK[0], sku=sku, unit="PIECE"),)))

    assert any("neither leather:<color> nor sole:<sole>:<EU size>" in reason for reason in reasons)


async def test_stock_is_not_set_below_what_is_reserved() -> None:
    """It is promised to orders."""
    desk = Desk()
    await desk.bring(CATALOGUE)
    await desk.hold({BOX: 50, LEATHER: 24})
    rows = CatalogueRows(stock=(replace(STOCK[0], on_hand=24), replace(STOCK[2], on_hand=49)))

    assert await desk.reasons(rows) == ["15 stock box:standard: onHand: 50 are reserved for orders, 49 is too little"]


async def test_capacity_is_not_set_below_what_is_booked() -> None:
    """Each week that is too full is named."""
    desk = Desk()
    await desk.bring(CATALOGUE)
    await desk.hold({}, pairs=40)
    await desk.hold({}, pairs=21)

    assert await desk.reasons(CatalogueRows(capacity=replace(CAPACITY, pairs_per_week=20))) == [
        "16 capacity capacity: pairsPerWeek: 40 pairs are booked in 2026-W49, 20 is too little",
        "16 capacity capacity: pairsPerWeek: 21 pairs are booked in 2026-W50, 20 is too little",
    ]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"pairs_per_week": -1}, "pairsPerWeek: 0 to 100000, not -1"),
        ({"weeks_ahead": 0}, "weeksAhead: 1 to 260, not 0"),
        ({"weeks_ahead": 10**9}, "weeksAhead: 1 to 260, not 1000000000"),
    ],
)
async def test_a_bad_capacity(change: dict[str, int], reason: str) -> None:
    """Five years at most."""
    rows = CatalogueRows(capacity=replace(CAPACITY, **change))

    assert await Desk().reasons(rows) == [f"16 capacity capacity: {reason}"]
