"""An e-mail address is kept in one form, or not at all."""

from __future__ import annotations

import pytest

from domain.customers.email import Email
from domain.errors import InvalidValue


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("asha@example.com", "asha@example.com"),
        ("  Asha.Rao+shoes@EXAMPLE.Co.In \n", "Asha.Rao+shoes@example.co.in"),
        ("o'neil_1@mail-2.example.org", "o'neil_1@mail-2.example.org"),
        ("a@xn--11b4c3d.example", "a@xn--11b4c3d.example"),
    ],
)
def test_an_email_is_kept_with_its_domain_in_lower_case(typed: str, kept: str) -> None:
    """Domains have no case; the part before the @ keeps what its owner chose."""
    assert str(Email.parse(typed)) == kept
    assert Email.parse(typed) == Email(kept)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "asha",
        "@example.com",
        "asha@",
        "asha@example",
        "asha@@example.com",
        "asha@x@example.com",
        "asha rao@example.com",
        "asha@exa mple.com",
        ".asha@example.com",
        "asha.@example.com",
        "as..ha@example.com",
        "asha@.example.com",
        "asha@example.com.",
        "asha@example..com",
        "asha@-example.com",
        "asha@example-.com",
        "asha@example.123",
        "asha@127.0.0.1",
        "asha@exam_ple.com",
        "asha@example.com\x00",
        "asha\n@example.com",
        "asha@example.com\nBcc: all@example.com",
        "Asha <asha@example.com>",
        "a@example.com,b@example.com",
        "आशा@example.com",
        f"{'a' * 65}@example.com",
        f"asha@{'a' * 64}.com",
    ],
)
def test_what_no_message_can_be_sent_to_is_no_email(text: str) -> None:
    """Malformed, multiple and header-splitting addresses are refused."""
    with pytest.raises(InvalidValue) as refused:
        Email.parse(text)
    assert refused.value.field == "email"


def test_an_email_of_254_characters_is_the_longest() -> None:
    """The limit of the mail protocol is ours."""
    labels = ".".join(["a" * 61] * 3)
    longest = f"{'a' * 64}@{labels}.{'c' * 3}"
    assert len(Email.parse(longest).value) == 254
    with pytest.raises(InvalidValue):
        Email.parse(f"{longest}c")


def test_a_lookalike_domain_does_not_become_the_real_one() -> None:
    """The Kelvin sign lowers to "k": such a domain is refused, not folded into another's."""
    with pytest.raises(InvalidValue):
        Email.parse("asha@boo\u212a.example.com")


def test_an_email_held_as_it_was_typed_cannot_exist() -> None:
    """Two spellings of one domain never compare as two addresses."""
    with pytest.raises(InvalidValue):
        Email("asha@Example.com")
