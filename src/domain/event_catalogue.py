"""Every kind of event, by the name that it is kept and told under."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from domain.events import DomainEvent
from domain.operations.events import TaskOpened
from domain.operations.webhooks import WebhookReceived
from domain.ordering.events import (
    LatePaymentUnplaceable,
    OrderCancelled,
    OrderConfirmed,
    OrderDelivered,
    OrderPaid,
    OrderPaymentAuthorized,
    OrderPaymentFailed,
    OrderPlaced,
    OrderReady,
    OrderRefunded,
    OrderReturned,
    OrderShipped,
    ProductionStarted,
    ReturnStarted,
)
from domain.payments.events import (
    PaymentAuthorized,
    PaymentCaptured,
    PaymentFailed,
    RefundRequested,
    RefundSettled,
)
from domain.shipping.events import (
    BookingFailed,
    ParcelDelivered,
    ParcelLost,
    ParcelMoved,
    ParcelOutForDelivery,
    ParcelPickedUp,
    ParcelReturned,
    ParcelReturning,
    ParcelUndelivered,
    ShipmentAwaitsAwb,
    ShipmentBooked,
    ShipmentCancelled,
    ShipmentRequested,
)

_KINDS: Final[tuple[type[DomainEvent], ...]] = (
    OrderPlaced,
    OrderConfirmed,
    OrderPaymentAuthorized,
    OrderPaid,
    OrderPaymentFailed,
    OrderCancelled,
    LatePaymentUnplaceable,
    OrderRefunded,
    ProductionStarted,
    OrderReady,
    OrderShipped,
    OrderDelivered,
    ReturnStarted,
    OrderReturned,
    PaymentAuthorized,
    PaymentCaptured,
    PaymentFailed,
    RefundRequested,
    RefundSettled,
    ShipmentRequested,
    ShipmentAwaitsAwb,
    ShipmentBooked,
    BookingFailed,
    ShipmentCancelled,
    ParcelPickedUp,
    ParcelMoved,
    ParcelOutForDelivery,
    ParcelUndelivered,
    ParcelDelivered,
    ParcelReturning,
    ParcelReturned,
    ParcelLost,
    TaskOpened,
    WebhookReceived,
)

EVENTS: Final[Mapping[str, type[DomainEvent]]] = {kind.name: kind for kind in _KINDS}
