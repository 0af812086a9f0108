"""Directories of PIN codes tell the same of the codes that they know."""

from __future__ import annotations

import pytest

from adapters.memory.pin_directory import REAL_AREAS, MemoryPinDirectory
from adapters.pincodes.indian_pincode import IndianPincodeDirectory
from domain.customers.pincode import PinCode
from ports.pin_directory import PinArea, PinDirectory


@pytest.fixture(params=[MemoryPinDirectory, IndianPincodeDirectory])
def directory(request: pytest.FixtureRequest) -> PinDirectory:
    """A directory."""
    made: PinDirectory = request.param()
    return made


@pytest.mark.parametrize("area", REAL_AREAS, ids=lambda area: area.pincode.value)
def test_a_code_has_its_states_and_districts(directory: PinDirectory, area: PinArea) -> None:
    """The state with most offices comes first; what is known in memory is what the post says."""
    assert directory.find(area.pincode) == area


@pytest.mark.parametrize("pincode", ["100000", "999999", "900001", "560000"])
def test_a_well_formed_code_that_no_office_has_is_not_found(directory: PinDirectory, pincode: str) -> None:
    """Six digits are not enough to send a parcel to."""
    assert directory.find(PinCode(pincode)) is None
