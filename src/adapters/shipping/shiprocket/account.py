"""Our account at Shiprocket."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Final

from domain.customers.pincode import PinCode

PROVIDER: Final = "shiprocket"


@dataclass(frozen=True, slots=True)
class ShiprocketAccount:
    """An API user (whose e-mail is not the panel's), where parcels start, and where the API is.

    `pickup_location` is the exact nickname of an address that is registered with Shiprocket.
    """

    email: str
    password: str = field(repr=False)
    pickup_location: str
    pickup_pincode: PinCode
    base_url: str = "https://apiv2.shiprocket.in/v1/external"
    tracking_url: str = "https://shiprocket.co/tracking"

    @property
    def key(self) -> str:
        """A name of the account that tells neither e-mail nor password."""
        named = f"{self.base_url}\n{self.email}"
        return f"{PROVIDER}:{hashlib.sha256(named.encode()).hexdigest()[:16]}"
