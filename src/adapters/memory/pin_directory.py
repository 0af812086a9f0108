"""A directory of a few PIN codes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from domain.customers.pincode import PinCode
from domain.tax.states import GstState
from ports.pin_directory import PinArea, PinDirectory


def _area(pincode: str, states: tuple[str, ...], *districts: str) -> PinArea:
    return PinArea(PinCode(pincode), tuple(map(GstState.by_name, states)), districts)


REAL_AREAS: Final = (
    _area("110001", ("Delhi",), "NEW DELHI"),
    _area("110025", ("Delhi", "Uttar Pradesh"), "BUDAUN", "SOUTH", "SOUTH EAST"),
    _area("160001", ("Chandigarh",), "CHANDIGARH"),
    _area("190001", ("Jammu and Kashmir",), "SRINAGAR"),
    _area("400001", ("Maharashtra",), "MUMBAI"),
    _area("560001", ("Karnataka",), "BENGALURU URBAN"),
    _area("600001", ("Tamil Nadu",), "CHENNAI"),
    _area("682555", ("Lakshadweep",), "LAKSHADWEEP DISTRICT"),
    _area("700001", ("West Bengal",), "KOLKATA"),
    _area("744101", ("Andaman and Nicobar Islands",), "SOUTH ANDAMANS"),
    _area("781001", ("Assam",), "KAMRUP METRO"),
)
"""Ten states and Union territories, as India Post has them; one code is in two states."""


class MemoryPinDirectory(PinDirectory):
    """Knows REAL_AREAS, or the areas that it is given."""

    def __init__(self, areas: Iterable[PinArea] = REAL_AREAS) -> None:
        self._areas = {area.pincode: area for area in areas}

    def find(self, pincode: PinCode) -> PinArea | None:
        """See PinDirectory."""
        return self._areas.get(pincode)
