"""What Shiprocket is told of a parcel: orders and return orders. It counts in rupees, centimetres and kilograms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from adapters.shipping.shiprocket.answers import part_of, read_answer, refused, text_of
from adapters.shipping.shiprocket.moments import write_minute
from adapters.shipping.shiprocket.wire import Answer
from domain.money import Money
from domain.ordering.status import PaymentMethod
from domain.shipping.parcel import PackedParcel, ParcelLine, ParcelSize

LONGEST_REFERENCE: Final = 50
_LONGEST_CITY: Final = 30
_COUNTRY: Final = "India"


class _Item(msgspec.Struct, frozen=True):
    name: str
    sku: str
    units: int
    selling_price: float
    hsn: str


class _Order(msgspec.Struct, frozen=True, kw_only=True):
    order_id: str
    order_date: str
    order_items: Sequence[_Item]
    payment_method: str
    sub_total: float
    length: float
    breadth: float
    height: float
    weight: float


class NewOrder(_Order, frozen=True, kw_only=True):
    """The body of POST /orders/create/adhoc: from a registered pickup location to the recipient."""

    pickup_location: str
    billing_customer_name: str
    billing_last_name: str
    billing_address: str
    billing_address_2: str
    billing_city: str
    billing_pincode: str
    billing_state: str
    billing_country: str
    billing_email: str
    billing_phone: str
    shipping_is_billing: bool


class Warehouse(msgspec.Struct, frozen=True, kw_only=True):
    """A registered pickup location, as GET /settings/company/pickup lists it."""

    pickup_location: str
    name: object
    address: object
    city: object
    state: object
    country: object
    pin_code: object
    email: object
    phone: object
    address_2: object = None


class NewReturn(_Order, frozen=True, kw_only=True):
    """The body of POST /orders/create/return: `pickup_…` is the customer, `shipping_…` the workshop."""

    pickup_customer_name: str
    pickup_address: str
    pickup_address_2: str
    pickup_city: str
    pickup_state: str
    pickup_country: str
    pickup_pincode: str
    pickup_email: str
    pickup_phone: str
    shipping_customer_name: str
    shipping_address: str
    shipping_address_2: str
    shipping_city: str
    shipping_state: str
    shipping_country: str
    shipping_pincode: str
    shipping_email: str
    shipping_phone: str


def new_order(parcel: PackedParcel, reference: str, pickup_location: str) -> NewOrder:
    """A parcel to its recipient.

    `sub_total` is all that the order came to, and no charges are named beside it: whether
    Shiprocket collects those on top is not documented, and the cash has to be right.
    """
    size, to = parcel.size, parcel.recipient
    return NewOrder(
        order_id=reference,
        order_date=write_minute(parcel.packed_at),
        order_items=_items(parcel.lines),
        payment_method="COD" if parcel.payment_method is PaymentMethod.COD else "Prepaid",
        sub_total=_rupees(parcel.value),
        length=_centimetres(size.length),
        breadth=_centimetres(size.breadth),
        height=_centimetres(size.height),
        weight=_kilograms(size),
        pickup_location=pickup_location,
        billing_customer_name=to.name,
        billing_last_name="",
        billing_address=to.line1,
        billing_address_2=to.line2 or "",
        billing_city=to.city[:_LONGEST_CITY],
        billing_pincode=to.pincode.value,
        billing_state=to.state.name,
        billing_country=_COUNTRY,
        billing_email=parcel.email.value,
        billing_phone=parcel.phone.national,
        shipping_is_billing=True,
    )


def new_return(parcel: PackedParcel, reference: str, to: Warehouse) -> NewReturn:
    """The same parcel on its way back. Nothing is collected."""
    size, sender = parcel.size, parcel.recipient
    return NewReturn(
        order_id=reference,
        order_date=write_minute(parcel.packed_at),
        order_items=_items(parcel.lines),
        payment_method="Prepaid",
        sub_total=_rupees(parcel.value),
        length=_centimetres(size.length),
        breadth=_centimetres(size.breadth),
        height=_centimetres(size.height),
        weight=_kilograms(size),
        pickup_customer_name=sender.name,
        pickup_address=sender.line1,
        pickup_address_2=sender.line2 or "",
        pickup_city=sender.city[:_LONGEST_CITY],
        pickup_state=sender.state.name,
        pickup_country=_COUNTRY,
        pickup_pincode=sender.pincode.value,
        pickup_email=parcel.email.value,
        pickup_phone=parcel.phone.national,
        shipping_customer_name=text_of(to.name),
        shipping_address=text_of(to.address),
        shipping_address_2=text_of(to.address_2),
        shipping_city=text_of(to.city, _LONGEST_CITY),
        shipping_state=text_of(to.state),
        shipping_country=text_of(to.country),
        shipping_pincode=text_of(to.pin_code),
        shipping_email=text_of(to.email),
        shipping_phone=text_of(to.phone),
    )


class _Locations(msgspec.Struct, frozen=True):
    shipping_address: list[msgspec.Raw]


class _LocationsAnswer(msgspec.Struct, frozen=True):
    data: _Locations


def read_warehouse(answer: Answer, nickname: str) -> Warehouse:
    """The pickup location of that name. Raises CarrierRefused when none is registered, and as `read_answer` does."""
    rows = (part_of(row, Warehouse) for row in read_answer(answer, _LocationsAnswer).data.shipping_address)
    for row in rows:
        if row is not None and row.pickup_location == nickname:
            return row
    raise refused(f"no pickup location is called {nickname}")


def derived_reference(reference: str, number: int) -> str:
    """The reference itself (0), or another for what was cancelled so many times: SC-1001, SC-1001-R1, …"""
    suffix = f"-R{number}" if number else ""
    return reference[: LONGEST_REFERENCE - len(suffix)] + suffix


def _items(lines: Sequence[ParcelLine]) -> list[_Item]:
    return [_Item(line.name, line.sku, line.units, _rupees(line.unit_price), line.hsn) for line in lines]


def _rupees(amount: Money) -> float:
    return amount.minor / 100


def _centimetres(millimetres: int) -> float:
    return millimetres / 10


def _kilograms(size: ParcelSize) -> float:
    return size.weight / 1000
