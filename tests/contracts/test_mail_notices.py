"""What a mail provider tells by itself is believed and read alike, whoever it is."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from adapters.mail.resend_notices import ResendNotices
from adapters.memory.mail_notices import MemoryMailNotices
from ports.mail_notices import BounceNotice, MailNotices
from ports.webhooks import WebhookCall, WebhookRejected, WebhookUnreadable
from sandbox.resend.events import svix_signer

AT = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)
BOUNCE = BounceNotice(("asha@example.com",), "bounced: NoEmail")
SECRET = "whsec_" + base64.b64encode(b"the secret of the contract").decode()


@dataclass(frozen=True, slots=True)
class NoticesCase:
    """Notices to check: the provider plays them by `tell` (a bounce, or None: a mail that arrived)."""

    notices: MailNotices
    provider: str
    tell: Callable[[BounceNotice | None, str], WebhookCall]


def memory_case() -> NoticesCase:
    """Of the provider in memory."""
    notices = MemoryMailNotices()
    return NoticesCase(notices, "memory", lambda notice, event_id: notices.tell(notice, event_id=event_id, at=AT))


def resend_case() -> NoticesCase:
    """Of Resend, signed as its sandbox signs."""
    sign = svix_signer(SECRET)

    def tell(notice: BounceNotice | None, event_id: str) -> WebhookCall:
        if notice is None:
            event: dict[str, object] = {"type": "email.delivered", "data": {"to": ["asha@example.com"]}}
        else:
            bounce = {"type": "Permanent", "subType": notice.reason.removeprefix("bounced: ")}
            event = {"type": "email.bounced", "data": {"to": notice.addresses, "bounce": bounce}}
        body = json.dumps(event).encode()
        return WebhookCall(sign(event_id, body, AT.timestamp()), body, AT)

    return NoticesCase(ResendNotices(SECRET), "resend", tell)


@pytest.fixture(params=[memory_case, resend_case], ids=["memory", "resend"])
def case(request: pytest.FixtureRequest) -> NoticesCase:
    made: NoticesCase = request.param()
    return made


def rejection(case: NoticesCase, call: WebhookCall) -> str:
    """Why a call is rejected."""
    with pytest.raises(WebhookRejected) as rejected:
        case.notices.authenticate(call)
    return rejected.value.reason


def test_names_its_provider(case: NoticesCase) -> None:
    """Messages are kept under it, so it never changes."""
    assert case.notices.provider == case.provider


def test_an_authentic_message_has_the_senders_id(case: NoticesCase) -> None:
    """The same for its repetitions."""
    call = case.tell(BOUNCE, "msg_1")

    assert case.notices.authenticate(call) == "msg_1"
    assert case.notices.authenticate(replace(call, at=AT + timedelta(minutes=4))) == "msg_1"


def test_a_bounce_names_the_address_and_the_reason(case: NoticesCase) -> None:
    """Nothing is sent there from now on."""
    assert case.notices.read(case.tell(BOUNCE, "msg_1").body) == BOUNCE


def test_a_mail_that_arrived_spares_no_address(case: NoticesCase) -> None:
    """Authentic, and of no consequence."""
    call = case.tell(None, "msg_1")

    assert case.notices.authenticate(call) == "msg_1"
    assert case.notices.read(call.body) is None


def test_a_message_without_a_signature_is_rejected(case: NoticesCase) -> None:
    """Whatever it says."""
    call = case.tell(BOUNCE, "msg_1")

    for header in call.headers:
        less = {name: value for name, value in call.headers.items() if name != header}
        assert rejection(case, replace(call, headers=less)) == "missing-signature"
    assert rejection(case, replace(call, headers={})) == "missing-signature"


def test_a_message_that_was_changed_is_rejected(case: NoticesCase) -> None:
    """In its body or in any header, be it by one character or to nonsense."""
    call = case.tell(BOUNCE, "msg_1")

    assert rejection(case, replace(call, body=call.body + b" ")) == "bad-signature"
    for header, value in call.headers.items():
        for forged in (f"{value[:-1]}?", "", "é", "\ud800"):
            assert rejection(case, replace(call, headers={**call.headers, header: forged})) == "bad-signature"


def test_the_signature_of_one_message_is_not_valid_for_another(case: NoticesCase) -> None:
    """Nobody silences Ravi with a message about Asha."""
    ashas, ravis = case.tell(BOUNCE, "msg_1"), case.tell(replace(BOUNCE, addresses=("ravi@example.com",)), "msg_1")

    assert rejection(case, replace(ashas, body=ravis.body)) == "bad-signature"


@pytest.mark.parametrize("late", [timedelta(minutes=6), timedelta(minutes=-6), timedelta(days=365)])
def test_a_message_of_another_time_is_stale(case: NoticesCase, late: timedelta) -> None:
    """It may have been recorded."""
    call = case.tell(BOUNCE, "msg_1")

    assert rejection(case, replace(call, at=AT + late)) == "stale"


@pytest.mark.parametrize("body", [b"", b"{", b"7", b"\xff", b"[" * 100_000])
def test_a_message_of_another_shape_is_unreadable(case: NoticesCase, body: bytes) -> None:
    """It is kept for a person."""
    with pytest.raises(WebhookUnreadable) as unreadable:
        case.notices.read(body)

    assert unreadable.value.provider == case.provider
