"""Packed parcels to test with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import uuid4

from domain.customers.email import Email
from domain.money import Money
from domain.ordering.status import PaymentMethod
from domain.shipping.parcel import PackedParcel, ParcelLine, ParcelSize
from tests.builders.customers import AddressBuilder, an_address
from tests.builders.moments import NOW


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelBuilder:
    """Starts with two paid pairs to Bengaluru, worth ₹12,998.00 and ₹99.00 for the way."""

    reference: str
    to: AddressBuilder
    payment_method: PaymentMethod = PaymentMethod.PREPAID

    def called(self, reference: str) -> ParcelBuilder:
        """With that reference."""
        return replace(self, reference=reference)

    def sent_to(self, address: AddressBuilder) -> ParcelBuilder:
        """Somewhere else."""
        return replace(self, to=address)

    def paid_on_delivery(self) -> ParcelBuilder:
        """COD."""
        return replace(self, payment_method=PaymentMethod.COD)

    def build(self) -> PackedParcel:
        """The parcel."""
        recipient = self.to.build()
        return PackedParcel(
            reference=self.reference,
            order="IS-2026-000001",
            packed_at=NOW,
            recipient=recipient,
            email=Email("asha@example.com"),
            phone=recipient.phone,
            lines=(ParcelLine(sku="D-OXF-42", name="Oxford", hsn="6403", units=2, unit_price=Money(649_900)),),
            payment_method=self.payment_method,
            fees=Money(9_900),
            value=Money(1_309_700),
            size=ParcelSize(length=350, breadth=250, height=280, weight=2_900),
        )


def a_parcel() -> ParcelBuilder:
    """A parcel under a reference that nothing else has."""
    return ParcelBuilder(reference=f"SC-{uuid4().hex[:12]}", to=an_address())
