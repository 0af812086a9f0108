"""The sandbox takes, shows and refuses mails as Resend's documentation says."""

from __future__ import annotations

import re

import pytest

from tests.unit.sandbox.resend.team import EMAIL, ResendTeam

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def test_a_mail_that_was_accepted_is_shown_in_the_documented_shape(resend: ResendTeam) -> None:
    """Every field, and no other."""
    email_id = resend.send()

    assert UUID.fullmatch(email_id)
    assert resend.ask("GET", f"/emails/{email_id}") == {
        "object": "email",
        "id": email_id,
        "message_id": f"<{email_id}@solecraft.example>",
        "to": ["asha@example.com"],
        "from": "Solecraft <orders@solecraft.example>",
        "created_at": "2026-05-03 22:12:42.674981+00",
        "subject": "Order SC-1001 confirmed",
        "html": "<p>Thank you</p>",
        "text": "Thank you",
        "bcc": [],
        "cc": [],
        "reply_to": [],
        "last_event": "delivered",
    }


def test_one_address_may_be_given_as_a_text(resend: ResendTeam) -> None:
    """To, cc, bcc and reply_to."""
    email_id = resend.send(to="a@b.example", cc="Cc <c@b.example>", bcc="d@b.example", reply_to="e@b.example")

    shown = resend.ask("GET", f"/emails/{email_id}")
    assert [shown[name] for name in ("to", "cc", "bcc", "reply_to")] == [
        ["a@b.example"],
        ["Cc <c@b.example>"],
        ["d@b.example"],
        ["e@b.example"],
    ]


@pytest.mark.parametrize("body", ["html", "text"])
def test_one_of_the_two_bodies_is_enough(resend: ResendTeam, body: str) -> None:
    """The other is null."""
    email_id = resend.send(**({"html": None, "text": None} | {body: "Thank you"}))

    shown = resend.ask("GET", f"/emails/{email_id}")
    assert {shown["html"], shown["text"]} == {"Thank you", None}


@pytest.mark.parametrize("name", ["from", "to", "subject"])
@pytest.mark.parametrize("absent", [True, False])
def test_a_missing_field_is_named(resend: ResendTeam, name: str, absent: bool) -> None:  # noqa: FBT001 - a parameter
    """Left out or null."""
    body = {field: value for field, value in EMAIL.items() if not (absent and field == name)}
    refusal = resend.refused(body if absent else EMAIL | {name: None})

    assert (refusal["name"], refusal["message"]) == ("missing_required_field", f"Missing `{name}` field.")


def test_a_mail_without_a_body_is_refused(resend: ResendTeam) -> None:
    """In the documented words."""
    refusal = resend.refused(EMAIL | {"html": None, "text": ""})

    assert (refusal["name"], refusal["message"]) == ("missing_required_field", "Missing `html` or `text` field.")


@pytest.mark.parametrize("name", ["from", "to", "cc", "bcc", "reply_to"])
@pytest.mark.parametrize("address", ["asha", "asha@", "@example.com", "asha@example", "a b@example.com", "<a@b.co", ""])
def test_what_is_no_address_is_refused(resend: ResendTeam, name: str, address: str) -> None:
    """In the documented words."""
    refusal = resend.refused(EMAIL | {name: address})

    assert refusal["name"] == "validation_error"
    assert refusal["message"] == (
        f"Invalid `{name}` field. "
        "The email address needs to follow the `email@example.com` or `Name <email@example.com>` format."
    )


@pytest.mark.parametrize("recipients", [[], [f"a{number}@b.example" for number in range(51)]])
def test_a_mail_goes_to_one_to_fifty(resend: ResendTeam, recipients: list[str]) -> None:
    """No more, no fewer."""
    assert resend.refused(EMAIL | {"to": recipients})["name"] == "validation_error"
    assert resend.send(to=[f"a{number}@b.example" for number in range(50)])


@pytest.mark.parametrize(
    "wrong",
    [
        {"subject": 7},
        {"html": ["<p>"]},
        {"headers": {"X-A": 1}},
        {"to": [1]},
        {"tags": {"kind": "a"}},
        {"tags": [{"name": "kind"}]},
        {"tags": [{"name": "kind", "value": "not so"}]},
        {"tags": [{"name": "é", "value": "a"}]},
        {"tags": [{"name": "kind", "value": "a" * 257}]},
    ],
)
def test_a_field_of_a_wrong_kind_is_refused(resend: ResendTeam, wrong: dict[str, object]) -> None:
    """Never a 500, and no mail."""
    assert resend.refused(EMAIL | wrong)["name"] == "validation_error"
    assert resend.ask("GET", "/emails")["data"] == []


