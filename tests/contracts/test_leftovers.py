"""What nobody will ask for again goes; all else stays."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import pytest

from domain.operations.webhooks import InboxMessage
from ports.deliveries import Lane, Subscription
from ports.idempotency import IdempotencyKey
from tests.builders import NOW, an_order, fresh_id
from tests.contracts.shop_fixtures import ShopCase

pytestmark = pytest.mark.anyio

COUNT: Final = Subscription("order.placed", "count", Lane.EVENTS, timedelta(0))
A_MOMENT: Final = timedelta(seconds=1)
FAR: Final = timedelta(days=36_500)
"""Idempotency keys bear the time of the server's own clock."""


async def leave_things(shop: ShopCase) -> None:
    """A claimed key, a delivery that is done and one that is not, a rejected message and an authentic one."""
    async with shop.begin() as tx:
        key = IdempotencyKey("scope", "key", "fingerprint")
        await tx.idempotency.claim(key, str)
        await tx.idempotency.complete(key, "done")
        for _ in range(2):
            await tx.orders.add(an_order().build())
    done, _ = await shop.deliveries.hand_out([COUNT], NOW, lease=timedelta(0), most=2)
    await shop.deliveries.finish([done.key], NOW)
    async with shop.begin() as tx:
        await tx.inbox.add(
            InboxMessage.authentic(id=fresh_id(), provider="mail", provider_event_id="1", body=b"{}", at=NOW)
        )
        await tx.inbox.add(InboxMessage.rejected(id=fresh_id(), provider="mail", reason="stale", body=b"{}", at=NOW))


async def test_what_is_old_enough_goes(shop: ShopCase) -> None:
    """The key, the delivery that is done, both messages; and nothing more the second time."""
    await leave_things(shop)
    later = NOW + A_MOMENT

    removed = [
        await shop.leftovers.remove(claimed_before=NOW + FAR, handled_before=later, received_before=later)
        for _ in range(2)
    ]

    assert removed == [4, 0]
    assert (await shop.event_views.backlog()).pending == 1
    async with shop.begin() as tx:
        assert await tx.idempotency.claim(IdempotencyKey("scope", "key", "another"), str) is None


async def test_what_is_young_stays(shop: ShopCase) -> None:
    """It may be asked for still."""
    await leave_things(shop)

    assert await shop.leftovers.remove(claimed_before=NOW - FAR, handled_before=NOW, received_before=NOW) == 0

    assert len(await shop.event_views.events(name=None, aggregate_id=None, before=None, limit=10)) == 3
