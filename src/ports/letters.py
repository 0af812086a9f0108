"""Letters: what the shop has to say to people, before it is put into words."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Protocol

from domain.money import Money
from ports.mailer import Message
from ports.order_views import OrderView


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Something to be told to somebody. `kind` names it and its template."""

    kind: ClassVar[str]

    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLetter(Letter):
    """A letter about an order, to its buyer."""

    order: OrderView


class OrderPlacedLetter(OrderLetter):
    """Thank you; this is what you bought, and how to pay if you haven't."""

    kind = "order_placed"


class PaymentReceivedLetter(OrderLetter):
    """The money is here: we begin."""

    kind = "payment_received"


class PaymentFailedLetter(OrderLetter):
    """The attempt to pay failed; it can be tried again until `order.hold_expires_at`."""

    kind = "payment_failed"


class PaymentExpiredLetter(OrderLetter):
    """No money came in time: the order was given up, nothing is owed."""

    kind = "payment_expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCancelledLetter(OrderLetter):
    """The order was given up; `refund_due` goes back (nothing when nothing was paid)."""

    kind = "order_cancelled"

    refund_due: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRefundedLetter(OrderLetter):
    """`amount` was sent back just now."""

    kind = "order_refunded"

    amount: Money


class InProductionLetter(OrderLetter):
    """The leather is being cut."""

    kind = "in_production"


class ReadyToShipLetter(OrderLetter):
    """The pair is finished and boxed."""

    kind = "ready_to_ship"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShippedLetter(OrderLetter):
    """On its way with `courier`; `tracking_url` is None where the carrier has none."""

    kind = "shipped"

    courier: str
    awb: str
    tracking_url: str | None
    expected_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutForDeliveryLetter(OrderLetter):
    """Today; have the cash ready when it is paid at the door."""

    kind = "out_for_delivery"

    courier: str
    awb: str
    tracking_url: str | None


class DeliveredLetter(OrderLetter):
    """It is there; how to care for it."""

    kind = "delivered"


class ReturnedLetter(OrderLetter):
    """The parcel came back to the workshop."""

    kind = "returned"


class ReviewInvitationLetter(OrderLetter):
    """A week later: how do they fit?"""

    kind = "review_invitation"


@dataclass(frozen=True, slots=True, kw_only=True)
class AbandonedCartLetter(Letter):
    """Something was left in the cart: `titles` of it, and the way back."""

    kind = "abandoned_cart"

    titles: tuple[str, ...]
    total: Money
    cart_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordResetLetter(Letter):
    """A link that works once, until `expires_at`."""

    kind = "password_reset"

    reset_url: str
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInAlertLetter(Letter):
    """Somebody signed in from a device that was not seen before."""

    kind = "sign_in_alert"

    device: str
    place: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorTaskLetter(Letter):
    """To the workshop: something needs a person. `subject` says what it is about ("order IS-2026-000001")."""

    kind = "operator_task"

    task: str
    subject: str
    detail: str
    opened_at: datetime


class Letters(Protocol):
    """Puts letters into words. Local."""

    @abstractmethod
    def write(self, letter: Letter) -> Message:
        """The mail that tells it, as HTML and as text, with everything in it escaped."""
