"""The three status fields of an order, and where each may go from where."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class OrderStatus(StrEnum):
    """What the customer and the shop have agreed on."""

    PENDING = "PENDING"
    CONFIRMED = "CONFIRMED"
    SHIPPED = "SHIPPED"
    DELIVERED = "DELIVERED"
    CANCELLED = "CANCELLED"
    RETURNED = "RETURNED"


class PaymentStatus(StrEnum):
    """Where the money is."""

    PENDING = "PENDING"
    AUTHORIZED = "AUTHORIZED"
    PAID = "PAID"
    PARTIALLY_REFUNDED = "PARTIALLY_REFUNDED"
    REFUNDED = "REFUNDED"
    FAILED = "FAILED"


class FulfillmentStatus(StrEnum):
    """Where the shoes are, in the order in which they get there."""

    UNFULFILLED = "UNFULFILLED"
    IN_PRODUCTION = "IN_PRODUCTION"
    READY_TO_SHIP = "READY_TO_SHIP"
    SHIPPED = "SHIPPED"
    DELIVERED = "DELIVERED"
    RETURNING = "RETURNING"
    RETURNED = "RETURNED"


class ReturnCause(StrEnum):
    """Why shoes came back: never handed over (RTO, return to origin), or sent back by the customer."""

    RTO = "RTO"
    CUSTOMER = "CUSTOMER"


class PaymentMethod(StrEnum):
    """Online before the shoes are made, or in cash at the door."""

    PREPAID = "PREPAID"
    COD = "COD"


# CANCELLED → CONFIRMED is the late payment whose stock and week could be had again.
ORDER_NEXT: Final[Mapping[OrderStatus, frozenset[OrderStatus]]] = {
    OrderStatus.PENDING: frozenset({OrderStatus.CONFIRMED, OrderStatus.CANCELLED}),
    OrderStatus.CONFIRMED: frozenset({OrderStatus.SHIPPED, OrderStatus.CANCELLED}),
    OrderStatus.SHIPPED: frozenset({OrderStatus.DELIVERED, OrderStatus.RETURNED}),
    OrderStatus.DELIVERED: frozenset({OrderStatus.RETURNED}),
    OrderStatus.CANCELLED: frozenset({OrderStatus.CONFIRMED}),
    OrderStatus.RETURNED: frozenset(),
}

# FAILED may still become AUTHORIZED or PAID: banks answer late.
PAYMENT_NEXT: Final[Mapping[PaymentStatus, frozenset[PaymentStatus]]] = {
    PaymentStatus.PENDING: frozenset({PaymentStatus.AUTHORIZED, PaymentStatus.PAID, PaymentStatus.FAILED}),
    PaymentStatus.AUTHORIZED: frozenset({PaymentStatus.PAID, PaymentStatus.FAILED}),
    PaymentStatus.FAILED: frozenset({PaymentStatus.AUTHORIZED, PaymentStatus.PAID}),
    PaymentStatus.PAID: frozenset({PaymentStatus.PARTIALLY_REFUNDED, PaymentStatus.REFUNDED}),
    PaymentStatus.PARTIALLY_REFUNDED: frozenset({PaymentStatus.REFUNDED}),
    PaymentStatus.REFUNDED: frozenset(),
}

FULFILLMENT_NEXT: Final[Mapping[FulfillmentStatus, frozenset[FulfillmentStatus]]] = {
    FulfillmentStatus.UNFULFILLED: frozenset({FulfillmentStatus.IN_PRODUCTION}),
    FulfillmentStatus.IN_PRODUCTION: frozenset({FulfillmentStatus.READY_TO_SHIP}),
    FulfillmentStatus.READY_TO_SHIP: frozenset({FulfillmentStatus.SHIPPED}),
    FulfillmentStatus.SHIPPED: frozenset({FulfillmentStatus.DELIVERED, FulfillmentStatus.RETURNING}),
    FulfillmentStatus.DELIVERED: frozenset({FulfillmentStatus.RETURNING}),
    FulfillmentStatus.RETURNING: frozenset({FulfillmentStatus.RETURNED}),
    FulfillmentStatus.RETURNED: frozenset(),
}


def has_passed(current: FulfillmentStatus, wanted: FulfillmentStatus) -> bool:
    """Whether the shoes are there already, or beyond: news of it comes late, and changes nothing."""
    stages = list(FulfillmentStatus)
    return stages.index(current) >= stages.index(wanted)
