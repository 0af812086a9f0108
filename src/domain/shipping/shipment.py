"""One try to bring an order to its customer, or back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from domain.events import Aggregate
from domain.money import Money
from domain.shipping.booking import BOOKING_NEXT, ENDED, BookingStep, Direction, has_reached
from domain.shipping.errors import DeliveryNotFailed, InvalidShipmentTransition
from domain.shipping.events import (
    TOLD_AT,
    BookingFailed,
    ParcelEvent,
    ShipmentAwaitsAwb,
    ShipmentBooked,
    ShipmentCancelled,
    ShipmentEvent,
    ShipmentRequested,
)
from domain.shipping.journey import BEFORE_PICKUP, TURNED_BACK, ParcelNews, goes_on, merged, printable
from domain.shipping.parcel import ParcelStatus, Scan
from domain.shipping.waybill import Waybill

CANCELLED_BY_CARRIER: Final = "the carrier cancelled the parcel"


@dataclass(slots=True, kw_only=True, eq=False)
class Shipment(Aggregate):
    """A parcel from the wish for it to its end. Made by `request`; the constructor restores.

    `order` is the human order number. `reference` is ours until the carrier says which one it
    knows the parcel by. `courier_id` is the carrier's name for the courier that was chosen.
    `status` is where the parcel is, since `status_at`; one that `turned_back` is never
    delivered. `checked_at` is when the carrier last told of it or was asked. Times are UTC.

    Booking goes on step by step; a step that is behind it, or that comes after the end,
    changes nothing but what is known of the parcel.
    """

    id: UUID
    order_id: UUID
    order: str
    carrier: str
    direction: Direction
    reference: str
    step: BookingStep = BookingStep.REQUESTED
    provider_order_id: str | None = None
    provider_shipment_id: str | None = None
    courier_id: str | None = None
    waybill: Waybill | None = None
    cost: Money | None = None
    label_url: str | None = None
    manifest_url: str | None = None
    invoice_url: str | None = None
    pickup_at: datetime | None = None
    expected_at: datetime | None = None
    status: ParcelStatus | None = None
    status_at: datetime | None = None
    turned_back: bool = False
    scans: tuple[Scan, ...] = ()
    failure: str | None = None
    checked_at: datetime
    created_at: datetime
    updated_at: datetime

    @classmethod
    def request(
        cls,
        *,
        id: UUID,  # noqa: A002  # the field's name, as everywhere
        order_id: UUID,
        order: str,
        carrier: str,
        direction: Direction,
        reference: str,
        at: datetime,
    ) -> Shipment:
        """A parcel that is to be booked."""
        shipment = cls(
            id=id,
            order_id=order_id,
            order=order,
            carrier=carrier,
            direction=direction,
            reference=reference,
            checked_at=at,
            created_at=at,
            updated_at=at,
        )
        shipment._tell(ShipmentRequested, at)
        return shipment

    @property
    def is_live(self) -> bool:
        """Whether it is, or may become, a parcel on its way: then there is no other one."""
        return self.step not in ENDED

    @property
    def delivered_at(self) -> datetime | None:
        """When it was handed over, at the end of its way."""
        return self.status_at if self.status is ParcelStatus.DELIVERED else None

    def announce(self, *, reference: str, provider_order_id: str, provider_shipment_id: str, at: datetime) -> None:
        """The carrier knows of the parcel, by these ids."""
        if self.provider_shipment_id is None:
            self.reference = reference
            self.provider_order_id = provider_order_id
            self.provider_shipment_id = provider_shipment_id
        self._reach(BookingStep.ANNOUNCED, at)

    def choose(self, courier_id: str, at: datetime) -> None:
        """This courier is to get it. Whoever repeats the next step asks for the same one."""
        if self.step is BookingStep.ANNOUNCED and self.courier_id is None:
            self.courier_id = courier_id
            self.updated_at = at

    def await_awb(self, at: datetime) -> None:
        """A person has to hand it in and type the air waybill."""
        if self._reach(BookingStep.AWAITS_AWB, at):
            self._tell(ShipmentAwaitsAwb, at)

    def assign(self, waybill: Waybill, cost: Money | None, at: datetime) -> None:
        """A courier has taken it on."""
        if self.waybill is None:
            self.waybill = waybill
            self.cost = cost
        self._reach(BookingStep.ASSIGNED, at)

    def book(
        self,
        *,
        pickup_at: datetime | None,
        label_url: str | None,
        manifest_url: str | None,
        invoice_url: str | None,
        at: datetime,
    ) -> None:
        """The courier is going to come for it, and this is what to stick on it."""
        if self.waybill is not None and self._reach(BookingStep.BOOKED, at):
            self.pickup_at = pickup_at
            self.label_url = label_url
            self.manifest_url = manifest_url
            self.invoice_url = invoice_url
            self._tell_of_parcel(ShipmentBooked, self.waybill, at)

    def enter_awb(self, waybill: Waybill, at: datetime) -> None:
        """Somebody has handed it in. Typing the same again is harmless.

        Raises InvalidShipmentTransition when it awaits none.
        """
        if self.waybill == waybill and self.is_live:
            return
        if self.step is not BookingStep.AWAITS_AWB:
            raise InvalidShipmentTransition(self.reference, self.step, BookingStep.BOOKED)
        self.assign(waybill, None, at)
        self.book(pickup_at=None, label_url=None, manifest_url=None, invoice_url=None, at=at)

    def fail(self, reason: str, at: datetime) -> None:
        """No parcel comes of it; another try may follow. Failing twice is harmless."""
        if self.is_live:
            self._become(BookingStep.FAILED, at)
            self.failure = printable(reason) or "no reason was given"
            self.record(
                BookingFailed(
                    aggregate_id=self.id,
                    occurred_at=at,
                    order_id=self.order_id,
                    order=self.order,
                    direction=self.direction,
                    reason=self.failure,
                )
            )

    def cancel(self, at: datetime) -> None:
        """Call it off. Cancelling twice is harmless.

        Raises InvalidShipmentTransition when it failed, or the courier has it already.
        """
        if self.step is BookingStep.CANCELLED:
            return
        if self.status is not None and self.status not in BEFORE_PICKUP:
            raise InvalidShipmentTransition(self.reference, self.status, BookingStep.CANCELLED)
        self._become(BookingStep.CANCELLED, at)
        self._tell(ShipmentCancelled, at)

    def carry_on_all_the_same(self, at: datetime) -> None:
        """It was called off too late: the courier has it, and it is on its way."""
        if self.waybill is None:
            raise InvalidShipmentTransition(self.reference, self.step, BookingStep.BOOKED)
        self._become(BookingStep.BOOKED, at)

    def check_asks(self) -> None:
        """Raise DeliveryNotFailed unless the courier waits to hear what to do with it."""
        if self.status is not ParcelStatus.UNDELIVERED or not self.is_live:
            raise DeliveryNotFailed(self.reference)

    def follow(self, news: ParcelNews, now: datetime) -> None:
        """Take in where the parcel is: repeated, late and mixed-up news is harmless.

        Nothing is followed that has no air waybill, or was given up. What the carrier cancels
        before it was picked up has failed.
        """
        if self.waybill is None or not self.is_live:
            return
        self.checked_at = now
        self.expected_at = news.expected_at or self.expected_at
        self.scans = merged(self.scans, news.scans)
        at = min(news.at, now)  # a clock that is ahead must not outvote what comes next
        is_later = self.status_at is None or at > self.status_at
        if news.status is None or (news.status is ParcelStatus.DELIVERED and self.turned_back):
            return
        if goes_on(self.status, news.status, is_later=is_later):
            self._move(news.status, self.waybill, at, now)
        elif news.status is self.status and is_later and self.delivered_at is None:
            self.status_at = at

    def note_look(self, at: datetime) -> None:
        """The carrier was asked, and had nothing to say."""
        self.checked_at = at

    def _move(self, status: ParcelStatus, waybill: Waybill, at: datetime, now: datetime) -> None:
        told = TOLD_AT[self.direction]
        before = told.get(self.status) if self.status is not None else None
        self.status = status
        self.status_at = at
        self.turned_back = self.turned_back or status in TURNED_BACK
        self.updated_at = now
        kind = told.get(status)
        if kind is not None and kind is not before:
            self._tell_of_parcel(kind, waybill, now)
        if status is ParcelStatus.CANCELLED:
            self.fail(CANCELLED_BY_CARRIER, now)

    def _reach(self, wanted: BookingStep, at: datetime) -> bool:
        """Go a step on; False when that step is behind, or the booking has ended."""
        if not self.is_live or has_reached(self.step, wanted):
            return False
        self._become(wanted, at)
        return True

    def _become(self, wanted: BookingStep, at: datetime) -> None:
        if wanted not in BOOKING_NEXT[self.step]:
            raise InvalidShipmentTransition(self.reference, self.step, wanted)
        self.step = wanted
        self.updated_at = at

    def _tell(self, kind: type[ShipmentEvent], at: datetime) -> None:
        self.record(
            kind(
                aggregate_id=self.id,
                occurred_at=at,
                order_id=self.order_id,
                order=self.order,
                direction=self.direction,
            )
        )

    def _tell_of_parcel(self, kind: type[ParcelEvent], waybill: Waybill, at: datetime) -> None:
        self.record(
            kind(
                aggregate_id=self.id,
                occurred_at=at,
                order_id=self.order_id,
                order=self.order,
                direction=self.direction,
                awb=waybill.awb,
                courier=waybill.courier,
                tracking_url=waybill.tracking_url,
            )
        )
