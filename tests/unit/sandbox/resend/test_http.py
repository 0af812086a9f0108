"""The sandbox's HTTP manners: keys, unknown addresses, broken bodies, limits, faults, pages."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from litestar.testing import TestClient

from sandbox.kit.webhooks import WebhookSender
from sandbox.resend.app import create_app
from sandbox.resend.entities import Kept
from sandbox.resend.events import svix_signer
from sandbox.resend.mailroom import Mailroom
from sandbox.resend.rate_limit import RateLimit
from tests.unit.sandbox.resend.team import API_KEY, EMAIL, SECRET, ResendTeam


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/emails"), ("POST", "/emails/batch"), ("GET", "/emails"), ("GET", "/emails/1")]
)
def test_without_a_key_nothing_is_done(resend: ResendTeam, method: str, path: str) -> None:
    """401 without one, 403 with a wrong one, in the documented shapes."""
    missing = resend.client.request(method, path)
    wrong = [
        resend.client.request(method, path, headers={"authorization": given})
        for given in ("Bearer re_wrong", f"Basic {API_KEY}", API_KEY, "")
    ]

    assert missing.status_code == 401
    assert missing.json() == {
        "statusCode": 401,
        "name": "missing_api_key",
        "message": "Missing API key in the authorization header.",
    }
    assert {each.status_code for each in wrong} == {403}
    assert {each.json()["name"] for each in wrong} == {"invalid_api_key"}


def test_an_unknown_address_is_404_and_a_wrong_method_405(resend: ResendTeam) -> None:
    """In the documented shape."""
    assert resend.ask("GET", "/nowhere", status=404)["name"] == "not_found"
    assert resend.ask("DELETE", "/emails", status=405)["name"] == "method_not_allowed"


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"mail"', b"\xff", b"null", b"[" * 100_000])
def test_a_body_that_is_no_json_object_is_refused(resend: ResendTeam, body: bytes) -> None:
    """Never a 500."""
    response = resend.client.post("/emails", content=body, headers={"authorization": f"Bearer {API_KEY}"})

    assert response.status_code == 422
    assert response.json()["name"] == "validation_error"


def test_more_requests_than_the_limit_are_429_until_the_next_second() -> None:
    """Every answer tells of the limit, the refusal also when to come back."""
    team = ResendTeam(per_second=2)
    with team.client:
        headers = {"authorization": f"Bearer {API_KEY}"}
        answers = [team.client.post("/emails", json=EMAIL, headers=headers) for _ in range(3)]
        team.moment.now += 1
        later = team.client.post("/emails", json=EMAIL, headers=headers)

    assert [each.status_code for each in (*answers, later)] == [200, 200, 429, 200]
    assert [each.headers["ratelimit-remaining"] for each in answers] == ["1", "0", "0"]
    assert answers[2].json()["name"] == "rate_limit_exceeded"
    assert answers[2].headers["retry-after"] == "1"
    assert answers[2].headers["ratelimit-limit"] == "2"


def test_without_a_limit_nothing_is_said_of_one(resend: ResendTeam) -> None:
    """The default."""
    response = resend.client.get("/emails", headers={"authorization": f"Bearer {API_KEY}"})

    assert not any(name.startswith("ratelimit") for name in response.headers)


def test_a_fault_strikes_a_call_and_not_the_controls(resend: ResendTeam) -> None:
    """Ordered over HTTP, as all sandboxes take them."""
    fault = {"kind": "status", "status": 409, "body": {"statusCode": 409, "name": "concurrent_idempotent_requests"}}
    resend.client.post("/_control/faults", json=fault).raise_for_status()

    assert resend.ask("POST", "/emails", EMAIL, status=409)["name"] == "concurrent_idempotent_requests"
    assert resend.send()


def test_the_outbox_shows_mails_newest_first_and_those_to_an_address(resend: ResendTeam) -> None:
    """Without a key: tests and people look into it."""
    first, second = resend.send(), resend.send(to=["ravi@example.com"])

    everything = resend.client.get("/_control/outbox").json()
    ravis = resend.client.get("/_control/outbox", params={"to": "ravi@example.com"}).json()
    whole = resend.client.get(f"/_control/outbox/{first}").json()

    assert [each["id"] for each in everything] == [second, first]
    assert [each["id"] for each in ravis] == [second]
    assert everything[1] == {
        "id": first,
        "created_at": "2026-05-03 22:12:42.674981+00",
        "to": ["asha@example.com"],
        "subject": "Order SC-1001 confirmed",
        "tags": {"kind": "order_confirmation"},
        "last_event": "delivered",
    }
    assert whole["email"]["html"] == "<p>Thank you</p>"
    assert [each["email"]["id"] for each in resend.client.get("/_control/state").json()["emails"]] == [second, first]


def test_the_pages_show_mails_and_run_nothing_of_them(resend: ResendTeam) -> None:
    """Whatever a mail holds stays a mail: escaped, and in a frame without rights."""
    evil = '"></iframe><script>alert(1)</script>'
    email_id = resend.send(subject=evil, html=evil, text=evil)

    for path in ("/", f"/mails/{email_id}"):
        response = resend.client.get(path)
        assert response.headers["content-type"].startswith("text/html")
        assert "default-src 'none'" in response.headers["content-security-policy"]
        assert "<script" not in response.text
        assert "&lt;script&gt;" in response.text
    assert "<iframe sandbox srcdoc=" in resend.client.get(f"/mails/{email_id}").text
    assert f'href="mails/{email_id}"' in resend.client.get("/").text


def test_health_needs_no_key(resend: ResendTeam) -> None:
    """Whoever started the sandbox waits for it."""
    assert resend.client.get("/health").status_code == 200


def test_what_can_not_be_recorded_did_not_happen() -> None:
    """A full disk is a 500 in Resend's shape, and there is no mail that a restart would forget."""

    def full_disk(_: Sequence[Kept]) -> None:
        raise OSError("no space left")

    mailroom = Mailroom(record=full_disk)
    webhooks = WebhookSender(None, sign=svix_signer(SECRET), signature_header="svix-signature")
    app = create_app(mailroom, webhooks, api_key=API_KEY, limit=RateLimit(0))
    with TestClient(app, raise_server_exceptions=False) as client:
        response = client.post("/emails", json=EMAIL, headers={"authorization": f"Bearer {API_KEY}"})

    assert response.status_code == 500
    assert response.json()["name"] == "internal_server_error"
    assert "space" not in response.text
    assert mailroom.contents() == []
