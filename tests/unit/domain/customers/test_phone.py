"""A mobile number is kept in one form, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.customers.phone import Phone
from domain.errors import InvalidValue

mobile_numbers = st.from_regex(r"[6-9][0-9]{9}", fullmatch=True)


@given(mobile_numbers, st.sampled_from(["", "0", "91", "+91", "+91 ", "91-", "0 "]), st.sampled_from(["", " ", "-"]))
def test_a_mobile_number_is_kept_in_e164_however_it_was_typed(digits: str, prefix: str, gap: str) -> None:
    """Prefixes, spaces and hyphens are the typist's; the number is one."""
    phone = Phone.parse(f" {prefix}{digits[:5]}{gap}{digits[5:]} ")
    assert phone == Phone(f"+91{digits}")
    assert str(phone) == f"+91{digits}"
    assert phone.national == digits


def test_a_number_that_begins_like_the_country_code_keeps_its_ten_digits() -> None:
    """9198765432 is a number of its own, not a short one behind +91."""
    assert Phone.parse("9198765432").national == "9198765432"
    assert Phone.parse("919198765432").national == "9198765432"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "98765",
        "5876543210",
        "0987654321",
        "98765432101",
        "+1 9876543210",
        "+9109876543210",
        "00919876543210",
        "011 2345 6789",
        "98765x3210",
        "98765\x0043210",
        "98765\n43210",
        "९८७६५४३२१०",
        "98765.43210",
    ],
)
def test_what_is_no_indian_mobile_number_is_refused(text: str) -> None:
    """Landlines, foreign numbers, wrong lengths and other digits are refused."""
    with pytest.raises(InvalidValue) as refused:
        Phone.parse(text)
    assert refused.value.field == "phone"


@pytest.mark.parametrize("value", ["9876543210", "+919876543210\n", "+915876543210", "+91 9876543210"])
def test_a_phone_not_in_e164_cannot_exist(value: str) -> None:
    """The constructor takes the stored form alone."""
    with pytest.raises(InvalidValue):
        Phone(value)
