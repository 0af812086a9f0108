"""Shipment requested → announced, handed to a courier, booked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from application.events.handler import Handler
from application.fulfilment.announced import announced_parcel
from application.fulfilment.carriers import Carriers
from application.operations.ask_operator import OperatorDesk
from domain.errors import InvalidValue
from domain.operations.task import TaskKind
from domain.shipping.booking import BookingStep, Direction
from domain.shipping.courier_choice import CourierTerms, choose_courier
from domain.shipping.errors import AwbTaken, NoCourier
from domain.shipping.events import ShipmentRequested
from domain.shipping.packing import packed, packed_for_return
from domain.shipping.parcel import PackedParcel
from domain.shipping.shipment import Shipment
from domain.shipping.waybill import Waybill
from ports.carrier import AnnouncedParcel, AwbNeeded, Carrier, CarrierRefused
from ports.clock import Clock
from ports.deliveries import DeliveryKey, Lane
from ports.transactions import Begin


@dataclass(frozen=True, slots=True)
class BookParcel(Handler[ShipmentRequested]):
    """Goes through the steps that are left: each answer is kept before the next question is asked.

    So whoever goes on after a crash, between any two steps, makes no second parcel. What the
    carrier refuses ends this try and goes to a person; the order can be booked again. A
    shipment that is cancelled meanwhile is left as it is, for `call_off_parcel` to undo.
    """

    name = "book_parcel"
    listens_to = ShipmentRequested
    lane = Lane.SHIPPING

    begin: Begin
    carriers: Carriers
    terms: CourierTerms
    desk: OperatorDesk
    clock: Clock

    async def __call__(self, event: ShipmentRequested, key: DeliveryKey) -> None:
        """See Handler."""
        try:
            await self._book(event, key)
        except AwbNeeded:
            await self._leave_to_a_person(event.aggregate_id, key)
        except (CarrierRefused, NoCourier, AwbTaken, InvalidValue) as refusal:
            await self._give_up(event.aggregate_id, str(refusal), key)

    async def give_up(self, event: ShipmentRequested, key: DeliveryKey, error: str) -> None:
        """The carrier was silent for too long: this try is over, and `call_off_failed_booking` undoes what it did."""
        await self._give_up(event.aggregate_id, f"the carrier could not be reached: {error}", key)

    async def _book(self, event: ShipmentRequested, key: DeliveryKey) -> None:
        shipment, parcel = await self._packed(event)
        carrier = self.carriers.named(shipment.carrier)
        if shipment.step is BookingStep.REQUESTED:
            shipment = await self._announce(carrier, shipment, parcel)
        announced = announced_parcel(shipment)
        if announced is None:
            return
        if shipment.step is BookingStep.ANNOUNCED:
            shipment = await self._assign(carrier, announced, await self._choose(carrier, announced, shipment, parcel))
        if shipment.step is BookingStep.ASSIGNED:
            await self._finish(carrier, announced, shipment, key)

    async def _packed(self, event: ShipmentRequested) -> tuple[Shipment, PackedParcel]:
        async with self.begin() as tx:
            order = await tx.orders.get(event.order_id)
            shipment = await tx.shipments.get(event.aggregate_id)
        pack = packed if shipment.direction is Direction.OUTBOUND else packed_for_return
        return shipment, pack(order, shipment.reference, shipment.created_at)

    async def _announce(self, carrier: Carrier, shipment: Shipment, parcel: PackedParcel) -> Shipment:
        outbound = shipment.direction is Direction.OUTBOUND
        announced = await (carrier.announce(parcel) if outbound else carrier.announce_return(parcel))

        def keep(kept: Shipment, now: datetime) -> None:
            kept.announce(
                reference=announced.reference,
                provider_order_id=announced.provider_order_id,
                provider_shipment_id=announced.provider_shipment_id,
                at=now,
            )

        return await self._keep(shipment.id, keep)

    async def _choose(
        self, carrier: Carrier, announced: AnnouncedParcel, shipment: Shipment, parcel: PackedParcel
    ) -> Shipment:
        """Nobody is chosen where the carrier offers nobody: it may know of a courier all the same."""
        if shipment.courier_id is not None:
            return shipment
        offers = await carrier.offers(announced)
        if not offers:
            return shipment
        chosen = choose_courier(offers, self.terms, parcel.payment_method)
        if chosen is None:
            raise NoCourier(len(offers))
        return await self._keep(shipment.id, lambda kept, now: kept.choose(chosen.courier_id, now))

    async def _assign(self, carrier: Carrier, announced: AnnouncedParcel, shipment: Shipment) -> Shipment:
        assigned = await carrier.assign(announced, shipment.courier_id)
        waybill = Waybill(assigned.awb, assigned.courier, assigned.tracking_url)
        return await self._keep(shipment.id, lambda kept, now: kept.assign(waybill, assigned.cost, now))

    async def _finish(self, carrier: Carrier, announced: AnnouncedParcel, shipment: Shipment, key: DeliveryKey) -> None:
        pickup = await carrier.schedule_pickup(announced)
        papers = await carrier.papers(announced)
        async with self.begin() as tx:
            now = self.clock.now()
            await tx.receipts.record(key, now)
            booked = await tx.shipments.get(shipment.id)
            booked.book(
                pickup_at=pickup.scheduled_for,
                label_url=papers.label_url,
                manifest_url=papers.manifest_url,
                invoice_url=papers.invoice_url,
                at=now,
            )
            await tx.shipments.save(booked)

    async def _keep(self, shipment_id: UUID, change: Callable[[Shipment, datetime], None]) -> Shipment:
        async with self.begin() as tx:
            shipment = await tx.shipments.get(shipment_id)
            change(shipment, self.clock.now())
            await tx.shipments.save(shipment)
        return shipment

    async def _leave_to_a_person(self, shipment_id: UUID, key: DeliveryKey) -> None:
        async with self.begin() as tx:
            now = self.clock.now()
            if not await tx.receipts.record(key, now):
                return
            shipment = await tx.shipments.get(shipment_id)
            if shipment.step is not BookingStep.ANNOUNCED:
                return
            shipment.await_awb(now)
            await tx.shipments.save(shipment)
            detail = "hand the parcel to a courier and type its air waybill"
            await self.desk.ask(tx, TaskKind.AWB_NEEDED, f"order {shipment.order}", detail, shipment.order_id)

    async def _give_up(self, shipment_id: UUID, reason: str, key: DeliveryKey) -> None:
        async with self.begin() as tx:
            now = self.clock.now()
            if not await tx.receipts.record(key, now):
                return
            shipment = await tx.shipments.get(shipment_id)
            if not shipment.is_live:
                return
            shipment.fail(reason, now)
            await tx.shipments.save(shipment)
            await self.desk.ask(tx, TaskKind.BOOKING_IMPOSSIBLE, f"order {shipment.order}", reason, shipment.order_id)
