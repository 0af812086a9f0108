"""The carrier without an API: somebody of the workshop goes to the counter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NoReturn

from domain.shipping.courier_choice import CourierOffer
from domain.shipping.parcel import PackedParcel
from ports.carrier import (
    AnnouncedParcel,
    AssignedParcel,
    AwbNeeded,
    Carrier,
    CarrierRefused,
    DeliveryWish,
    Papers,
    Pickup,
    Tracking,
)

_NO_PAPERS: Final = Papers(label_url=None, manifest_url=None, invoice_url=None)


class ManualCarrier(Carrier):
    """Carrier that asks nobody: a person hands the parcel in, types the air waybill, and looks where it is."""

    provider = "manual"

    async def announce(self, parcel: PackedParcel) -> AnnouncedParcel:
        """See Carrier. Nobody is told, so the reference stands for the carrier's own ids."""
        return AnnouncedParcel(parcel.reference, parcel.reference, parcel.reference)

    async def announce_return(self, parcel: PackedParcel) -> AnnouncedParcel:
        """See Carrier."""
        return await self.announce(parcel)

    async def offers(self, announced: AnnouncedParcel) -> Sequence[CourierOffer]:
        """See Carrier. None: the person at the counter chooses."""
        return ()

    async def assign(self, announced: AnnouncedParcel, courier_id: str | None) -> AssignedParcel:
        """See Carrier. Always raises AwbNeeded."""
        raise AwbNeeded

    async def schedule_pickup(self, announced: AnnouncedParcel) -> Pickup:
        """See Carrier."""
        return Pickup(None)

    async def papers(self, announced: AnnouncedParcel) -> Papers:
        """See Carrier."""
        return _NO_PAPERS

    async def cancel(self, announced: AnnouncedParcel) -> None:
        """See Carrier. The parcel stays in the workshop."""

    async def track(self, awb: str) -> Tracking | None:
        """See Carrier."""
        return None

    async def answer_failed_delivery(self, awb: str, wish: DeliveryWish, comment: str) -> NoReturn:
        """See Carrier. Always raises CarrierRefused: silence would look as if the courier had been told."""
        raise CarrierRefused(self.provider, "the courier has to be told by a person")
