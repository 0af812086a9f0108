"""What it costs to bring a parcel to a PIN code."""

from __future__ import annotations

from dataclasses import dataclass

from domain.errors import DomainError
from domain.money import Money


@dataclass(frozen=True, slots=True)
class ShippingQuote:
    """A carrier's offer, GST included. `cod_fee` applies only when `cod_available`.

    `transit_days` counts from the day that the pair is finished.
    """

    fee: Money
    cod_available: bool
    cod_fee: Money
    courier: str
    transit_days: int


class NotServiceable(DomainError):
    """No courier goes there."""

    code = "not-serviceable"

    def __init__(self, pincode: str) -> None:
        super().__init__(f"no courier delivers to {pincode}")
        self.pincode = pincode
