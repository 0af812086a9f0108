"""The sandbox remembers idempotency keys for a day, as Resend does."""

from __future__ import annotations

import pytest

from tests.unit.sandbox.resend.team import EMAIL, NOW, ResendTeam

DAY = 24 * 3_600


def test_the_same_request_again_gets_the_same_answer_and_sends_nothing(resend: ResendTeam) -> None:
    """However the JSON is written."""
    first = resend.send(key="order-1")
    again = resend.ask("POST", "/emails", dict(reversed(EMAIL.items())), key="order-1")

    assert again == {"id": first}
    assert len(resend.ask("GET", "/emails")["data"]) == 1
    assert [event["type"] for event in resend.events] == ["email.sent", "email.delivered"]


def test_another_request_with_a_used_key_is_refused(resend: ResendTeam) -> None:
    """409, and nothing is sent."""
    resend.send(key="order-1")

    refusal = resend.refused(EMAIL | {"subject": "Another"}, status=409, key="order-1")

    assert refusal["name"] == "invalid_idempotent_request"
    assert len(resend.ask("GET", "/emails")["data"]) == 1


def test_a_refused_mail_leaves_its_key_free(resend: ResendTeam) -> None:
    """What was wrong can be mended."""
    resend.refused(EMAIL | {"to": "asha"}, key="order-1")

    assert resend.send(key="order-1")


def test_without_a_key_every_request_is_another_mail(resend: ResendTeam) -> None:
    """Nobody guesses."""
    assert resend.send() != resend.send()


def test_a_key_is_forgotten_after_a_day(resend: ResendTeam) -> None:
    """To the second."""
    first = resend.send(key="order-1")
    resend.moment.now = NOW + DAY - 1
    assert resend.send(key="order-1") == first

    resend.moment.now = NOW + DAY
    assert resend.send(key="order-1") != first


@pytest.mark.parametrize("key", ["", "x" * 257])
def test_a_key_has_1_to_256_characters(resend: ResendTeam, key: str) -> None:
    """400 in the documented shape."""
    assert resend.refused(EMAIL, status=400, key=key)["name"] == "invalid_idempotency_key"
    assert resend.send(key="x" * 256)


def test_a_batch_has_a_key_too(resend: ResendTeam) -> None:
    """The same ids come back; the key of a batch is not free for a mail."""
    first = resend.ask("POST", "/emails/batch", [EMAIL, EMAIL], key="batch-1")

    assert resend.ask("POST", "/emails/batch", [EMAIL, EMAIL], key="batch-1") == first
    assert resend.refused(EMAIL, status=409, key="batch-1")["name"] == "invalid_idempotent_request"
