"""Ask carriers about parcels of which they tell nothing."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta

from application.fulfilment.carriers import Carriers
from application.fulfilment.take_in_news import ParcelIntake
from domain.errors import DomainError
from ports.carrier import CarrierUnavailable
from ports.carrier_notices import ParcelNotice
from ports.clock import Clock
from ports.errors import StaleAggregate
from ports.shipment_views import ShipmentViews, SilentParcel
from ports.transactions import Begin

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FollowParcels:
    """One round: at most `most` parcels that were silent for `silence`, the longest silent first.

    One that can't be asked about waits as long again, so that it stands in no other's way; a
    carrier that doesn't answer is left alone until the next round. Safe to run in several
    places at once. Returns how many were asked about.
    """

    begin: Begin
    views: ShipmentViews
    carriers: Carriers
    intake: ParcelIntake
    clock: Clock
    silence: timedelta = timedelta(hours=1)
    most: int = 50

    async def __call__(self) -> int:
        silent = await self.views.silent(self.clock.now() - self.silence, self.most)
        down: set[str] = set()
        asked = 0
        for parcel in silent:
            if parcel.carrier in down:
                continue
            asked += 1
            try:
                await self._follow(parcel)
            except CarrierUnavailable as unavailable:
                _log.warning("%s is asked no further in this round: %s", parcel.carrier, unavailable)
                down.add(parcel.carrier)
                await self._put_off(parcel)
            except (DomainError, StaleAggregate):
                _log.exception("shipment %s could not be followed", parcel.shipment_id)
                await self._put_off(parcel)
        return asked

    async def _follow(self, parcel: SilentParcel) -> None:
        tracking = await self.carriers.named(parcel.carrier).track(parcel.awb)
        if tracking is None:
            await self._put_off(parcel)
            return
        notice = ParcelNotice(
            awb=parcel.awb,
            status=tracking.status,
            at=self.clock.now(),
            scans=tracking.scans,
            expected_at=tracking.expected_at,
            is_return=False,
        )
        async with self.begin() as tx:
            await self.intake.take(tx, parcel.carrier, notice)

    async def _put_off(self, parcel: SilentParcel) -> None:
        async with self.begin() as tx:
            shipment = await tx.shipments.get(parcel.shipment_id)
            shipment.note_look(self.clock.now())
            await tx.shipments.save(shipment)
