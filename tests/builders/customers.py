"""People and addresses to test with."""

from __future__ import annotations

from dataclasses import dataclass, replace

from domain.customers.address import Address


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressBuilder:
    """Starts in Bengaluru, Karnataka: the seller's own state in `an_order()`."""

    name: str = "Asha Rao"
    line1: str = "12 Residency Road"
    line2: str | None = None
    city: str = "Bengaluru"
    state: str = "Karnataka"
    pincode: str = "560001"
    phone: str = "+919876543210"

    def of(self, name: str) -> AddressBuilder:
        """Somebody else's."""
        return replace(self, name=name)

    def on(self, line1: str, line2: str | None = None) -> AddressBuilder:
        """Another street."""
        return replace(self, line1=line1, line2=line2)

    def at(self, pincode: str, city: str, state: str) -> AddressBuilder:
        """Another place."""
        return replace(self, pincode=pincode, city=city, state=state)

    def reached_at(self, phone: str) -> AddressBuilder:
        """Another number."""
        return replace(self, phone=phone)

    def in_mumbai(self) -> AddressBuilder:
        """In another state than the seller's."""
        return self.at("400001", "Mumbai", "Maharashtra")

    def build(self) -> Address:
        """The address."""
        return Address.parse(
            name=self.name,
            line1=self.line1,
            line2=self.line2,
            city=self.city,
            state=self.state,
            pincode=self.pincode,
            phone=self.phone,
        )


def an_address() -> AddressBuilder:
    """An address in Bengaluru."""
    return AddressBuilder()
