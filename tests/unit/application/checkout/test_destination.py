"""A parcel goes to a PIN code that exists, and its tax to the state that it is in."""

from __future__ import annotations

import pytest

from adapters.memory.pin_directory import MemoryPinDirectory
from application.checkout.destination import destination, state_of
from domain.customers.pincode import PinCode
from domain.errors import InvalidValue
from domain.tax.states import GstState
from ports.pin_directory import PinArea, UnknownPinCode

DELHI, UTTAR_PRADESH = GstState.by_code("07"), GstState.by_code("09")
PINS = MemoryPinDirectory(
    [
        PinArea(PinCode("110025"), (DELHI, UTTAR_PRADESH), ("SOUTH",)),
        PinArea(PinCode("900056"), (), ("ARMY POST OFFICE",)),
    ]
)


def test_a_code_in_two_states_belongs_to_the_one_with_most_offices() -> None:
    """Unless the customer, who lives there, names the other."""
    assert state_of(PINS, "110025") == destination(PINS, "110 025", None).state == DELHI
    assert destination(PINS, "110025", "Uttar Pradesh").state == UTTAR_PRADESH
    assert destination(PINS, "110025", "09").pincode == PinCode("110025")


def test_a_code_without_a_state_needs_the_customer_to_name_one() -> None:
    """No state is made up for it."""
    with pytest.raises(UnknownPinCode):
        state_of(PINS, "900056")
    assert destination(PINS, "900056", "UP").state == UTTAR_PRADESH


@pytest.mark.parametrize("state", [None, "Delhi"])
def test_a_code_that_the_post_does_not_have_is_refused_whatever_state_is_named(state: str | None) -> None:
    """Naming a state makes no office."""
    with pytest.raises(UnknownPinCode) as refused:
        destination(PINS, "999999", state)
    assert refused.value.field == "pincode"


def test_a_state_that_india_does_not_have_is_refused() -> None:
    """The field is named."""
    with pytest.raises(InvalidValue) as refused:
        destination(PINS, "110025", "Atlantis")
    assert refused.value.field == "state"
