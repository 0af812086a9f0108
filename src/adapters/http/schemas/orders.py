"""Orders."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, field

from adapters.http.faults import check_with
from adapters.http.schemas.base import Amount, DesignCode, Form, Moment, Resource, WeekName
from adapters.http.schemas.cart import ChoiceResource
from adapters.http.schemas.checkout import StateName, TaxSplitResource
from adapters.http.schemas.designs import PinCodeText
from adapters.http.schemas.order_links import OrderLinks
from application.checkout.buyer import AddressForm as TypedAddress
from application.checkout.buyer import BuyerForm
from application.orders.draft_order import OrderForm
from domain.customers.address import Address
from domain.customers.email import Email
from domain.customers.gstin import Gstin
from domain.customers.phone import Phone
from domain.money import Money
from domain.ordering.lines import OrderLine
from domain.ordering.notes import LONGEST_NOTE
from domain.ordering.status import FulfillmentStatus, OrderStatus, PaymentMethod, PaymentStatus
from ports.order_views import OrderView, TimelineEntry

PhoneText = Annotated[
    str,
    Meta(
        min_length=10,
        max_length=20,
        description="An Indian mobile number.",
        examples=["+919876543210"],
        extra=check_with(Phone.parse),
    ),
]


class AddressForm(Form):
    """An address in India."""

    name: Annotated[str, Meta(min_length=1, max_length=100, examples=["Asha Rao"])]
    line1: Annotated[str, Meta(min_length=1, max_length=200, examples=["12 Residency Road"])]
    line2: Annotated[str, Meta(max_length=200)] | None = None
    city: Annotated[str, Meta(min_length=1, max_length=100, examples=["Bengaluru"])]
    state: StateName
    pincode: PinCodeText
    country: Literal["IN"] = "IN"
    phone: PhoneText

    def typed(self) -> TypedAddress:
        """The same for the use case."""
        return TypedAddress(
            name=self.name,
            line1=self.line1,
            line2=self.line2,
            city=self.city,
            state=self.state,
            pincode=self.pincode,
            country=self.country,
            phone=self.phone,
        )


class PlaceOrderForm(Form):
    """Who buys the cart, where it goes and how it is paid."""

    email: Annotated[
        str, Meta(min_length=6, max_length=254, examples=["asha@example.com"], extra=check_with(Email.parse))
    ]
    phone: PhoneText
    shipping_address: AddressForm
    billing_address: Annotated[AddressForm | None, Meta(description="Null: the shipping address.")] = None
    gstin: (
        Annotated[
            str,
            Meta(
                min_length=15, max_length=20, description="For an invoice to a business.", extra=check_with(Gstin.parse)
            ),
        ]
        | None
    ) = None
    payment_method: PaymentMethod
    expected_total: Annotated[
        int,
        Meta(
            ge=0,
            le=1_000_000_000_000,
            description="The total in paise that the buyer saw and agrees to.",
            examples=[1_299_900],
        ),
    ]
    notes: Annotated[str, Meta(max_length=LONGEST_NOTE, description="For the workshop.")] | None = None

    def order_form(self) -> OrderForm:
        """The same for the use case."""
        buyer = BuyerForm(
            email=self.email,
            phone=self.phone,
            shipping_address=self.shipping_address.typed(),
            billing_address=self.billing_address.typed() if self.billing_address else None,
            gstin=self.gstin,
        )
        return OrderForm(
            buyer=buyer,
            payment_method=self.payment_method,
            expected_total=Money(self.expected_total),
            notes=self.notes,
        )


class CancelOrderForm(Form):
    """Why an order is given up."""

    reason: Annotated[str, Meta(min_length=1, max_length=200, pattern=r"\S", examples=["I chose the wrong size"])]


class AddressResource(Resource):
    """An address in India."""

    name: str
    line1: str
    line2: str | None
    city: str
    state: Annotated[str, Meta(description="By name.")]
    pincode: str
    country: str
    phone: Annotated[str, Meta(description="In E.164.")]

    @classmethod
    def of(cls, address: Address) -> AddressResource:
        """An address."""
        return cls(
            name=address.name,
            line1=address.line1,
            line2=address.line2,
            city=address.city,
            state=address.state.name,
            pincode=address.pincode.value,
            country=address.country,
            phone=address.phone.value,
        )


class OrderItemResource(Resource):
    """Pairs of one design, as they were bought."""

    id: UUID
    design_code: DesignCode
    product_id: str
    product_title: str
    choice: ChoiceResource
    hsn: Annotated[str, Meta(description="The class of the goods for GST.", examples=["64035119"])]
    quantity: int
    unit_price: Amount
    line_total: Amount
    discount: Amount
    tax: TaxSplitResource

    @classmethod
    def of(cls, line: OrderLine) -> OrderItemResource:
        """A line."""
        return cls(
            id=line.id,
            design_code=line.design_code,
            product_id=line.product_id,
            product_title=line.product_title,
            choice=ChoiceResource.of(line.choice),
            hsn=line.hsn,
            quantity=line.quantity,
            unit_price=Amount.of(line.unit_price),
            line_total=Amount.of(line.line_total),
            discount=Amount.of(line.discount),
            tax=TaxSplitResource.of(line.tax),
        )


class OrderResource(Resource):
    """An order: what was bought never changes, its statuses do."""

    id: UUID
    ext_id: Annotated[str, Meta(description="The order number.", examples=["IS-2026-000042"])]
    status: OrderStatus
    payment_status: PaymentStatus
    fulfillment_status: FulfillmentStatus
    payment_method: PaymentMethod
    customer_email: str
    customer_phone: str
    items: list[OrderItemResource]
    subtotal: Amount
    discount: Amount
    shipping_fee: Amount
    cod_fee: Amount
    tax_total: Annotated[Amount, Meta(description="Contained in the total.")]
    total: Amount
    refunded: Amount
    currency: str
    shipping_address: AddressResource
    billing_address: AddressResource | None
    gstin: str | None
    notes: str | None
    promised_week: WeekName
    hold_expires_at: Annotated[Moment | None, Meta(description="Until when an unpaid order waits for its money.")]
    cancellation_reason: str | None
    version: int
    created_at: Moment
    updated_at: Moment
    links: OrderLinks = field(name="_links")

    @classmethod
    def of(cls, order: OrderView, next_steps: OrderLinks) -> OrderResource:
        """An order, and what whoever asks can do with it now."""
        return cls(
            id=order.id,
            ext_id=order.ext_id,
            status=order.status,
            payment_status=order.payment_status,
            fulfillment_status=order.fulfillment_status,
            payment_method=order.payment_method,
            customer_email=order.customer_email,
            customer_phone=order.customer_phone,
            items=[OrderItemResource.of(each) for each in order.lines],
            subtotal=Amount.of(order.subtotal),
            discount=Amount.of(order.discount),
            shipping_fee=Amount.of(order.shipping_fee),
            cod_fee=Amount.of(order.cod_fee),
            tax_total=Amount.of(order.tax_total),
            total=Amount.of(order.total),
            refunded=Amount.of(order.refunded),
            currency=order.total.currency,
            shipping_address=AddressResource.of(order.shipping_address),
            billing_address=AddressResource.of(order.billing_address) if order.billing_address else None,
            gstin=order.gstin,
            notes=order.notes,
            promised_week=str(order.promised_week),
            hold_expires_at=order.hold_expires_at,
            cancellation_reason=order.cancellation_reason,
            version=order.version,
            created_at=order.created_at,
            updated_at=order.updated_at,
            links=next_steps,
        )


class TimelineEntryResource(Resource):
    """Something that happened to an order."""

    at: Moment
    event: Annotated[str, Meta(examples=["order.placed"])]
    detail: str | None

    @classmethod
    def of(cls, entry: TimelineEntry) -> TimelineEntryResource:
        """An entry."""
        return cls(at=entry.at, event=entry.event, detail=entry.detail)
