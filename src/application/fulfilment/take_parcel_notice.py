"""Take in what a carrier tells by itself."""

from __future__ import annotations

from dataclasses import dataclass

from application.fulfilment.take_in_news import ParcelIntake
from ports.carrier_notices import ParcelNotice
from ports.clock import Clock
from ports.deliveries import DeliveryKey
from ports.transactions import Begin


@dataclass(frozen=True, slots=True)
class TakeParcelNotice:
    """Moves the parcel of one carrier that it is about, and its order. What is not ours has no effect."""

    carrier: str
    begin: Begin
    intake: ParcelIntake
    clock: Clock

    async def __call__(self, notice: ParcelNotice, key: DeliveryKey) -> None:
        async with self.begin() as tx:
            if await tx.receipts.record(key, self.clock.now()):
                await self.intake.take(tx, self.carrier, notice)
