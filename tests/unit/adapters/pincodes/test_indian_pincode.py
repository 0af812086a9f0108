"""The directory of the package, read as the shop needs it."""

from __future__ import annotations

import indian_pincode
import pytest

from adapters.pincodes.indian_pincode import IndianPincodeDirectory
from domain.customers.pincode import PinCode
from domain.tax.states import GST_STATES, OTHER_TERRITORY

DIRECTORY = IndianPincodeDirectory()


def states_of(pincode: str) -> list[str]:
    """The names of a PIN code's states."""
    area = DIRECTORY.find(PinCode(pincode))
    assert area is not None
    return [state.name for state in area.states]


def test_every_code_is_found() -> None:
    """All 19,586 of them, each under its own number; no spelling of a state is unknown to GST."""
    pincodes = [PinCode(pincode) for pincode in indian_pincode.get_pincodes()]

    areas = [area for area in map(DIRECTORY.find, pincodes) if area is not None]

    assert len(areas) > 19_000
    assert [area.pincode for area in areas] == pincodes
    assert {state for area in areas for state in area.states} == set(GST_STATES) - {OTHER_TERRITORY}


@pytest.mark.parametrize(
    ("pincode", "states"),
    [
        ("110025", ["Delhi", "Uttar Pradesh"]),
        ("607402", ["Puducherry", "Tamil Nadu"]),
        ("605501", ["Tamil Nadu", "Puducherry"]),
        ("503145", ["Telangana", "Andhra Pradesh"]),
    ],
)
def test_the_state_with_most_offices_comes_first(pincode: str, states: list[str]) -> None:
    """Whatever the alphabet says."""
    assert states_of(pincode) == states


def test_a_code_without_a_state_exists_all_the_same() -> None:
    """Its offices were listed without one: whoever orders has to name it."""
    assert states_of("201319") == []


def test_army_post_offices_are_what_the_directory_says() -> None:
    """That no courier goes there is the carriers' business."""
    assert states_of("900056") == ["Uttar Pradesh"]
