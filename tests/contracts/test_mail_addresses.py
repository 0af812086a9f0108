"""Every list of addresses without mail knows why, and forgets nothing."""

from __future__ import annotations

from asyncio import gather

import pytest

from domain.customers.email import Email
from tests.builders import NOW
from tests.contracts.shop_fixtures import ShopCase

pytestmark = pytest.mark.anyio

ASHA = Email("asha@example.com")


async def mark(shop: ShopCase, reason: str, address: Email = ASHA) -> None:
    """Send nothing there from now on."""
    async with shop.begin() as tx:
        await tx.mail_addresses.mark_undeliverable(address, reason, NOW)


async def reason_of(shop: ShopCase, address: Email = ASHA) -> str | None:
    """Why nothing is sent there."""
    async with shop.begin() as tx:
        return await tx.mail_addresses.undeliverable(address)


async def test_nothing_is_against_an_address_that_nobody_complained_about(shop: ShopCase) -> None:
    """Mail goes there."""
    await mark(shop, "bounced", Email("ravi@example.com"))

    assert await reason_of(shop) is None


async def test_the_first_reason_stays(shop: ShopCase) -> None:
    """What follows are repetitions."""
    await mark(shop, "bounced: NoEmail")
    await mark(shop, "complained")

    assert await reason_of(shop) == "bounced: NoEmail"


async def test_an_address_is_the_same_in_any_case(shop: ShopCase) -> None:
    """A provider may spell it another way than its owner."""
    await mark(shop, "complained", Email("Asha@example.com"))

    assert await reason_of(shop, Email("aSHA@example.com")) == "complained"


async def test_several_may_complain_at_once(shop: ShopCase) -> None:
    """None of them fails."""
    await gather(*(mark(shop, "complained") for _ in range(10)))

    assert await reason_of(shop) == "complained"


async def test_a_mark_that_was_rolled_back_is_none(shop: ShopCase) -> None:
    """All or nothing."""
    async with shop.failing() as tx:
        await tx.mail_addresses.mark_undeliverable(ASHA, "bounced", NOW)

    assert await reason_of(shop) is None
