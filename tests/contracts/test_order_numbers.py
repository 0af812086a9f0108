"""Order numbers can be read to each other on the phone, and none is given out twice."""

from __future__ import annotations

import re
from asyncio import gather
from datetime import UTC, datetime

import pytest

from tests.builders import NOW
from tests.contracts.shop_fixtures import ShopCase

pytestmark = pytest.mark.anyio


async def test_a_number_has_its_year_and_six_digits(shop: ShopCase) -> None:
    """IS-2026-000001: always of the same form, so that people recognise one."""
    assert re.fullmatch(r"IS-2026-[0-9]{6}", await shop.order_numbers.next(NOW))


async def test_the_year_is_the_workshops(shop: ShopCase) -> None:
    """In India it is the new year five and a half hours before it is in UTC."""
    new_year_in_india = datetime(2026, 12, 31, 18, 30, tzinfo=UTC)

    assert (await shop.order_numbers.next(new_year_in_india)).startswith("IS-2027-")


async def test_no_number_comes_twice(shop: ShopCase) -> None:
    """However many ask at once."""
    numbers = await gather(*(shop.order_numbers.next(NOW) for _ in range(200)))

    assert len(set(numbers)) == 200
