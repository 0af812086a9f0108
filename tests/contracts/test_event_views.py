"""Operators leaf through what happened, and through what is stuck."""

from __future__ import annotations

from uuid import UUID

import pytest

from ports.deliveries import DeliveryKey
from ports.event_views import DeliveryState
from tests.contracts.shop_fixtures import ShopCase
from tests.contracts.test_deliveries import cancelled, hand_out, placed, record

pytestmark = pytest.mark.anyio


async def test_all_events_are_kept(shop: ShopCase) -> None:
    """Whatever became of their deliveries; newest first, page by page."""
    order = await placed(shop)
    await cancelled(shop, order)
    await placed(shop)

    events = await shop.event_views.events(name=None, aggregate_id=order.id, before=None, limit=10)

    assert [event.name for event in events] == ["order.cancelled", "order.placed"]
    [older] = await shop.event_views.events(name=None, aggregate_id=order.id, before=events[0].id, limit=10)
    assert older == events[1] == await shop.event_views.event(older.id)
    assert len(await shop.event_views.events(name="order.placed", aggregate_id=None, before=None, limit=10)) == 2
    assert await shop.event_views.event(UUID(int=1)) is None


async def pages(shop: ShopCase, state: DeliveryState, limit: int) -> list[list[DeliveryKey]]:
    """All pages of the deliveries in a state."""
    found: list[list[DeliveryKey]] = []
    after: DeliveryKey | None = None
    while views := await shop.event_views.deliveries(state, limit, after=after):
        found.append([DeliveryKey(view.event_id, view.handler) for view in views])
        assert after not in found[-1], "a page begins where the one before ended"
        after = found[-1][-1]
    return found


async def test_deliveries_are_read_page_by_page(shop: ShopCase) -> None:
    """Oldest first, each once, though several are of one event and a page ends between them."""
    for _ in range(3):
        await placed(shop)
    due = [each.key for each in await hand_out(shop)]
    async with shop.begin() as tx:
        for key in due:
            if key.handler == "count":
                assert await tx.receipts.bury(key, "Trouble: at the mill")

    dead = await pages(shop, DeliveryState.DEAD, 2)
    pending = await pages(shop, DeliveryState.PENDING, 2)

    assert [len(page) for page in dead] == [len(page) for page in pending] == [2, 1]
    assert [key.handler for page in dead for key in page] == ["count"] * 3
    assert {key for page in (*dead, *pending) for key in page} == set(due)
    everything = [
        event.id for event in await shop.event_views.events(name=None, aggregate_id=None, before=None, limit=9)
    ]
    assert [key.event_id for page in dead for key in page] == everything[::-1]


async def test_a_page_ends_between_two_handlers_of_an_event(shop: ShopCase) -> None:
    """And goes on there, also when the first of them was handled meanwhile."""
    await placed(shop)
    await hand_out(shop)
    views = shop.event_views
    [first] = await views.deliveries(DeliveryState.PENDING, 1)
    key = DeliveryKey(first.event_id, first.handler)
    assert await record(shop, key)

    assert [view.handler for view in await views.deliveries(DeliveryState.PENDING, 9, after=key)] == ["send_mail"]
    assert list(await views.deliveries(DeliveryState.PENDING, 9, after=DeliveryKey(UUID(int=1), "count"))) == []
