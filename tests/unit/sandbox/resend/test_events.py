"""What becomes of a mail is told in the documented shapes, signed the way of Svix."""

from __future__ import annotations

import base64
import hashlib
import hmac

import pytest

from sandbox.resend.events import svix_signer
from tests.unit.sandbox.resend.team import SECRET, ResendTeam


@pytest.mark.parametrize(
    ("address", "told", "last"),
    [
        ("asha@example.com", ["email.sent", "email.delivered"], "delivered"),
        ("delivered@resend.dev", ["email.sent", "email.delivered"], "delivered"),
        ("bounced@example.com", ["email.sent", "email.delivered"], "delivered"),
        ("bounced@resend.dev", ["email.sent", "email.bounced"], "bounced"),
        ("Asha <bounced+order-1@resend.dev>", ["email.sent", "email.bounced"], "bounced"),
        ("complained@resend.dev", ["email.sent", "email.delivered", "email.complained"], "complained"),
        ("suppressed@resend.dev", ["email.suppressed"], "suppressed"),
    ],
)
def test_the_address_says_what_becomes_of_a_mail(resend: ResendTeam, address: str, told: list[str], last: str) -> None:
    """Resend's test addresses do what they are for; all others get their mail."""
    email_id = resend.send(to=[address])

    assert [event["type"] for event in resend.events] == told
    assert resend.ask("GET", f"/emails/{email_id}")["last_event"] == last


def test_a_bounce_has_the_documented_shape(resend: ResendTeam) -> None:
    """Tags are an object here, though a list in the request."""
    email_id = resend.send(to=["bounced@resend.dev"])

    assert resend.events[-1] == {
        "type": "email.bounced",
        "created_at": "2026-05-03T22:12:42.674Z",
        "data": {
            "email_id": email_id,
            "created_at": "2026-05-03T22:12:42.674Z",
            "from": "Solecraft <orders@solecraft.example>",
            "to": ["bounced@resend.dev"],
            "subject": "Order SC-1001 confirmed",
            "tags": {"kind": "order_confirmation"},
            "bounce": {
                "type": "Permanent",
                "subType": "General",
                "message": "The recipient's mail server rejected the email.",
                "diagnosticCode": ["smtp; 550 5.1.1 user unknown"],
            },
        },
    }


def test_a_suppression_says_why(resend: ResendTeam) -> None:
    """And has no bounce."""
    resend.send(to=["suppressed@resend.dev"])

    (event,) = resend.events
    assert event["data"]["suppressed"].keys() == {"type", "reason", "message", "diagnosticCode"}
    assert event["data"]["suppressed"]["reason"] == "previous_bounce"
    assert "bounce" not in event["data"]


def test_the_signature_is_svixs() -> None:
    """Over id, time and body, with the key inside the secret."""
    headers = svix_signer(SECRET)("msg_1", b'{"type":"email.sent"}', 1_777_846_362.9)

    key = base64.b64decode(SECRET.removeprefix("whsec_"))
    signature = hmac.new(key, b'msg_1.1777846362.{"type":"email.sent"}', hashlib.sha256).digest()
    assert headers == {
        "svix-id": "msg_1",
        "svix-timestamp": "1777846362",
        "svix-signature": f"v1,{base64.b64encode(signature).decode()}",
    }
