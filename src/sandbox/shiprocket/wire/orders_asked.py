"""What may be asked about orders: the bodies of `/orders/…`, checked field by field. All raise Refused."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from sandbox.shiprocket.entities import CHANNEL_ID, AskedOrder, Item, Party, PaymentMethod
from sandbox.shiprocket.wire.errors import MISSING
from sandbox.shiprocket.wire.fields import Fields, read_body

_LONGEST_REFERENCE: Final = 50
_LONGEST_CHANNEL_REFERENCE: Final = 20
_LONGEST_CITY: Final = 30
_METHODS: Final[tuple[PaymentMethod, ...]] = ("Prepaid", "COD")
_SENDERS: Final = "billing", "pickup"


class Readdressing(msgspec.Struct, frozen=True, kw_only=True):
    """The body of POST /orders/address/update. What is empty stays as it was."""

    order_id: int
    name: str
    phone: str
    address: str
    address_2: str
    city: str
    state: str
    country: str
    pincode: str
    email: str


class Relocation(msgspec.Struct, frozen=True, kw_only=True):
    """The body of PATCH /orders/address/pickup."""

    order_ids: list[int]
    pickup_location: str


def new_order(body: bytes) -> AskedOrder:
    """The body of POST /orders/create/adhoc."""
    fields = read_body(body)
    asked = _order(fields, fields.optional_integer("channel_id") or CHANNEL_ID, _LONGEST_REFERENCE)
    fields.check()
    return asked


def new_channel_order(body: bytes) -> AskedOrder:
    """The body of POST /orders/create: a channel is named, and the reference is shorter."""
    fields = read_body(body)
    asked = _order(fields, fields.integer("channel_id"), _LONGEST_CHANNEL_REFERENCE)
    fields.check()
    return asked


def new_return(body: bytes) -> AskedOrder:
    """The body of POST /orders/create/return: `pickup_…` is the customer, `shipping_…` the shop."""
    fields = read_body(body)
    asked = AskedOrder(
        reference=fields.text("order_id", _LONGEST_REFERENCE),
        order_date=fields.moment("order_date", "%Y-%m-%d", "%Y-%m-%d %H:%M"),
        is_return=True,
        pickup_location="",
        channel_id=fields.optional_integer("channel_id") or CHANNEL_ID,
        billing=_party(fields, "pickup"),
        shipping=_party(fields, "shipping"),
        items=_items(fields),
        payment_method=_prepaid(fields),
        sub_total=fields.number("sub_total"),
        shipping_charges=0.0,
        giftwrap_charges=0.0,
        transaction_charges=0.0,
        total_discount=fields.optional_number("total_discount"),
        **_size(fields),
    )
    fields.check()
    return asked


def readdressing(body: bytes) -> Readdressing:
    """Where an order is to go instead."""
    fields = read_body(body)
    asked = Readdressing(
        order_id=fields.integer("order_id"),
        name=fields.text("shipping_customer_name"),
        phone=fields.digits("shipping_phone", 10, "The shipping phone number is in invalid format."),
        address=fields.text("shipping_address"),
        address_2=fields.optional_text("shipping_address_2"),
        city=fields.text("shipping_city", _LONGEST_CITY),
        state=fields.text("shipping_state"),
        country=fields.text("shipping_country"),
        pincode=fields.digits("shipping_pincode", 6, "The shipping pincode must be 6 digits."),
        email=fields.optional_text("shipping_email"),
    )
    fields.check()
    return asked


def relocation(body: bytes) -> Relocation:
    """Where orders are to be fetched instead."""
    fields = read_body(body)
    asked = Relocation(order_ids=fields.integers("order_id"), pickup_location=fields.text("pickup_location"))
    fields.check(MISSING)
    return asked


def order_ids(body: bytes) -> list[int]:
    """The `ids` of POST /orders/cancel and /orders/print/invoice."""
    fields = read_body(body)
    ids = fields.integers("ids")
    fields.check(MISSING)
    return ids


def changed_items(body: bytes) -> tuple[int, tuple[Item, ...]]:
    """The body of POST /orders/update/adhoc, as far as it changes anything: an order's id and its lines."""
    fields = read_body(body)
    asked = fields.integer("order_id"), _items(fields)
    fields.check()
    return asked


