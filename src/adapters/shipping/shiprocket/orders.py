"""What Shiprocket tells of an order: created, listed, shown."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from adapters.shipping.shiprocket.answers import NO_PART, Id, number_of, part_of, read_answer, rupees_of, text_of
from adapters.shipping.shiprocket.moments import read_moment
from adapters.shipping.shiprocket.wire import Answer
from domain.money import Money
from ports.carrier import AnnouncedParcel, AssignedParcel, CarrierUnavailable, Pickup

_AWB: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{3,49}")

# Codes of the ORDER table: cancelled, or soon to be, forward and return.
_GONE: Final = frozenset({5, 18, 27, 29, 30, 54})


class CreatedOrder(msgspec.Struct, frozen=True):
    """The answer of both creating calls, also for an order that was there before."""

    order_id: Id
    shipment_id: Id
    status: object = None
    status_code: object = None
    channel_order_id: object = None

    @property
    def is_gone(self) -> bool:
        """Whether it is one that was cancelled: its reference can never be used again."""
        return _is_gone(self.status_code, self.status)

    def announcing(self, reference: str) -> AnnouncedParcel:
        """The parcel, if the answer is about that reference; CarrierUnavailable if not."""
        if not text_of(self.channel_order_id).endswith(reference) and self.channel_order_id:
            raise CarrierUnavailable("the answer is about another order")
        return AnnouncedParcel(reference, str(self.order_id), str(self.shipment_id))


class _ListedShipment(msgspec.Struct, frozen=True):
    id: Id


class ListedOrder(msgspec.Struct, frozen=True):
    """A row of the lists. That of returns has `shipment_id`, that of orders `shipments`."""

    id: Id
    channel_order_id: object
    status: object = None
    status_code: object = None
    shipment_id: Id | None = None
    shipments: msgspec.Raw = NO_PART

    def as_created(self) -> CreatedOrder | None:
        """As if it had just been created; None when it is not told which parcel it has."""
        parcels = part_of(self.shipments, list[_ListedShipment])
        parcel = self.shipment_id or (parcels[0].id if parcels else None)
        if parcel is None:
            return None
        return CreatedOrder(self.id, parcel, self.status, self.status_code, self.channel_order_id)


class _OrderList(msgspec.Struct, frozen=True):
    data: list[msgspec.Raw]


class _ShownShipment(msgspec.Struct, frozen=True):
    id: Id
    awb: object = None
    courier: object = None
    pickup_scheduled_date: object = None


class _Charges(msgspec.Struct, frozen=True):
    freight_charges: object = None


class _AwbDetails(msgspec.Struct, frozen=True):
    charges: _Charges


class _ReturnPickup(msgspec.Struct, frozen=True):
    pin_code: object = None


class ShownOrder(msgspec.Struct, frozen=True):
    """GET /orders/show/:id, as far as we use it."""

    id: Id
    shipments: _ShownShipment
    status: object = None
    status_code: object = None
    is_return: object = None
    customer_pincode: object = None
    pickup_code: object = None
    total: object = None
    awb_data: msgspec.Raw = NO_PART
    return_pickup_data: msgspec.Raw = NO_PART

    @property
    def is_gone(self) -> bool:
        """Whether it was cancelled, or soon will be."""
        return _is_gone(self.status_code, self.status)

    @property
    def goes_back(self) -> bool:
        """Whether it is a return."""
        return number_of(self.is_return) == 1 or text_of(self.status).upper().startswith("RETURN")

    @property
    def pickup(self) -> Pickup:
        """When the courier comes, if that was told."""
        return Pickup(read_moment(self.shipments.pickup_scheduled_date))

    @property
    def pincodes(self) -> tuple[str, str]:
        """From where to where; empty where it isn't told."""
        fetched = part_of(self.return_pickup_data, _ReturnPickup) if self.goes_back else None
        start = self.pickup_code if fetched is None else fetched.pin_code
        return text_of(start), text_of(self.customer_pincode)

    def assigned(self, tracking_url: str) -> AssignedParcel | None:
        """The air waybill and its courier; None when there is none yet."""
        awb = text_of(self.shipments.awb)
        if not awb:
            return None
        details = part_of(self.awb_data, _AwbDetails)
        cost = None if details is None else rupees_of(details.charges.freight_charges)
        return assigned_parcel(awb, self.shipments.courier, cost, tracking_url)


class _ShownAnswer(msgspec.Struct, frozen=True):
    data: ShownOrder


def assigned_parcel(awb: str, courier: object, cost: Money | None, tracking_url: str) -> AssignedParcel:
    """A parcel with its courier. Raises CarrierUnavailable for an AWB that can't be one."""
    if not is_awb(awb):
        raise CarrierUnavailable("the air waybill does not have the documented shape")
    return AssignedParcel(awb, text_of(courier, 100) or "a courier", cost, f"{tracking_url.rstrip('/')}/{awb}")


def is_awb(text: str) -> bool:
    """Whether it can be an air waybill: nothing that would lead elsewhere in a URL."""
    return _AWB.fullmatch(text) is not None


def read_shown(answer: Answer, announced: AnnouncedParcel) -> ShownOrder:
    """The order, if it is the one that was asked for; CarrierUnavailable if not."""
    order = read_answer(answer, _ShownAnswer).data
    if (str(order.id), str(order.shipments.id)) != (announced.provider_order_id, announced.provider_shipment_id):
        raise CarrierUnavailable("the answer is about another order")
    return order


def find_listed(answer: Answer, reference: str) -> CreatedOrder | None:
    """The order of that reference, if the list has it."""
    rows = (part_of(row, ListedOrder) for row in read_answer(answer, _OrderList).data)
    same = (row.as_created() for row in rows if row is not None and text_of(row.channel_order_id) == reference)
    return next(same, None)


def _is_gone(code: object, label: object) -> bool:
    return number_of(code) in _GONE or "cancel" in text_of(label).casefold()
