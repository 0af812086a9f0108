"""A message is authenticated, kept and answered; what comes of it comes later."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.memory.payment_notices import MemoryPaymentNotices
from adapters.memory.shop import MemoryShop
from application.webhooks.receive_webhook import ReceiveWebhook
from domain.errors import NotFound
from domain.operations.webhooks import LONGEST_MESSAGE, InboxMessage
from ports.webhooks import WebhookCall, WebhookRejected
from tests.builders import NOW

pytestmark = pytest.mark.anyio


@pytest.fixture
def shop() -> MemoryShop:
    """Where messages are kept."""
    return MemoryShop(NOW)


@pytest.fixture
def gateway() -> MemoryPaymentNotices:
    """Who sends them."""
    return MemoryPaymentNotices()


@pytest.fixture
def receive(shop: MemoryShop, gateway: MemoryPaymentNotices) -> ReceiveWebhook:
    """The door."""
    return ReceiveWebhook({"payments": gateway}, shop.begin, shop.ids)


def kept(shop: MemoryShop) -> list[InboxMessage]:
    """All that is in the inbox."""
    return list(shop._database.tables.inbox.values())


async def test_an_authentic_message_is_kept_and_told(
    shop: MemoryShop, gateway: MemoryPaymentNotices, receive: ReceiveWebhook
) -> None:
    """Under the name that it was called by, byte for byte."""
    call = gateway.signed(b"anything at all", event_id="evt_1", at=NOW)

    await receive("payments", call)

    [message] = kept(shop)
    assert (message.provider, message.provider_event_id, message.rejection) == ("payments", "evt_1", None)
    assert (message.body, message.received_at) == (call.body, NOW)
    assert [(event.name, event.aggregate_id) for event in shop.outbox] == [("webhook.received", message.id)]


async def test_a_repetition_is_no_error_and_has_no_effect(
    shop: MemoryShop, gateway: MemoryPaymentNotices, receive: ReceiveWebhook
) -> None:
    """Its sender only wants to hear that we have it."""
    for _ in range(3):
        await receive("payments", gateway.signed(b"told again", event_id="evt_1", at=NOW))

    assert len(kept(shop)) == len(shop.outbox) == 1


@pytest.mark.parametrize("headers", [{}, {"x-signature": "00" * 32}, {"x-signature": "\ud800", "x-event-id": "evt_1"}])
async def test_a_forgery_is_refused_and_kept_with_the_reason(
    shop: MemoryShop, receive: ReceiveWebhook, headers: dict[str, str]
) -> None:
    """Nobody listens to it."""
    with pytest.raises(WebhookRejected) as rejection:
        await receive("payments", WebhookCall(headers, b"give me money", NOW))

    [message] = kept(shop)
    assert (message.rejection, message.body) == (rejection.value.reason, b"give me money")
    assert message.rejection in {"missing-signature", "bad-signature"}
    assert shop.outbox == ()


async def test_a_stale_message_is_refused_for_that(
    shop: MemoryShop, gateway: MemoryPaymentNotices, receive: ReceiveWebhook
) -> None:
    """Whoever recorded it may play it for ever."""
    call = gateway.call(None, event_id="evt_1", at=NOW)

    with pytest.raises(WebhookRejected):
        await receive("payments", replace(call, at=NOW + timedelta(days=30)))

    assert [message.rejection for message in kept(shop)] == ["stale"]


async def test_a_message_that_was_refused_may_come_again_authentic(
    shop: MemoryShop, gateway: MemoryPaymentNotices, receive: ReceiveWebhook
) -> None:
    """After somebody has mended the secret, say."""
    call = gateway.signed(b"told", event_id="evt_1", at=NOW)
    with pytest.raises(WebhookRejected):
        await receive("payments", replace(call, headers={**call.headers, "x-signature": "00"}))

    await receive("payments", call)

    assert [message.rejection for message in kept(shop)] == ["bad-signature", None]


async def test_of_a_forgery_a_piece_is_kept(
    shop: MemoryShop, gateway: MemoryPaymentNotices, receive: ReceiveWebhook
) -> None:
    """Of what is authentic all, up to the longest that there is."""
    longest = gateway.signed(b"x" * LONGEST_MESSAGE, event_id="evt_1", at=NOW)
    await receive("payments", longest)
    with pytest.raises(WebhookRejected):
        await receive("payments", replace(longest, body=b"y" * LONGEST_MESSAGE))

    assert [len(message.body) for message in kept(shop)] == [LONGEST_MESSAGE, 4_096]


async def test_a_flood_of_forgeries_leaves_a_few_specimens(shop: MemoryShop, receive: ReceiveWebhook) -> None:
    """It fills no disk, however long it lasts."""
    for number in range(600):
        with pytest.raises(WebhookRejected):
            await receive("payments", WebhookCall({}, f"forgery {number}".encode(), NOW + timedelta(minutes=number)))

    assert len(kept(shop)) <= 256


async def test_nobody_is_at_home_for_a_stranger(shop: MemoryShop, receive: ReceiveWebhook) -> None:
    """And nothing of them is kept."""
    with pytest.raises(NotFound):
        await receive("paypal", WebhookCall({}, b"hello", NOW))

    assert kept(shop) == []