def _order(fields: Fields, channel_id: int, longest_reference: int) -> AskedOrder:
    billing = _party(fields, "billing")
    same = fields.flag("shipping_is_billing")
    return AskedOrder(
        reference=fields.text("order_id", longest_reference),
        order_date=fields.moment("order_date", "%Y-%m-%d", "%Y-%m-%d %H:%M"),
        is_return=False,
        pickup_location=fields.text("pickup_location"),
        channel_id=channel_id,
        billing=billing,
        shipping=billing if same else _recipient(fields, billing),
        items=_items(fields),
        payment_method=fields.one_of("payment_method", _METHODS),
        sub_total=fields.number("sub_total"),
        shipping_charges=fields.optional_number("shipping_charges"),
        giftwrap_charges=fields.optional_number("giftwrap_charges"),
        transaction_charges=fields.optional_number("transaction_charges"),
        total_discount=fields.optional_number("total_discount"),
        **_size(fields),
    )


def _recipient(fields: Fields, billing: Party) -> Party:
    """Who gets it when that isn't who pays; the payer's phone and e-mail do for both."""
    return _party(fields, "shipping", phone=billing.phone, email=billing.email)


def _party(fields: Fields, role: str, *, phone: str | None = None, email: str | None = None) -> Party:
    """`phone` and `email` stand in for what was not sent; without them it has to be."""
    own_phone = phone is None or fields.has(f"{role}_phone")
    own_email = role in _SENDERS or fields.has(f"{role}_email")
    spoken = f"{role.capitalize()} phone number is in invalid format."
    return Party(
        name=fields.text(f"{role}_customer_name"),
        last_name=fields.optional_text(f"{role}_last_name"),
        address=fields.text(f"{role}_address"),
        address_2=fields.optional_text(f"{role}_address_2"),
        city=fields.text(f"{role}_city", _LONGEST_CITY),
        pincode=fields.digits(f"{role}_pincode", 6, f"The {role} pincode must be 6 digits."),
        state=fields.text(f"{role}_state"),
        country=fields.text(f"{role}_country"),
        email=fields.email(f"{role}_email") if own_email else email or "",
        phone=fields.digits(f"{role}_phone", 10, spoken) if own_phone else phone or "",
    )


def _items(fields: Fields) -> tuple[Item, ...]:
    lines = tuple(_item(each) for each in fields.parts("order_items"))
    skus = [each.sku for each in lines]
    if len(set(skus)) < len(skus):
        fields.wrong("order_items", "SKU cannot be repeated")
    return lines


def _item(fields: Fields) -> Item:
    hsn = fields.optional_text("hsn")
    if hsn and re.fullmatch("[0-9]+", hsn) is None:
        fields.wrong("hsn", "HSN should be numeric")
    return Item(
        name=fields.text("name"),
        sku=fields.text("sku"),
        units=fields.integer("units"),
        selling_price=fields.number("selling_price"),
        discount=fields.optional_number("discount"),
        tax=fields.optional_number("tax"),
        hsn=hsn,
    )


def _prepaid(fields: Fields) -> PaymentMethod:
    """Nobody pays for a return at the door."""
    if fields.text("payment_method").lower() not in ("", "prepaid"):
        fields.wrong("payment_method", "The selected payment method is invalid.")
    return "Prepaid"


def _size(fields: Fields) -> dict[str, float]:
    sides = {side: fields.number(side, above=0.5) for side in ("length", "breadth", "height")}
    return {**sides, "weight": fields.number("weight", above=0)}
