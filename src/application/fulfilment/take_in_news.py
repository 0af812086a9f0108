"""Take in what a carrier says of a parcel: the one way for webhook, poller and person."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from application.operations.ask_operator import OperatorDesk
from domain.operations.task import TaskKind
from domain.shipping.consequences import draw_consequences
from domain.shipping.journey import ParcelNews
from domain.shipping.shipment import Shipment
from ports.carrier_notices import ParcelNotice
from ports.clock import Clock
from ports.transactions import Transaction

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ParcelIntake:
    """Moves shipment and order together, inside the caller's transaction.

    Whatever order the messages come in, and however often, both only go forwards.
    """

    desk: OperatorDesk
    clock: Clock

    async def take(self, tx: Transaction, carrier: str, notice: ParcelNotice) -> Shipment | None:
        """The shipment after it; None when the air waybill is none of ours."""
        key = await tx.shipments.with_awb(carrier, notice.awb)
        if key is None:
            _log.info("%s tells of a parcel that is not ours", carrier)
            return None
        order = await tx.orders.get(key.order_id)
        shipment = await tx.shipments.get(key.shipment_id)
        was_live, was_at, now = shipment.is_live, order.fulfillment_status, self.clock.now()
        shipment.follow(_news(notice), now)
        draw_consequences(order, shipment, now)
        await tx.shipments.save(shipment)
        if order.fulfillment_status is not was_at:
            await tx.orders.save(order)
        if was_live and not shipment.is_live:
            subject = f"order {shipment.order}"
            await self.desk.ask(tx, TaskKind.BOOKING_IMPOSSIBLE, subject, shipment.failure or "", shipment.order_id)
        return shipment


def _news(notice: ParcelNotice) -> ParcelNews:
    """The parcel was there when that was scanned; a message may be written long after."""
    at = next((scan.at for scan in reversed(notice.scans) if scan.status is notice.status), notice.at)
    return ParcelNews(notice.status, at, notice.scans, notice.expected_at)
