"""Resend's webhooks, signed the way of Svix. Sources: resend.com/docs (webhooks), docs.svix.com (verifying)."""

from __future__ import annotations

import base64
import hmac
import re
from abc import abstractmethod
from typing import Annotated, Final, TypeVar

import msgspec

from domain.customers.email import Email
from domain.errors import InvalidValue
from ports.mail_notices import BounceNotice, MailNotices
from ports.webhooks import WebhookCall, WebhookRejected, WebhookUnreadable

_SECRET: Final = re.compile(r"whsec_([A-Za-z0-9+/]+=*)")
_HEADERS: Final = ("svix-id", "svix-timestamp", "svix-signature")
_TOLERANCE: Final = 300  # seconds, both ways
_UNIX_SECONDS: Final = re.compile(r"[0-9]{1,12}")

_Word = Annotated[str, msgspec.Meta(pattern=r"\A[A-Za-z_]{1,40}\Z")]


class _Event(msgspec.Struct, frozen=True):
    type: str
    data: msgspec.Raw = msgspec.Raw(b"null")


class _Bounce(msgspec.Struct, frozen=True, rename="camel"):
    type: str
    sub_type: _Word


class _Mail(msgspec.Struct, frozen=True):
    to: Annotated[list[str], msgspec.Meta(min_length=1)]

    @property
    @abstractmethod
    def reason(self) -> str | None:
        """Why nothing more is to be sent there; None: it was a passing trouble."""


class _Bounced(_Mail, frozen=True):
    bounce: _Bounce

    @property
    def reason(self) -> str | None:
        return f"bounced: {self.bounce.sub_type}" if self.bounce.type == "Permanent" else None


class _Complained(_Mail, frozen=True):
    @property
    def reason(self) -> str | None:
        return "complained"


class _Suppression(msgspec.Struct, frozen=True):
    reason: _Word


class _Suppressed(_Mail, frozen=True):
    suppressed: _Suppression

    @property
    def reason(self) -> str | None:
        return f"suppressed: {self.suppressed.reason}"


_KINDS: Final[dict[str, type[_Mail]]] = {
    "email.bounced": _Bounced,
    "email.complained": _Complained,
    "email.suppressed": _Suppressed,
}


class ResendNotices(MailNotices):
    """MailNotices of Resend. `secret` is the endpoint's signing secret, `whsec_…`; ValueError if it is none."""

    provider = "resend"

    def __init__(self, secret: str) -> None:
        form = _SECRET.fullmatch(secret)
        if form is None:
            raise ValueError("a signing secret is whsec_ and base64")
        self._key = base64.b64decode(form[1])

    def authenticate(self, call: WebhookCall) -> str:
        """See WebhookSource. During a change of secrets Resend signs with both: one has to fit."""
        try:
            event_id, timestamp, signatures = (
                call.headers[f"svix-{name}"] for name in ("id", "timestamp", "signature")
            )
        except KeyError:
            raise WebhookRejected("missing-signature") from None
        signed = b".".join((_bytes(event_id), _bytes(timestamp), call.body))
        expected = base64.b64encode(hmac.digest(self._key, signed, "sha256"))
        given = (_bytes(signature.partition(",")[2]) for signature in signatures.split(" "))
        if not any([hmac.compare_digest(expected, each) for each in given]):  # noqa: C419  # so that each is compared
            raise WebhookRejected("bad-signature")
        if not _UNIX_SECONDS.fullmatch(timestamp) or abs(int(timestamp) - call.at.timestamp()) > _TOLERANCE:
            raise WebhookRejected("stale")
        return event_id

    def read(self, body: bytes) -> BounceNotice | None:
        """See MailNotices. We send each mail to one address, so whoever it went to is whom it is about."""
        event = _decode(body, _Event)
        kind = _KINDS.get(event.type)
        if kind is None:
            return None
        told = _decode(bytes(event.data), kind)
        if told.reason is None:
            return None
        try:
            return BounceNotice(tuple(Email.parse(address).value for address in told.to), told.reason)
        except InvalidValue:
            raise WebhookUnreadable(self.provider, "it is about something that is no address") from None


_Shape = TypeVar("_Shape")


def _decode(content: bytes, shape: type[_Shape]) -> _Shape:
    try:
        return msgspec.json.decode(content, type=shape)
    except (ValueError, RecursionError):  # ValueError: msgspec's errors, and bytes that aren't UTF-8
        # `from None`: what others sent must not reach a log through the chain of causes.
        raise WebhookUnreadable(ResendNotices.provider, "it does not have the documented shape") from None


def _bytes(text: str) -> bytes:
    """Never fails, not even on half a surrogate pair."""
    return text.encode(errors="surrogatepass")
