"""What Resend answers, read with suspicion: anything but the documented shape is no answer."""

from __future__ import annotations

from typing import Annotated, Final, TypeVar

import httpx
import msgspec

from ports.mailer import MailRefused, MailUnavailable

_LONGEST_WAIT: Final = 3_600  # seconds: a quota that is used up lasts longer than a rate limit


class _Sent(msgspec.Struct, frozen=True):
    id: Annotated[str, msgspec.Meta(min_length=1)]


class _Refusal(msgspec.Struct, frozen=True):
    """Its `message` is left alone: it may quote an address, which is not for our logs."""

    name: Annotated[str, msgspec.Meta(pattern=r"\A[a-z_]{1,60}\Z")]


_Answer = TypeVar("_Answer", _Sent, _Refusal)

_ABOUT_THE_MAIL: Final = frozenset({400, 409, 422})
# A mail that is refused so is all right: somebody is sending it just now, or our configuration is wrong.
_NOT_THE_MAILS_FAULT: Final = frozenset({"concurrent_idempotent_requests", "invalid_from_address", "invalid_region"})


def check_sent(response: httpx.Response, body: bytes) -> None:
    """Return if the answer says that the mail is on its way.

    A refusal that is Resend's own and about the mail raises MailRefused. All else raises
    MailUnavailable: answers of proxies, too many requests, and whatever is wrong with our
    key or sender, because that is mended without losing a mail.
    """
    if response.status_code == httpx.codes.OK:
        _read(body, _Sent)
        return
    if response.status_code in _ABOUT_THE_MAIL:
        name = _read(body, _Refusal).name
        if name not in _NOT_THE_MAILS_FAULT:
            raise MailRefused(name)
        raise MailUnavailable(name)
    raise MailUnavailable(f"HTTP {response.status_code}", retry_after=_retry_after(response))


def _read(body: bytes, kind: type[_Answer]) -> _Answer:
    try:
        return msgspec.json.decode(body, type=kind)
    except (ValueError, RecursionError):  # ValueError: msgspec's errors, and bytes that aren't UTF-8
        # `from None`: what the other side sent must not reach a log through the chain of causes.
        raise MailUnavailable("the answer does not have the documented shape") from None


def _retry_after(response: httpx.Response) -> int:
    """Seconds to leave Resend alone: its own wish within reason, else 1."""
    wish = response.headers.get("retry-after", "")
    if not (wish.isascii() and wish.isdigit() and len(wish) < 10):
        return 1
    return min(max(int(wish), 1), _LONGEST_WAIT)
