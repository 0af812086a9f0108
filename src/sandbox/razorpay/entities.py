"""What Razorpay keeps, in the shape in which it is sent. Amounts in paise, times in Unix seconds."""

from __future__ import annotations

from typing import Final, Generic, Literal, TypeVar

import msgspec

Notes = dict[str, str] | list[str]
NO_NOTES: Final[Notes] = []  # an empty `notes` is a list: seen in every sample of the documentation


class Order(msgspec.Struct, frozen=True, kw_only=True, tag_field="entity", tag="order"):
    """What is to be paid. `paid` for good once a payment was captured, even if it is refunded."""

    id: str
    amount: int
    amount_paid: int
    amount_due: int
    currency: str
    receipt: str | None
    offer_id: str | None = None
    status: Literal["created", "attempted", "paid"]
    attempts: int
    notes: Notes
    created_at: int


class UpiDetails(msgspec.Struct, frozen=True, kw_only=True):
    """How the customer paid by UPI."""

    payer_account_type: str = "bank_account"
    vpa: str
    flow: str = "collect"


class PaymentAcquirer(msgspec.Struct, frozen=True, kw_only=True):
    """The bank's references of a UPI payment; null until it authorised one."""

    rrn: str | None = None
    upi_transaction_id: str | None = None


class Payment(msgspec.Struct, frozen=True, kw_only=True, tag_field="entity", tag="payment"):
    """One attempt to pay an order. `fee` (which includes `tax`) is null until it is captured."""

    id: str
    amount: int
    currency: str
    status: Literal["created", "authorized", "captured", "refunded", "failed"]
    order_id: str
    invoice_id: str | None = None
    international: bool = False
    method: str = "upi"
    amount_refunded: int = 0
    refund_status: Literal["partial", "full"] | None = None
    captured: bool = False
    description: str | None = None
    card_id: str | None = None
    bank: str | None = None
    wallet: str | None = None
    vpa: str
    email: str | None = None
    contact: str | None = None
    customer_id: str | None = None
    token_id: str | None = None
    notes: Notes = msgspec.field(default_factory=list)
    fee: int | None = None
    tax: int | None = None
    error_code: str | None = None
    error_description: str | None = None
    error_source: str | None = None
    error_step: str | None = None
    error_reason: str | None = None
    acquirer_data: PaymentAcquirer
    upi: UpiDetails
    created_at: int


class RefundAcquirer(msgspec.Struct, frozen=True):
    """The bank's reference of a refund."""

    arn: str | None = None


class Refund(msgspec.Struct, frozen=True, kw_only=True, tag_field="entity", tag="refund"):
    """Money that went back. In test mode it has arrived at once."""

    id: str
    amount: int
    currency: str
    payment_id: str
    notes: Notes
    receipt: str | None
    acquirer_data: RefundAcquirer = RefundAcquirer()
    created_at: int
    batch_id: str | None = None
    status: Literal["pending", "processed", "failed"] = "processed"
    speed_processed: Literal["normal", "instant"]
    speed_requested: Literal["normal", "optimum"]


class RefundKey(msgspec.Struct, frozen=True, kw_only=True, tag_field="entity", tag="refund_key"):
    """An idempotency key of a refund, and what was asked with it. Kept, never sent."""

    id: str
    payment_id: str
    request: str
    refund_id: str


Entity = Order | Payment | Refund | RefundKey

Listed = TypeVar("Listed", Order, Payment, Refund)


class Collection(msgspec.Struct, Generic[Listed], frozen=True, tag_field="entity", tag="collection"):
    """A page of entities, newest first. `count` is how many this page has."""

    count: int
    items: list[Listed]


class CheckoutResponse(msgspec.Struct, frozen=True):
    """What Razorpay's checkout hands to the browser after a payment."""

    razorpay_payment_id: str
    razorpay_order_id: str
    razorpay_signature: str
