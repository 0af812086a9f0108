"""What the sandbox keeps. Money in paise unless it was told in rupees, times in Unix seconds, PIN codes as text."""

from __future__ import annotations

from typing import Final, Literal

import msgspec

USER_ID: Final = 4_412_001
COMPANY_ID: Final = 918_273
CUBIC_CENTIMETRES: Final = 5_000  # that couriers count as a kilogram
CHANNEL_ID: Final = 3_422_000  # the account's CUSTOM channel, the only one that it has

PaymentMethod = Literal["Prepaid", "COD"]
JourneyName = Literal["delivered", "ndr_then_delivered", "rto", "lost"]
StepName = Literal[
    "manifested",
    "out_for_pickup",
    "picked_up",
    "shipped",
    "left_origin",
    "in_transit",
    "reached_hub",
    "out_for_delivery",
    "delivered",
    "undelivered",
    "rto_initiated",
    "rto_in_transit",
    "rto_out_for_delivery",
    "rto_delivered",
    "rto_acknowledged",
    "lost",
    "cancelled",
]


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """Who sends, pays for or gets a parcel."""

    name: str
    last_name: str
    address: str
    address_2: str
    city: str
    pincode: str
    state: str
    country: str
    email: str
    phone: str

    @property
    def full_name(self) -> str:
        """First and last."""
        return f"{self.name} {self.last_name}".strip()


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """A line of an order, in rupees and with tax, as it was told."""

    name: str
    sku: str
    units: int
    selling_price: float
    discount: float
    tax: float
    hsn: str


class AskedOrder(msgspec.Struct, frozen=True, kw_only=True):
    """The order as the shop told it: rupees, centimetres, kilograms.

    A return goes from `billing` (the customer) to `shipping` (the shop); anything else from
    `pickup_location` to `shipping`.
    """

    reference: str
    order_date: str
    is_return: bool
    pickup_location: str
    channel_id: int
    billing: Party
    shipping: Party
    items: tuple[Item, ...]
    payment_method: PaymentMethod
    sub_total: float
    shipping_charges: float
    giftwrap_charges: float
    transaction_charges: float
    total_discount: float
    length: float
    breadth: float
    height: float
    weight: float

    @property
    def payment_word(self) -> str:
        """How it is told: not as it was asked."""
        return "cod" if self.payment_method == "COD" else "prepaid"

    @property
    def volumetric_weight(self) -> float:
        """Kilograms that couriers see in its size."""
        return self.length * self.breadth * self.height / CUBIC_CENTIMETRES

    @property
    def charged_weight(self) -> float:
        """Kilograms that couriers charge for."""
        return max(self.weight, self.volumetric_weight)


class Order(msgspec.Struct, frozen=True, kw_only=True, tag_field="entity", tag="order"):
    """An order and how far it is, in the codes of the ORDER table."""

    id: int
    shipment_id: int
    asked: AskedOrder
    status: int
    created_at: float
    activities: tuple[str, ...]


class Scan(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a parcel's history. `code` is of the SHIPMENT table; None for what Shiprocket calls "NA"."""

    at: float
    code: int | None
    status: str
    activity: str
    location: str


class Shipment(msgspec.Struct, frozen=True, kw_only=True, tag_field="entity", tag="shipment"):
    """The parcel of an order, in the codes of the SHIPMENT table; `scans` oldest first.

    `passed` counts the steps of its journey that are done, `ahead` are those to come.
    """

    id: int
    order_id: int
    status: int
    awb: str = ""
    courier_id: int | None = None
    freight: int = 0
    assigned_at: float | None = None
    reassigned_at: float | None = None
    expected_at: float | None = None
    pickup_asked_at: float | None = None
    pickup_at: float | None = None
    picked_up_at: float | None = None
    delivered_at: float | None = None
    manifested: bool = False
    labelled: bool = False
    wish: str = ""
    passed: int = 0
    ahead: tuple[StepName, ...] = ()
    scans: tuple[Scan, ...] = ()


class PickupLocation(msgspec.Struct, frozen=True, kw_only=True, tag_field="entity", tag="pickup_location"):
    """Where parcels are fetched. `nickname` is what orders name it by."""

    id: int
    nickname: str
    name: str
    email: str
    phone: str
    address: str
    address_2: str
    city: str
    state: str
    country: str
    pincode: str


class Account(msgspec.Struct, frozen=True, kw_only=True, tag_field="entity", tag="account"):
    """The API user. Tokens of an older `generation` have expired; `blocked_until` locks the login."""

    wallet: int = 10_000_000
    logins: int = 0
    failures: int = 0
    blocked_until: float = 0
    generation: int = 0


class RevokedToken(msgspec.Struct, frozen=True, kw_only=True, tag_field="entity", tag="revoked_token"):
    """A token that was logged out."""

    id: str


class ChosenJourney(msgspec.Struct, frozen=True, kw_only=True, tag_field="entity", tag="chosen_journey"):
    """The way that a parcel, named by its order's reference or its AWB, is to go."""

    parcel: str
    journey: JourneyName


class Settings(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="entity", tag="settings", forbid_unknown_fields=True
):
    """Where Shiprocket's manners are uncertain or vary, this says which ones are played.

    `unserviceable` are the beginnings of PIN codes where no courier goes; `refusal_shape` is
    how a failed AWB assignment looks; `token_seconds` how long the next tokens live.
    """

    journey: JourneyName = "delivered"
    unserviceable: tuple[str, ...] = ("9",)
    cancel_status: Literal[200, 204] = 204
    refusal_shape: Literal["object", "text", "status_350"] = "object"
    token_seconds: int = 864_000


Entity = Order | Shipment | PickupLocation | Account | RevokedToken | ChosenJourney | Settings
