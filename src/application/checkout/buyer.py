"""Read who buys, and refuse every bad field at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from application.checkout.destination import require_area
from domain.customers.address import Address
from domain.customers.email import Email
from domain.customers.errors import InvalidFields
from domain.customers.gstin import Gstin
from domain.customers.phone import Phone
from domain.customers.pincode import PinCode
from domain.errors import InvalidValue
from domain.ordering.contents import Buyer
from domain.ordering.owner import OrderOwner
from ports.pin_directory import PinDirectory

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressForm:
    """An address as it was typed."""

    name: str
    line1: str
    line2: str | None
    city: str
    state: str
    pincode: str
    country: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BuyerForm:
    """Who buys, as it was typed. Without a billing address the shipping address is billed."""

    email: str
    phone: str
    shipping_address: AddressForm
    billing_address: AddressForm | None
    gstin: str | None


def read_buyer(form: BuyerForm, owner: OrderOwner, pins: PinDirectory) -> Buyer:
    """The buyer in a form. Raises InvalidFields; a field of an address is named `shipping_address.city`."""
    problems: list[InvalidValue] = []
    email = reading(problems, "", lambda: Email.parse(form.email))
    phone = reading(problems, "", lambda: Phone.parse(form.phone))
    shipping = reading(problems, "shipping_address.", lambda: _address(form.shipping_address, pins))
    billing = None
    if form.billing_address is not None:
        billed = form.billing_address
        billing = reading(problems, "billing_address.", lambda: _address(billed, pins))
    gstin = None
    if form.gstin is not None:
        typed = form.gstin
        gstin = reading(problems, "", lambda: Gstin.parse(typed))
    if problems or email is None or phone is None or shipping is None:
        raise InvalidFields(problems)
    return Buyer(owner=owner, email=email, phone=phone, shipping_address=shipping, billing_address=billing, gstin=gstin)


def _address(form: AddressForm, pins: PinDirectory) -> Address:
    problems: list[InvalidValue] = []
    address = reading(
        problems,
        "",
        lambda: Address.parse(
            name=form.name,
            line1=form.line1,
            line2=form.line2,
            city=form.city,
            state=form.state,
            pincode=form.pincode,
            country=form.country,
            phone=form.phone,
        ),
    )
    if "pincode" not in {problem.field for problem in problems}:
        reading(problems, "", lambda: require_area(pins, PinCode.parse(form.pincode)))
    if address is None or problems:
        raise InvalidFields(problems)
    return address


def reading(problems: list[InvalidValue], prefix: str, read: Callable[[], T]) -> T | None:
    """What `read` gives; None when it refuses, with every refusal noted under `prefix`."""
    try:
        return read()
    except InvalidFields as refusal:
        problems.extend(InvalidValue(prefix + error.field, error.message) for error in refusal.errors)
    except InvalidValue as error:
        problems.append(InvalidValue(prefix + error.field, error.message))
    return None
