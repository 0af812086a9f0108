"""Where goods go, and therefore where their tax belongs."""

from __future__ import annotations

from dataclasses import dataclass

from domain.customers.pincode import PinCode
from domain.tax.states import GstState
from ports.pin_directory import PinArea, PinDirectory, UnknownPinCode


@dataclass(frozen=True, slots=True)
class Destination:
    """A PIN code that exists, and the place of supply."""

    pincode: PinCode
    state: GstState


def state_of(pins: PinDirectory, pincode: str) -> GstState:
    """The state of a PIN code. Raises UnknownPinCode."""
    return destination(pins, pincode, None).state


def destination(pins: PinDirectory, pincode: str, state: str | None) -> Destination:
    """Where a parcel goes. A state that the customer names wins over the directory's.

    The directory lists some PIN codes under the wrong state, so it is asked for the
    state only when the customer names none. Raises UnknownPinCode and InvalidValue.
    """
    pin = PinCode.parse(pincode)
    area = require_area(pins, pin)
    if state is not None:
        return Destination(pin, GstState.parse(state))
    if not area.states:
        raise UnknownPinCode(pin.value)
    return Destination(pin, area.states[0])


def require_area(pins: PinDirectory, pincode: PinCode) -> PinArea:
    """Where a PIN code is. Raises UnknownPinCode."""
    area = pins.find(pincode)
    if area is None:
        raise UnknownPinCode(pincode.value)
    return area