@pytest.mark.parametrize("field", ["attachments", "scheduled_at", "template", "topic_id", "sujbect"])
def test_what_is_not_played_is_refused(resend: ResendTeam, field: str) -> None:
    """Ignoring it would teach us something wrong."""
    refusal = resend.refused(EMAIL | {field: "now"})

    assert refusal["name"] == "invalid_parameter"
    assert field in refusal["message"]


def test_lists_are_newest_first_and_paged_by_ids(resend: ResendTeam) -> None:
    """The cursor itself is left out."""
    first, second, third = [resend.send(subject=subject) for subject in ("1", "2", "3")]

    def listed(query: str) -> tuple[bool, list[str]]:
        answer = resend.ask("GET", f"/emails{query}")
        return answer["has_more"], [each["id"] for each in answer["data"]]

    assert listed("") == (False, [third, second, first])
    assert listed("?limit=2") == (True, [third, second])
    assert listed(f"?limit=2&after={second}") == (False, [first])
    assert listed(f"?limit=1&before={first}") == (True, [second])
    assert listed(f"?before={second}") == (False, [third])


def test_a_mail_in_a_list_has_the_documented_shape(resend: ResendTeam) -> None:
    """Without its bodies; where there are no addresses it says null."""
    email_id = resend.send()

    answer = resend.ask("GET", "/emails")
    assert answer == {
        "object": "list",
        "has_more": False,
        "data": [
            {
                "id": email_id,
                "message_id": f"<{email_id}@solecraft.example>",
                "to": ["asha@example.com"],
                "from": "Solecraft <orders@solecraft.example>",
                "created_at": "2026-05-03 22:12:42.674981+00",
                "subject": "Order SC-1001 confirmed",
                "bcc": None,
                "cc": None,
                "reply_to": None,
                "last_event": "delivered",
                "scheduled_at": None,
            }
        ],
    }


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=a", "after=x", "before=x", "after=a&before=b"])
def test_a_page_that_makes_no_sense_is_refused(resend: ResendTeam, query: str) -> None:
    """With a validation error."""
    assert resend.ask("GET", f"/emails?{query}", status=422)["name"] == "validation_error"


def test_an_unknown_mail_is_not_found(resend: ResendTeam) -> None:
    """404 in the documented shape."""
    answer = resend.ask("GET", "/emails/7b1f6a0e-3a55-4a0c-9b0a-1f2e3d4c5b6a", status=404)

    assert answer == {"statusCode": 404, "name": "not_found", "message": "Email not found"}


def test_a_batch_answers_with_an_id_for_each(resend: ResendTeam) -> None:
    """In the order of the mails."""
    answer = resend.ask("POST", "/emails/batch", [EMAIL | {"subject": "1"}, EMAIL | {"subject": "2"}])

    assert answer.keys() == {"data"}
    subjects = [resend.ask("GET", f"/emails/{each['id']}")["subject"] for each in answer["data"]]
    assert subjects == ["1", "2"]


def test_a_strict_batch_is_refused_for_one_mail(resend: ResendTeam) -> None:
    """And nothing of it is sent."""
    answer = resend.ask("POST", "/emails/batch", [EMAIL, EMAIL | {"to": "asha"}], status=422)

    assert answer["name"] == "validation_error"
    assert resend.ask("GET", "/emails")["data"] == []


def test_a_permissive_batch_says_which_mails_are_wrong(resend: ResendTeam) -> None:
    """And sends the others."""
    batch = [EMAIL, EMAIL | {"to": None}]
    answer = resend.ask("POST", "/emails/batch", batch, x_batch_validation="permissive")

    assert len(answer["data"]) == 1
    assert answer["errors"] == [{"index": 1, "message": "Missing `to` field."}]


@pytest.mark.parametrize("batch", [[], {}, "mail", [EMAIL] * 101, [1]])
def test_what_is_no_batch_is_refused(resend: ResendTeam, batch: object) -> None:
    """One to a hundred mails."""
    assert resend.ask("POST", "/emails/batch", batch, status=422)["name"] == "validation_error"
