"""Resend's webhooks are believed when Svix's signature says so, and read with suspicion all the same."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from adapters.mail.resend_notices import ResendNotices
from ports.mail_notices import BounceNotice
from ports.webhooks import WebhookCall, WebhookRejected, WebhookUnreadable

# The example of Svix's documentation: docs.svix.com, "Verifying webhooks manually".
SECRET = "whsec_plJ3nmyCDGBKInavdOK15jsl"
BODY = b'{"event_type":"ping","data":{"success":true}}'
SIGNED = {
    "svix-id": "msg_loFOjxBNrRLzqYUf",
    "svix-timestamp": "1731705121",
    "svix-signature": "v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=",
}
AT = datetime.fromtimestamp(1_731_705_121, UTC)
NOTICES = ResendNotices(SECRET)

# The fact sheet's example.
BOUNCED = {
    "type": "email.bounced",
    "created_at": "2026-05-04T09:12:11.120Z",
    "data": {
        "email_id": "7b1f6a0e-3a55-4a0c-9b0a-1f2e3d4c5b6a",
        "created_at": "2026-05-04T09:12:09.002Z",
        "from": "Solecraft <orders@solecraft.example>",
        "to": ["asha@example.com"],
        "subject": "Order SC-1001 confirmed",
        "tags": {"kind": "order_confirmation"},
        "bounce": {
            "type": "Permanent",
            "subType": "General",
            "message": "…",
            "diagnosticCode": ["smtp; 550 5.1.1 user unknown"],
        },
    },
}


def call(*, body: bytes = BODY, at: datetime = AT, signature: str = SIGNED["svix-signature"]) -> WebhookCall:
    """The documented call, but for what is said."""
    return WebhookCall(SIGNED | {"svix-signature": signature}, body, at)


def told(kind: str, **fields: object) -> bytes:
    """An event about a mail to Asha."""
    return json.dumps({"type": kind, "data": {"to": ["asha@example.com"], **fields}}).encode()


def rejection(wrong: WebhookCall) -> str:
    """Why a call is rejected."""
    with pytest.raises(WebhookRejected) as rejected:
        NOTICES.authenticate(wrong)
    return rejected.value.reason


def test_a_message_signed_as_documented_is_authentic() -> None:
    """Its id is the one that repetitions have too."""
    assert NOTICES.authenticate(call()) == "msg_loFOjxBNrRLzqYUf"
    assert NOTICES.provider == "resend"


@pytest.mark.parametrize(
    "signatures",
    [
        "v1,AAAA {}",
        "{} v1,AAAA",
        "v1a,AAAA v2,BBBB {}",
        " {}",
    ],
)
def test_one_of_several_signatures_has_to_fit(signatures: str) -> None:
    """While a secret is changed, Resend signs with the old one and the new one."""
    assert NOTICES.authenticate(call(signature=signatures.format(SIGNED["svix-signature"])))


@pytest.mark.parametrize("header", SIGNED)
def test_a_message_without_a_header_is_rejected(header: str) -> None:
    """Any of the three."""
    headers = {name: value for name, value in SIGNED.items() if name != header}

    assert rejection(WebhookCall(headers, BODY, AT)) == "missing-signature"


@pytest.mark.parametrize(
    "wrong",
    [
        {"svix-id": "msg_other"},
        {"svix-timestamp": "1731705122"},
        {"svix-timestamp": "now"},
        {"svix-timestamp": ""},
        {"svix-signature": ""},
        {"svix-signature": "v1,"},
        {"svix-signature": SIGNED["svix-signature"].removeprefix("v1,")},
        {"svix-signature": SIGNED["svix-signature"][:-1]},
        {"svix-signature": "v1,é\ud800"},
        {"svix-id": "\ud800"},
        {"svix-signature": "x" * 100_000},
    ],
)
def test_what_was_not_signed_so_is_rejected(wrong: dict[str, str]) -> None:
    """And never an error of ours."""
    assert rejection(WebhookCall(SIGNED | wrong, BODY, AT)) == "bad-signature"


@pytest.mark.parametrize("body", [b"", BODY + b" ", BODY.replace(b"true", b"false")])
def test_every_byte_of_the_body_counts(body: bytes) -> None:
    """It is the raw one that is signed."""
    assert rejection(call(body=body)) == "bad-signature"


def test_a_signature_of_another_secret_is_rejected() -> None:
    """Whoever guesses has to guess the key."""
    with pytest.raises(WebhookRejected, match="could not be authenticated"):
        ResendNotices("whsec_plJ3nmyCDGBKInavdOK15jsm").authenticate(call())


@pytest.mark.parametrize("seconds", [-300, 300])
def test_a_message_may_be_five_minutes_off(seconds: int) -> None:
    """Clocks differ, and wires are slow."""
    assert NOTICES.authenticate(call(at=AT + timedelta(seconds=seconds)))


@pytest.mark.parametrize("seconds", [-301, 301, 86_400 * 365])
def test_an_older_or_a_future_message_is_stale(seconds: int) -> None:
    """Even when it is authentic: somebody may have recorded it."""
    assert rejection(call(at=AT + timedelta(seconds=seconds))) == "stale"


@pytest.mark.parametrize("secret", ["", "whsec_", "plJ3nmyCDGBKInavdOK15jsl", "whsec_a", "whsec_é", "whsec_a b="])
def test_what_is_no_secret_is_a_value_error(secret: str) -> None:
    """A secret that is empty by mistake must not authenticate anybody."""
    with pytest.raises(ValueError, match=r"."):
        ResendNotices(secret)


def test_a_mail_that_came_back_for_good_is_a_notice() -> None:
    """With the address and the kind of trouble."""
    notice = NOTICES.read(json.dumps(BOUNCED).encode())

    assert notice == BounceNotice(("asha@example.com",), "bounced: General")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (told("email.complained"), "complained"),
        (told("email.bounced", bounce={"type": "Permanent", "subType": "NoEmail"}), "bounced: NoEmail"),
        (told("email.suppressed", suppressed={"reason": "previous_complaint"}), "suppressed: previous_complaint"),
    ],
)
def test_other_reasons_to_send_nothing_more_are_notices_too(body: bytes, reason: str) -> None:
    """A complaint, an unknown mailbox, an address that Resend itself spares."""
    assert NOTICES.read(body) == BounceNotice(("asha@example.com",), reason)


@pytest.mark.parametrize(
    "body",
    [
        told("email.sent"),
        told("email.delivered"),
        told("email.delivery_delayed"),
        told("email.opened"),
        told("email.failed", failed={"reason": "quota"}),
        told("email.bounced", bounce={"type": "Transient", "subType": "MailboxFull"}),
        told("email.bounced", bounce={"type": "Undetermined", "subType": "Undetermined"}),
        b'{"type": "contact.created"}',
        b'{"type": "domain.updated", "data": []}',
        b'{"type": "email.invented_tomorrow", "data": {"to": 7}}',
    ],
)
def test_all_else_spares_no_address(body: bytes) -> None:
    """A full mailbox passes; what we don't know doesn't concern us."""
    assert NOTICES.read(body) is None


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b'{"type": 7}',
        b"\xff",
        b"[" * 100_000,
        b'{"a":' * 10_000,
        b'{"type": "email.complained"}',
        b'{"type": "email.complained", "data": null}',
        b'{"type": "email.complained", "data": {"to": []}}',
        b'{"type": "email.complained", "data": {"to": "asha@example.com"}}',
        b'{"type": "email.complained", "data": {"to": ["asha"]}}',
        b'{"type": "email.complained", "data": {"to": ["a@b.example", ""]}}',
        told("email.bounced"),
        told("email.bounced", bounce={"type": "Permanent"}),
        told("email.bounced", bounce={"type": "Permanent", "subType": "x" * 41}),
        told("email.bounced", bounce={"type": "Permanent", "subType": "a\nb"}),
        told("email.suppressed"),
    ],
)
def test_what_is_not_of_the_documented_shape_is_unreadable(body: bytes) -> None:
    """It is kept for a person, and nothing of it gets into a log."""
    with pytest.raises(WebhookUnreadable) as unreadable:
        NOTICES.read(body)

    assert unreadable.value.provider == "resend"
    assert unreadable.value.__suppress_context__
