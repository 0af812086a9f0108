"""What Razorpay tells by webhook. Source: razorpay.com/docs/webhooks (payments, orders, refunds, validate-test)."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

import msgspec
from msgspec.structs import replace

from sandbox.kit.webhooks import WebhookSender
from sandbox.razorpay.entities import Entity, Order, Payment, Refund

Told = Order | Payment | Refund

_ACCOUNT: Final = "acc_Sandbox0000001"


class Happening(msgspec.Struct, frozen=True):
    """What happened ("payment.captured"), and the entities that are told of it, as they were then."""

    kind: str
    about: tuple[Told, ...]


class Part(msgspec.Struct, frozen=True):
    """One entity of a payload."""

    entity: Told


class Event(msgspec.Struct, frozen=True, kw_only=True, tag_field="entity", tag="event"):
    """The body of a webhook."""

    account_id: str = _ACCOUNT
    event: str
    contains: list[str]
    payload: dict[str, Part]
    created_at: int


def happenings(changed: Sequence[Entity], was: Callable[[str], str | None]) -> list[Happening]:
    """What a change means to the outside. `was` tells the status that the entity of an id had, None for a new one."""
    payments = [each for each in changed if isinstance(each, Payment)]
    told = [each for payment in payments for each in _of_payment(payment, was(payment.id))]
    for entity in changed:
        if isinstance(entity, Order) and entity.status == "paid" != was(entity.id):
            told.append(Happening("order.paid", (*payments, entity)))
        elif isinstance(entity, Refund):
            told += [Happening(kind, (entity, *payments)) for kind in _of_refund(entity, was(entity.id))]
    return told


def _of_payment(payment: Payment, was: str | None) -> Iterator[Happening]:
    if payment.status == "failed" != was:
        yield Happening("payment.failed", (payment,))
    if payment.status in ("authorized", "captured") and was in (None, "failed"):
        snapshot = replace(payment, status="authorized", captured=False, fee=None, tax=None)
        yield Happening("payment.authorized", (snapshot,))
    if payment.status == "captured" and was in (None, "failed", "authorized"):
        yield Happening("payment.captured", (payment,))


def _of_refund(refund: Refund, was: str | None) -> Iterator[str]:
    if was is None:
        yield "refund.created"
    if refund.status not in ("pending", was):
        yield f"refund.{refund.status}"


def razorpay_webhooks(url: str | None, secret: str) -> WebhookSender:
    """A sender that signs as Razorpay does: hex HMAC-SHA256 of the raw body with the webhook's own secret."""

    def sign(event_id: str, body: bytes, _: float) -> Mapping[str, str]:
        signature = hmac.new(secret.encode(), body, "sha256").hexdigest()
        return {"x-razorpay-signature": signature, "x-razorpay-event-id": event_id}

    return WebhookSender(url, sign=sign, signature_header="x-razorpay-signature")


def announcing(sender: WebhookSender, clock: Callable[[], float]) -> Callable[[Happening], None]:
    """What makes a webhook of each happening."""

    def announce(happening: Happening) -> None:
        payload = {type(each).__name__.lower(): Part(each) for each in happening.about}
        event = Event(event=happening.kind, contains=[*payload], payload=payload, created_at=int(clock()))
        sender.send(f"evt_{secrets.token_hex(7)}", happening.kind, msgspec.json.encode(event))

    return announce
