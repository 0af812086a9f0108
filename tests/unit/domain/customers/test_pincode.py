"""A PIN code is six digits, however it was spaced."""

from __future__ import annotations

import pytest

from domain.customers.pincode import PinCode
from domain.errors import InvalidValue


@pytest.mark.parametrize("text", ["560001", "560 001", " 560001 "])
def test_a_pin_code_is_read_as_it_is_printed(text: str) -> None:
    """One space after the third digit is customary."""
    assert PinCode.parse(text) == PinCode("560001")
    assert str(PinCode.parse(text)) == "560001"


@pytest.mark.parametrize(
    "text", ["", "060001", "56001", "5600011", "560  001", "56 0001", "56000a", "५६०००१", "560001\x00"]
)
def test_what_is_no_pin_code_is_refused(text: str) -> None:
    """Six ASCII digits, the first not 0."""
    with pytest.raises(InvalidValue) as refused:
        PinCode.parse(text)
    assert refused.value.field == "pincode"


@pytest.mark.parametrize("value", ["560 001", "560001\n", "012345"])
def test_a_pin_code_with_anything_but_its_digits_cannot_exist(value: str) -> None:
    """The constructor takes the stored form alone."""
    with pytest.raises(InvalidValue):
        PinCode(value)
