"""What a customer sees, in words that both stacks can answer with."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Protocol


class Refused(Exception):
    """The shop said no. `code` is the public problem code, `fields` what it concerns, `total` the new total."""

    def __init__(self, code: str, fields: frozenset[str] = frozenset(), total: int | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.fields = fields
        self.total = total


@dataclass(frozen=True, slots=True)
class Choice:
    """Options by ext_id; the standard make of the Roma Oxford unless said otherwise."""

    product: str = "oxford-roma"
    style: str = "CAPTOE"
    sole: str = "GOODYEAR-LEATHER"
    material: str = "CALF"
    color: str = "CALF-COGNAC"
    system: str = "EU"
    size: str = "42.5"
    width: str = "F"
    monogram: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a parcel goes."""

    city: str
    state: str
    pincode: str


PLACES = {
    "Bengaluru": Place("Bengaluru", "Karnataka", "560001"),
    "Mumbai": Place("Mumbai", "Maharashtra", "400001"),
    "Chandigarh": Place("Chandigarh", "Chandigarh", "160001"),
    "Delhi": Place("New Delhi", "Delhi", "110001"),
}


@dataclass(frozen=True, slots=True)
class QuoteSeen:
    """A quote; amounts in paise."""

    code: str
    unit_price: int
    line_total: int
    breakdown: dict[str, int]
    tax_rate: int
    tax: int
    week: str | None
    available: bool


@dataclass(frozen=True, slots=True)
class CartSeen:
    """A cart; the total in paise. `lines` are the ids of its lines."""

    lines: tuple[str, ...]
    pairs: int
    total: int
    price_changed: bool
    available: bool


@dataclass(frozen=True, slots=True)
class OrderSeen:
    """An order; amounts in paise. `taxes` has (CGST, SGST, IGST) for every line."""

    id: str
    number: str
    status: str
    payment_status: str
    fulfillment_status: str
    total: int
    refunded: int
    subtotal: int
    shipping_fee: int
    cod_fee: int
    tax_total: int
    unit_prices: tuple[int, ...]
    taxes: tuple[tuple[int, int, int], ...]
    week: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What the gateway's checkout hands to the browser."""

    order_id: str
    payment_id: str
    signature: str


@dataclass(frozen=True, slots=True)
class PaymentSeen:
    """A payment that was asked for; the amount in paise."""

    amount: int
    provider_order_id: str


@dataclass(frozen=True, slots=True)
class ParcelSeen:
    """A parcel of an order: where it is, and what its courier did, oldest first."""

    courier: str
    awb: str
    status: str | None
    stages: tuple[str, ...]


def fresh_email() -> str:
    """An address that nobody has had."""
    return f"meera-{uuid.uuid4().hex}@example.com"


class Shopper(Protocol):
    """Somebody with a browser and no account. Every refusal is a `Refused`."""

    email: str

    def quote(self, choice: Choice, quantity: int) -> QuoteSeen: ...

    def save_design(self, choice: Choice) -> str: ...

    def open_design(self, code: str) -> Choice: ...

    def add(self, choice: Choice, quantity: int) -> CartSeen: ...

    def change(self, line: str, quantity: int) -> CartSeen: ...

    def remove(self, line: str) -> CartSeen: ...

    def cart(self) -> CartSeen: ...

    def checkout_total(self, place: Place, method: str) -> int: ...

    def order(self, place: Place, method: str, expected_total: int, key: str) -> OrderSeen: ...

    def find_order(self, order_id: str) -> OrderSeen: ...

    def timeline(self, order_id: str) -> list[str]: ...

    def cancel(self, order_id: str) -> OrderSeen: ...

    def start_payment(self, order_id: str) -> PaymentSeen: ...

    def play(self, payment: PaymentSeen, outcome: str) -> Proof: ...

    def confirm(self, order_id: str, proof: Proof) -> None: ...

    def parcels(self, order_id: str) -> list[ParcelSeen]: ...

    def send_back(self, order_id: str) -> None: ...


@dataclass(slots=True)
class Story:
    """What the steps of one scenario tell each other."""

    choice: Choice = field(default_factory=Choice)
    quotes: list[QuoteSeen] = field(default_factory=list)
    orders: list[OrderSeen] = field(default_factory=list)
    refusals: list[Refused] = field(default_factory=list)
    total: int | None = None
    design: str | None = None
    opened: Choice | None = None
    payment: PaymentSeen | None = None
    proof: Proof | None = None
    other: Story | None = None

    @property
    def order(self) -> OrderSeen:
        """The order that the scenario is about."""
        return self.orders[-1]

    @property
    def refusal(self) -> Refused:
        """The last refusal."""
        return self.refusals[-1]
