"""India Post's directory of PIN codes."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import Protocol

from domain.customers.pincode import PinCode
from domain.errors import InvalidValue
from domain.tax.states import GstState


@dataclass(frozen=True, slots=True)
class PinArea:
    """Where a PIN code is. A few codes lie in several states: the first has most offices."""

    pincode: PinCode
    states: tuple[GstState, ...]
    districts: tuple[str, ...]


class UnknownPinCode(InvalidValue):
    """The post has no such PIN code."""

    def __init__(self, pincode: str) -> None:
        super().__init__("pincode", f"{pincode} is not a PIN code of India Post")


class PinDirectory(Protocol):
    """Looks PIN codes up. Kept in memory: it never waits for anything."""

    @abstractmethod
    def find(self, pincode: PinCode) -> PinArea | None:
        """The area of a PIN code; None when the post has no such code."""
