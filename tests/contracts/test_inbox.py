"""Every inbox keeps what third parties tell, lets each message have its effect once, and drowns in none."""

from __future__ import annotations

from asyncio import gather
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from domain.errors import NotFound
from domain.operations.webhooks import LONGEST_MESSAGE, InboxMessage
from tests.builders import NOW, fresh_id
from tests.contracts.aggregates import state_of
from tests.contracts.shop_fixtures import ShopCase

pytestmark = pytest.mark.anyio


def authentic(event_id: str = "evt_1", provider: str = "razorpay", body: bytes = b'{"a": "\x00\xff"}') -> InboxMessage:
    """A message, from whom it says it is."""
    return InboxMessage.authentic(id=fresh_id(), provider=provider, provider_event_id=event_id, body=body, at=NOW)


def rejected(body: bytes = b"forged", reason: str = "bad-signature", at: datetime = NOW) -> InboxMessage:
    """A message of anybody's."""
    return InboxMessage.rejected(id=fresh_id(), provider="razorpay", reason=reason, body=body, at=at)


async def keep(shop: ShopCase, message: InboxMessage) -> bool:
    """Receive it."""
    async with shop.begin() as tx:
        return await tx.inbox.add(message)


async def kept(shop: ShopCase, message: InboxMessage) -> bool:
    """Whether it is there."""
    try:
        async with shop.begin() as tx:
            await tx.inbox.get(message.id)
    except NotFound:
        return False
    return True


@pytest.mark.parametrize("sample", [authentic, rejected])
async def test_a_message_comes_back_as_it_was_received(shop: ShopCase, sample: Callable[[], InboxMessage]) -> None:
    """Byte by byte."""
    message = sample()

    assert await keep(shop, message)

    async with shop.begin() as tx:
        assert state_of(await tx.inbox.get(message.id)) == state_of(message)


async def test_the_longest_message_is_kept_whole(shop: ShopCase) -> None:
    """None that an address of ours lets pass is lost."""
    message = authentic(body=b"\xff" * LONGEST_MESSAGE)

    await keep(shop, message)

    async with shop.begin() as tx:
        assert (await tx.inbox.get(message.id)).body == message.body


async def test_an_authentic_message_is_told_and_a_rejected_one_is_not(shop: ShopCase) -> None:
    """Who listens reads it in the inbox."""
    message = authentic()
    await keep(shop, message)
    await keep(shop, rejected())

    assert [(event.name, event.aggregate_id) for event in await shop.outbox()] == [("webhook.received", message.id)]


async def test_a_message_that_comes_again_is_kept_and_told_once(shop: ShopCase) -> None:
    """Third parties deliver at least once."""
    assert await keep(shop, authentic())
    again = authentic(body=b"the same again")

    assert not await keep(shop, again)

    assert not await kept(shop, again)
    assert len(await shop.outbox()) == 1


async def test_of_many_at_the_same_time_one_is_kept(shop: ShopCase) -> None:
    """They may come in at several processes at once."""
    outcomes = await gather(*(keep(shop, authentic()) for _ in range(20)))

    assert sum(outcomes) == 1
    assert len(await shop.outbox()) == 1


async def test_ids_are_each_provider_s_own(shop: ShopCase) -> None:
    """Two of them may count alike."""
    assert await keep(shop, authentic(provider="razorpay"))
    assert await keep(shop, authentic(provider="resend"))


async def test_what_was_rolled_back_may_come_again(shop: ShopCase) -> None:
    """Its sender was told that something went wrong."""
    async with shop.failing() as tx:
        await tx.inbox.add(authentic())

    assert await keep(shop, authentic())
    assert len(await shop.outbox()) == 1


async def test_a_forgery_takes_no_authentic_message_s_place(shop: ShopCase) -> None:
    """Nor does an authentic one find its own place taken."""
    forged = rejected()
    await keep(shop, forged)
    message = authentic(event_id=forged.provider_event_id)

    assert await keep(shop, message)
    assert not await keep(shop, rejected())

    assert await kept(shop, message)
    assert await kept(shop, forged)


async def test_a_flood_of_forgeries_is_kept_in_a_few_rows(shop: ShopCase) -> None:
    """Anybody may send them, as many as they like: 256 of a reason are specimens enough."""
    flood = [rejected(f"forged {number}".encode()) for number in range(1_000)]
    async with shop.begin() as tx:
        for message in flood:
            await tx.inbox.add(message)

    assert sum([await kept(shop, message) for message in flood]) <= 256


async def test_a_forgery_gives_way_to_a_later_one_but_not_at_once(shop: ShopCase) -> None:
    """What is new is seen, and a flood makes the database write little."""
    first = rejected()
    soon, later = rejected(at=NOW + timedelta(seconds=59)), rejected(at=NOW + timedelta(seconds=60))
    assert await keep(shop, first)

    assert not await keep(shop, soon)
    assert await keep(shop, later)

    assert [await kept(shop, each) for each in (first, soon, later)] == [False, False, True]


async def test_reasons_are_kept_apart(shop: ShopCase) -> None:
    """The same body may be too old one day and badly signed the other."""
    assert await keep(shop, rejected(reason="stale"))
    assert await keep(shop, rejected(reason="bad-signature"))
