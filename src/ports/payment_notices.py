"""What a payment gateway tells by itself."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import Protocol

from ports.payment_gateway import GatewayPayment, GatewayRefund
from ports.webhooks import WebhookSource


@dataclass(frozen=True, slots=True)
class PaymentNotice:
    """A payment as it was when the message was made: perhaps it is further by now."""

    payment: GatewayPayment


@dataclass(frozen=True, slots=True)
class RefundNotice:
    """A refund as it was when the message was made."""

    refund: GatewayRefund


class PaymentNotices(WebhookSource, Protocol):
    """The webhooks of a payment gateway."""

    @abstractmethod
    def read(self, body: bytes) -> PaymentNotice | RefundNotice | None:
        """What an authentic message tells; None when it is of a kind that doesn't concern us.

        Raises WebhookUnreadable.
        """
