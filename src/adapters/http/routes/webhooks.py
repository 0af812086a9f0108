"""What third parties tell the shop by themselves."""

from __future__ import annotations

from typing import Final

import msgspec

from adapters.http.contract import Contract, HeaderField, Trait, endpoint
from adapters.http.exchange import AnyRequest, exchange_of
from adapters.http.reply import JSON, NO_STORE, Reply
from adapters.http.schemas.webhooks import ReceivedResource
from adapters.http.use_cases import Provided
from application.webhooks.receive_webhook import ReceiveWebhook
from ports.webhooks import WebhookCall

TAG: Final = "Webhooks"
_KEPT: Final = msgspec.json.encode(ReceivedResource(received=True))


def _contract(operation: str, summary: str, *headers: HeaderField) -> Contract:
    return Contract(
        operation=operation,
        tag=TAG,
        summary=summary,
        description="Kept first, and handled later: repetitions and disorder are harmless.",
        opaque=True,
        answers=ReceivedResource,
        bare=True,
        traits=(Trait(takes=headers, problems=("invalid-signature",)),),
    )


@endpoint(
    "POST",
    "/webhooks/payments/razorpay",
    _contract(
        "receivePaymentWebhook",
        "Hear of a payment or a refund",
        HeaderField(name="X-Razorpay-Signature", description="HMAC-SHA256 of the body, hex.", required=True),
        HeaderField(name="X-Razorpay-Event-Id", description="The same for every repetition.", required=True),
    ),
)
async def receive_payment_webhook(request: AnyRequest, receive_webhook: Provided[ReceiveWebhook]) -> Reply:
    """A message of the payment gateway."""
    return await _received(request, receive_webhook, "payments")


# Carriers refuse addresses that have their name in it.
@endpoint(
    "POST",
    "/webhooks/courier",
    _contract(
        "receiveCourierWebhook",
        "Hear of a parcel",
        HeaderField(name="X-Api-Key", description="The key that we agreed on.", required=True),
    ),
)
async def receive_courier_webhook(request: AnyRequest, receive_webhook: Provided[ReceiveWebhook]) -> Reply:
    """A message of the carrier."""
    return await _received(request, receive_webhook, "courier")


@endpoint(
    "POST",
    "/webhooks/mail",
    _contract(
        "receiveMailWebhook",
        "Hear of mail that did not arrive",
        HeaderField(name="Svix-Id", description="The same for every repetition.", required=True),
        HeaderField(name="Svix-Timestamp", description="When it was signed, in seconds.", required=True),
        HeaderField(name="Svix-Signature", description="HMAC-SHA256 of id, time and body, base64.", required=True),
    ),
)
async def receive_mail_webhook(request: AnyRequest, receive_webhook: Provided[ReceiveWebhook]) -> Reply:
    """A message of the mail provider."""
    return await _received(request, receive_webhook, "mail")


ROUTES: Final = (receive_payment_webhook, receive_courier_webhook, receive_mail_webhook)


async def _received(request: AnyRequest, receive_webhook: ReceiveWebhook, source: str) -> Reply:
    """200 for what is authentic, also when it came before; the body is nobody's to read here."""
    exchange = exchange_of(request.scope)
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in exchange.headers.items()}
    await receive_webhook(source, WebhookCall(headers, await request.body(), exchange.at))
    return Reply(200, (JSON, NO_STORE), _KEPT)
