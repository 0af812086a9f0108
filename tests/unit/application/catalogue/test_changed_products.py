"""Whatever a row says anew of a product reaches the shop."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest

from application.catalogue.ledger import Tally
from application.catalogue.product_checks import content_of
from application.catalogue.rows import ProductRow, RowKind, WrittenMonogram
from tests.unit.application.catalogue.written import CATALOGUE, LAST, OXFORD, Desk

pytestmark = pytest.mark.anyio

CHANGES: dict[str, Any] = {
    "title": "Roma",
    "description": "",
    "category": "BALMORAL",
    "brand": "Others",
    "base_price": 1_300_000,
    "hsn": "6403",
    "last": "ROMA-II",
    "lead_time_days": 22,
    "leather_dm2": 25,
    "monogram": WrittenMonogram(max_length=2, surcharge=49_900),
    "styles": ("BROGUE", "CAPTOE"),
    "soles": ("RUBBER", "WELTED"),
    "materials": ("SUEDE", "CALF"),
    "sizes": ("42",),
    "widths": ("G", "F"),
    "rules": (),
    "media": (),
    "is_active": False,
}


def test_every_member_of_a_row_is_tried() -> None:
    """But its line, and the slug that says which product it is."""
    assert CHANGES.keys() == {field.name for field in fields(ProductRow)} - {"line", "product_id"}


@pytest.mark.parametrize("member", CHANGES)
async def test_a_changed_member_is_a_changed_product(member: str) -> None:
    """Also when nothing but an order has changed."""
    desk = Desk()
    catalogue = replace(CATALOGUE, lasts=(LAST, replace(LAST, code="ROMA-II")))
    await desk.bring(catalogue)
    before = content_of(await desk.product("oxford-roma"))

    report = await desk.bring(replace(catalogue, products=(replace(OXFORD, **{member: CHANGES[member]}),)))

    assert report.tallies[RowKind.PRODUCT] == Tally(updated=1)
    assert content_of(await desk.product("oxford-roma")) != before
