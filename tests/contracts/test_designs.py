"""A saved design is found by its code for ever, as it was when it was saved first."""

from __future__ import annotations

from asyncio import gather
from datetime import timedelta

import pytest

from domain.design.design import Design
from ports.designs import SavedDesign
from tests.builders import NOW, a_design
from tests.contracts.shop_fixtures import ShopCase

pytestmark = pytest.mark.anyio

DESIGN = a_design().in_style("BROGUE").on_sole("RUBBER").in_size("42.5").in_width("G").monogrammed("M&B").build()


@pytest.mark.parametrize("design", [DESIGN, a_design().build()], ids=["monogrammed", "plain"])
async def test_a_saved_design_is_found_by_its_code(shop: ShopCase, design: Design) -> None:
    """Whoever has the code sees the design."""
    async with shop.begin() as tx:
        saved = await tx.designs.save(design, NOW)

    assert saved == SavedDesign(design, NOW)
    assert await shop.design_views.find(design.code) == saved


async def test_saving_again_gives_the_first_one_back(shop: ShopCase) -> None:
    """A design is one thing, however many people have thought of it."""
    async with shop.begin() as tx:
        first = await tx.designs.save(DESIGN, NOW)
    async with shop.begin() as tx:
        again = await tx.designs.save(DESIGN, NOW + timedelta(days=1))

    assert again == first
    assert await shop.design_views.find(DESIGN.code) == first


async def test_many_may_save_one_design_at_once(shop: ShopCase) -> None:
    """They all get the same one."""

    async def save(minute: int) -> SavedDesign:
        async with shop.begin() as tx:
            return await tx.designs.save(DESIGN, NOW + timedelta(minutes=minute))

    saved = await gather(*map(save, range(20)))

    assert set(saved) == {await shop.design_views.find(DESIGN.code)}


@pytest.mark.parametrize("code", [DESIGN.code, "", "\x00", "\ud800"], ids=["unused", "none", "null byte", "surrogate"])
async def test_an_unknown_code_finds_nothing(shop: ShopCase, code: str) -> None:
    """Most codes are nobody's design."""
    assert await shop.design_views.find(code) is None


async def test_a_design_of_a_failed_transaction_is_not_kept(shop: ShopCase) -> None:
    """All of a transaction, or nothing."""
    async with shop.failing() as tx:
        await tx.designs.save(DESIGN, NOW)

    assert await shop.design_views.find(DESIGN.code) is None
