"""A payment as its payer sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.money import Money
from domain.payments.payment import Payment, PaymentState
from ports.order_views import OrderView


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentView:
    """One payment of an order, with what a checkout form is filled with."""

    id: UUID
    order_id: UUID
    provider: str
    provider_order_id: str
    amount: Money
    status: PaymentState
    customer_email: str
    customer_phone: str
    customer_name: str
    created_at: datetime

    @classmethod
    def of(cls, payment: Payment, order: OrderView) -> PaymentView:
        """What a payment of an order looks like now."""
        return cls(
            id=payment.id,
            order_id=order.id,
            provider=payment.provider,
            provider_order_id=payment.provider_order_id,
            amount=payment.amount,
            status=payment.state,
            customer_email=order.customer_email,
            customer_phone=order.customer_phone,
            customer_name=order.shipping_address.name,
            created_at=payment.created_at,
        )
