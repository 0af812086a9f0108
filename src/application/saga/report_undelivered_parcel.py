"""Parcel undelivered → a person says what is to be done with it."""

from __future__ import annotations

from dataclasses import dataclass

from application.events.handler import Handler
from application.operations.ask_operator import OperatorDesk
from domain.operations.task import TaskKind
from domain.shipping.events import ParcelUndelivered
from domain.shipping.parcel import ParcelStatus
from ports.clock import Clock
from ports.deliveries import DeliveryKey, Lane
from ports.transactions import Begin


@dataclass(frozen=True, slots=True)
class ReportUndeliveredParcel(Handler[ParcelUndelivered]):
    """Passes on what the courier said last, as long as it waits."""

    name = "report_undelivered_parcel"
    listens_to = ParcelUndelivered
    lane = Lane.SHIPPING

    begin: Begin
    desk: OperatorDesk
    clock: Clock

    async def __call__(self, event: ParcelUndelivered, key: DeliveryKey) -> None:
        """See Handler."""
        async with self.begin() as tx:
            if not await tx.receipts.record(key, self.clock.now()):
                return
            shipment = await tx.shipments.get(event.aggregate_id)
            if shipment.status is not ParcelStatus.UNDELIVERED:
                return
            said = shipment.scans[-1].text if shipment.scans else "it could not be handed over"
            subject, detail = f"parcel {event.awb}", f"{event.courier}: {said}"
            await self.desk.ask(tx, TaskKind.PARCEL_UNDELIVERED, subject, detail, event.order_id)
