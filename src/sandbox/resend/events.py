"""What becomes of a mail, and how it is told: its recipient's address says what to play.

Resend's test addresses (`bounced@resend.dev`, also as `bounced+label@resend.dev`, and the
like) are played as documented; mail to any other address is delivered.
"""

from __future__ import annotations

import base64
import hmac
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

import msgspec

from sandbox.resend.entities import KeptEmail, LastEvent

_TEST_ADDRESS: Final = re.compile(r"(?:.*<)?(bounced|complained|suppressed)(?:\+[^@]*)?@resend\.dev>?")


class Bounce(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Why a mail was sent back."""

    type: str = "Permanent"
    sub_type: str = "General"
    message: str = "The recipient's mail server rejected the email."
    diagnostic_code: tuple[str, ...] = ("smtp; 550 5.1.1 user unknown",)


class Suppression(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Why a mail was not even sent."""

    type: str = "OnAccountSuppressionList"
    reason: str = "previous_bounce"
    message: str = "The recipient is on the suppression list because of an earlier bounce."
    diagnostic_code: tuple[str, ...] = ()


class EventData(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an event is about. `tags` is an object here, though a list in the request."""

    email_id: str
    created_at: str
    sender: str = msgspec.field(name="from")
    to: list[str]
    subject: str
    tags: dict[str, str]
    bounce: Bounce | None = None
    suppressed: Suppression | None = None


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """The body of a webhook."""

    type: str
    created_at: str
    data: EventData


def fate(recipients: Sequence[str]) -> LastEvent:
    """How a mail to them ends."""
    fates: Mapping[str, LastEvent] = {"bounced": "bounced", "complained": "complained", "suppressed": "suppressed"}
    for recipient in recipients:
        if played := _TEST_ADDRESS.fullmatch(recipient.lower()):
            return fates[played[1]]
    return "delivered"


_STORIES: Final[Mapping[LastEvent, tuple[str, ...]]] = {
    "delivered": ("email.sent", "email.delivered"),
    "bounced": ("email.sent", "email.bounced"),
    "complained": ("email.sent", "email.delivered", "email.complained"),
    "suppressed": ("email.suppressed",),
}


def story(kept: KeptEmail, now: float) -> tuple[Event, ...]:
    """All that is to be told of a mail, in order."""
    at = datetime.fromtimestamp(now, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return tuple(
        Event(type=kind, created_at=at, data=_told(kept, kind, at)) for kind in _STORIES[kept.email.last_event]
    )


def svix_signer(secret: str) -> Callable[[str, bytes, float], Mapping[str, str]]:
    """The headers that authenticate an event, by the endpoint's signing secret. Raises ValueError."""
    key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)

    def sign(event_id: str, body: bytes, now: float) -> Mapping[str, str]:
        timestamp = str(int(now))
        signed = f"{event_id}.{timestamp}.".encode() + body
        signature = base64.b64encode(hmac.digest(key, signed, "sha256")).decode()
        return {"svix-id": event_id, "svix-timestamp": timestamp, "svix-signature": f"v1,{signature}"}

    return sign


def _told(kept: KeptEmail, kind: str, at: str) -> EventData:
    email = kept.email
    return EventData(
        email_id=email.id,
        created_at=at,
        sender=email.sender,
        to=email.to,
        subject=email.subject,
        tags=kept.tags,
        bounce=Bounce() if kind == "email.bounced" else None,
        suppressed=Suppression() if kind == "email.suppressed" else None,
    )
