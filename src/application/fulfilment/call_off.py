"""Tell carriers that parcels don't come."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from uuid import UUID

from application.fulfilment.announced import announced_parcel
from application.fulfilment.carriers import Carriers
from application.fulfilment.shipment_desk import live_one
from application.operations.ask_operator import OperatorDesk
from domain.operations.task import TaskKind
from domain.shipping.booking import BookingStep
from domain.shipping.parcel import ParcelStatus
from ports.carrier import CarrierRefused
from ports.clock import Clock
from ports.deliveries import DeliveryKey
from ports.transactions import Begin

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CallOff:
    """Has a shipment that has ended cancelled at its carrier, if that knows of it.

    Where the courier doesn't give the parcel back, a person learns of it; unless another one
    has taken its place, the shipment goes on.
    """

    begin: Begin
    carriers: Carriers
    desk: OperatorDesk
    clock: Clock

    async def call_off(self, shipment_id: UUID, key: DeliveryKey) -> None:
        """Safe to repeat. Raises CarrierUnavailable."""
        async with self.begin() as tx:
            shipment = await tx.shipments.get(shipment_id)
        announced = announced_parcel(shipment)
        if announced is None or shipment.status is ParcelStatus.CANCELLED:  # the carrier was first
            return
        try:
            await self.carriers.named(shipment.carrier).cancel(announced)
        except CarrierRefused as refusal:
            _log.warning("shipment %s could not be called off: %s", shipment_id, refusal.reason)
            # What failed without a courier doesn't move. One may have it whose name was lost in the middle of booking.
            if shipment.waybill is not None or shipment.step is BookingStep.CANCELLED:
                await self._keep_going(shipment.order_id, shipment_id, refusal.reason, key)

    async def _keep_going(self, order_id: UUID, shipment_id: UUID, reason: str, key: DeliveryKey) -> None:
        async with self.begin() as tx:
            now = self.clock.now()
            if not await tx.receipts.record(key, now):
                return
            order = await tx.orders.get(order_id)
            tries = await tx.shipments.of_order(order_id)
            shipment = next(each for each in tries if each.id == shipment_id)
            is_followed = shipment.step is BookingStep.CANCELLED and shipment.waybill is not None
            if is_followed and live_one(tries, shipment.direction) is None:
                shipment.carry_on_all_the_same(now)
                await tx.shipments.save(shipment)
            subject, detail = f"shipment {shipment.reference}", f"it can't be called off: {reason}"
            await self.desk.ask(tx, TaskKind.BOOKING_IMPOSSIBLE, subject, detail, order.id)
