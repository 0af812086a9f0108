"""A letter of every kind, to look at after a change and to test with.

Among them: names with apostrophes and with markup, which must show as they are typed; long
words; a monogram; two lines; prepaid and paid in cash.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from domain.customers.address import Address
from domain.inventory.capacity import Week
from domain.money import NOTHING, Money
from domain.ordering.lines import ChosenDesign, ChosenOption, OrderLine
from domain.ordering.record import PAYMENT_TIMEOUT
from domain.ordering.status import FulfillmentStatus, OrderStatus, PaymentMethod, PaymentStatus
from domain.pricing.pipeline import PriceableLine, PricedBasket, PricedLine, TaxContext, price_basket
from domain.tax.states import GstState
from ports.letters import (
    AbandonedCartLetter,
    DeliveredLetter,
    InProductionLetter,
    Letter,
    OperatorTaskLetter,
    OrderCancelledLetter,
    OrderPlacedLetter,
    OrderRefundedLetter,
    OutForDeliveryLetter,
    PasswordResetLetter,
    PaymentExpiredLetter,
    PaymentFailedLetter,
    PaymentReceivedLetter,
    ReadyToShipLetter,
    ReturnedLetter,
    ReviewInvitationLetter,
    ShippedLetter,
    SignInAlertLetter,
)
from ports.order_views import OrderView

_AT: Final = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)
_TO: Final = "meera.bhat@example.com"
_WORKSHOP: Final = "workshop@example.com"
_COURIER, _AWB = "Blue Dart Surface & Air", "SF1234567890IN"
_TRACKING: Final = "https://shiprocket.co/tracking/SF1234567890IN?source=mail&lang=en"

_ADDRESS: Final = Address.parse(
    name="Meera <b>d'Souza</b> & Venkatanarasimharajuvaripeta",
    line1='14 Church Street, behind the "Koshy\'s" café',
    line2="Second floor <left>",
    city="Bengaluru",
    state="Karnataka",
    pincode="560001",
    phone="+919876543210",
)

_OXFORD: Final = ChosenDesign(
    style=ChosenOption("CAPTOE", "Cap toe"),
    sole=ChosenOption("GOODYEAR-LEATHER", "Goodyear-welted leather"),
    material=ChosenOption("CALF", "Box calf"),
    color=ChosenOption("CALF-COGNAC", "Cognac"),
    size_eu="42.5",
    width="F",
    monogram="M&B",
)
_LOAFER: Final = replace(
    _OXFORD,
    style=ChosenOption("PENNY", "Penny, with the maker's <i>stitch</i>"),
    material=ChosenOption("SUEDE", "Suede"),
    color=ChosenOption("SUEDE-NAVY", "Navy"),
    monogram=None,
)


def example_letters() -> Mapping[str, Letter]:
    """The letters by name: their kind, and what is special where there are two of a kind."""
    return {
        **_letters_about_money(),
        **_letters_about_shoes(),
        **_letters_about_the_way(),
        **_letters_about_accounts(),
    }


def _letters_about_money() -> dict[str, Letter]:
    placed, paid, cash = _order(), _paid(_order()), _order(PaymentMethod.COD)
    cancelled = replace(paid, status=OrderStatus.CANCELLED, cancellation_reason="I chose the <wrong> size & colour")
    late = replace(cancelled, cancellation_reason=PAYMENT_TIMEOUT)
    expired = replace(late, payment_status=PaymentStatus.PENDING)
    unpaid = replace(cash, status=OrderStatus.CANCELLED, cancellation_reason="Found another pair", is_cancellable=False)
    part = Money(649_950)
    return {
        "order_placed": OrderPlacedLetter(to=_TO, order=placed),
        "order_placed-cash": OrderPlacedLetter(to=_TO, order=cash),
        "order_placed-paid": OrderPlacedLetter(to=_TO, order=paid),
        "payment_received": PaymentReceivedLetter(to=_TO, order=paid),
        "payment_received-late": PaymentReceivedLetter(to=_TO, order=late),
        "payment_failed": PaymentFailedLetter(to=_TO, order=placed),
        "payment_failed-meanwhile_paid": PaymentFailedLetter(to=_TO, order=paid),
        "payment_expired": PaymentExpiredLetter(to=_TO, order=expired),
        "order_cancelled": OrderCancelledLetter(to=_TO, order=cancelled, refund_due=cancelled.total),
        "order_cancelled-late": OrderCancelledLetter(to=_TO, order=late, refund_due=late.total),
        "order_cancelled-cash": OrderCancelledLetter(to=_TO, order=unpaid, refund_due=NOTHING),
        "order_refunded": OrderRefundedLetter(to=_TO, order=replace(cancelled, refunded=part), amount=part),
    }


def _letters_about_shoes() -> dict[str, Letter]:
    paid = replace(_paid(_order()), is_cancellable=False, fulfillment_status=FulfillmentStatus.IN_PRODUCTION)
    delivered = replace(paid, status=OrderStatus.DELIVERED, fulfillment_status=FulfillmentStatus.DELIVERED)
    return {
        "in_production": InProductionLetter(to=_TO, order=paid),
        "ready_to_ship": ReadyToShipLetter(to=_TO, order=paid),
        "delivered": DeliveredLetter(to=_TO, order=delivered),
        "review_invitation": ReviewInvitationLetter(to=_TO, order=delivered),
    }


def _letters_about_the_way() -> dict[str, Letter]:
    paid, cash = _paid(_order()), _order(PaymentMethod.COD)
    expected = _AT + timedelta(days=30)
    return {
        "shipped": ShippedLetter(
            to=_TO, order=paid, courier=_COURIER, awb=_AWB, tracking_url=_TRACKING, expected_at=expected
        ),
        "shipped-cash": ShippedLetter(
            to=_TO, order=cash, courier="Our own rider", awb="IS-7", tracking_url=None, expected_at=None
        ),
        "out_for_delivery": OutForDeliveryLetter(
            to=_TO, order=paid, courier=_COURIER, awb=_AWB, tracking_url=_TRACKING
        ),
        "out_for_delivery-cash": OutForDeliveryLetter(
            to=_TO, order=cash, courier=_COURIER, awb=_AWB, tracking_url=None
        ),
        "returned": ReturnedLetter(to=_TO, order=paid),
        "returned-cash": ReturnedLetter(to=_TO, order=cash),
    }


def _letters_about_accounts() -> dict[str, Letter]:
    titles = ("Roma Oxford, box calf in cognac", "Napoli Loafer <suede>, the maker's own")
    return {
        "abandoned_cart": AbandonedCartLetter(
            to=_TO, titles=titles, total=Money(3_049_700), cart_url="https://shop.example/cart?from=mail&step=2"
        ),
        "password_reset": PasswordResetLetter(
            to=_TO, reset_url="https://shop.example/reset?token=example&step=1", expires_at=_AT + timedelta(hours=1)
        ),
        "sign_in_alert": SignInAlertLetter(
            to=_TO, device='Firefox <147> on "Linux"', place="Kochi, Kerala & around", at=_AT
        ),
        "operator_task": OperatorTaskLetter(
            to=_WORKSHOP,
            task="booking-impossible",
            subject="order IS-2026-000042",
            detail="No courier takes the parcel: <Pincode not serviceable>\nTried 8 times, last at 15:20.",
            opened_at=_AT,
        ),
    }


def _paid(order: OrderView) -> OrderView:
    return replace(
        order,
        status=OrderStatus.CONFIRMED,
        payment_status=PaymentStatus.PAID,
        hold_expires_at=None,
        awaits_payment=False,
    )


def _order(method: PaymentMethod = PaymentMethod.PREPAID) -> OrderView:
    prepaid = method is PaymentMethod.PREPAID
    basket = _basket(cod_fee=NOTHING if prepaid else Money(5_000))
    oxford, loafer = basket.lines
    return OrderView(
        id=UUID(int=42),
        ext_id="IS-2026-000042",
        status=OrderStatus.PENDING if prepaid else OrderStatus.CONFIRMED,
        payment_status=PaymentStatus.PENDING,
        fulfillment_status=FulfillmentStatus.UNFULFILLED,
        payment_method=method,
        customer_email=_TO,
        customer_phone="+919876543210",
        lines=(_line("Roma Oxford", _OXFORD, oxford), _line("Napoli Loafer", _LOAFER, loafer)),
        subtotal=basket.subtotal,
        discount=basket.discount,
        shipping_fee=basket.shipping.amount,
        cod_fee=basket.cod.amount,
        tax_total=basket.tax_total,
        total=basket.total,
        refunded=NOTHING,
        shipping_address=_ADDRESS,
        billing_address=None,
        gstin=None,
        notes=None,
        promised_week=Week.parse("2026-W52"),
        hold_expires_at=_AT + timedelta(minutes=30) if prepaid else None,
        cancellation_reason=None,
        is_cancellable=True,
        awaits_payment=prepaid,
        version=1,
        created_at=_AT,
        updated_at=_AT,
    )


def _basket(cod_fee: Money) -> PricedBasket:
    karnataka = GstState.by_code("29")
    return price_basket(
        [PriceableLine("OXFORD", Money(1_349_800), 2), PriceableLine("LOAFER", Money(1_199_900), 1)],
        TaxContext(_AT.date(), seller=karnataka, place_of_supply=karnataka),
        discount=Money(100_000),
        shipping_fee=Money(14_900),
        cod_fee=cod_fee,
    )


def _line(title: str, choice: ChosenDesign, priced: PricedLine) -> OrderLine:
    return OrderLine(
        id=UUID(int=1),
        design_code=priced.key,
        product_id=title.lower().replace(" ", "-"),
        product_title=title,
        choice=choice,
        hsn="64035990",
        quantity=priced.quantity,
        unit_price=priced.unit_price,
        breakdown=(),
        line_total=priced.subtotal,
        discount=priced.discount,
        tax=priced.tax,
        needs={},
    )
