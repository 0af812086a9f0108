"""Parcel lost → a person claims it, and talks to the customer."""

from __future__ import annotations

from dataclasses import dataclass

from application.events.handler import Handler
from application.operations.ask_operator import OperatorDesk
from domain.operations.task import TaskKind
from domain.shipping.events import ParcelLost
from ports.clock import Clock
from ports.deliveries import DeliveryKey, Lane
from ports.transactions import Begin


@dataclass(frozen=True, slots=True)
class ReportLostParcel(Handler[ParcelLost]):
    """Whether it is made again or refunded is not for the shop to say."""

    name = "report_lost_parcel"
    listens_to = ParcelLost
    lane = Lane.SHIPPING

    begin: Begin
    desk: OperatorDesk
    clock: Clock

    async def __call__(self, event: ParcelLost, key: DeliveryKey) -> None:
        """See Handler."""
        async with self.begin() as tx:
            if await tx.receipts.record(key, self.clock.now()):
                detail = f"{event.courier} has lost a parcel of order {event.order}"
                await self.desk.ask(tx, TaskKind.PARCEL_LOST, f"parcel {event.awb}", detail, event.order_id)
