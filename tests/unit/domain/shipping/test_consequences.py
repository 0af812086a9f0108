"""An order is where its parcel is, also when the carrier leaves stations out or tells them late."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ordering.status import FulfillmentStatus, OrderStatus, PaymentStatus
from domain.shipping.consequences import draw_consequences
from domain.shipping.parcel import ParcelStatus
from tests.builders import NOW, a_shipment, an_order, news

P = ParcelStatus
F = FulfillmentStatus


@pytest.mark.parametrize(
    ("status", "fulfillment", "order_status"),
    [
        (None, F.READY_TO_SHIP, OrderStatus.CONFIRMED),
        (P.BOOKED, F.READY_TO_SHIP, OrderStatus.CONFIRMED),
        (P.PICKUP_SCHEDULED, F.READY_TO_SHIP, OrderStatus.CONFIRMED),
        (P.PICKED_UP, F.SHIPPED, OrderStatus.SHIPPED),
        (P.IN_TRANSIT, F.SHIPPED, OrderStatus.SHIPPED),
        (P.OUT_FOR_DELIVERY, F.SHIPPED, OrderStatus.SHIPPED),
        (P.UNDELIVERED, F.SHIPPED, OrderStatus.SHIPPED),
        (P.LOST, F.SHIPPED, OrderStatus.SHIPPED),
        (P.DELIVERED, F.DELIVERED, OrderStatus.DELIVERED),
        (P.RTO_INITIATED, F.RETURNING, OrderStatus.SHIPPED),
        (P.RTO_IN_TRANSIT, F.RETURNING, OrderStatus.SHIPPED),
        (P.RTO_DELIVERED, F.RETURNED, OrderStatus.RETURNED),
        (P.CANCELLED, F.READY_TO_SHIP, OrderStatus.CONFIRMED),
    ],
)
def test_the_first_news_may_be_the_last(
    status: ParcelStatus | None, fulfillment: FulfillmentStatus, order_status: OrderStatus
) -> None:
    """Whatever lies behind the parcel lies behind the order too."""
    order = an_order().paid().ready().build()
    shipment = a_shipment().of(order).booked().build()
    shipment.follow(news(status), NOW)
    draw_consequences(order, shipment, NOW)
    assert (order.fulfillment_status, order.status) == (fulfillment, order_status)


@pytest.mark.parametrize(
    ("status", "fulfillment"),
    [
        (P.PICKUP_SCHEDULED, F.DELIVERED),
        (P.PICKED_UP, F.RETURNING),
        (P.OUT_FOR_DELIVERY, F.RETURNING),
        (P.DELIVERED, F.RETURNED),
        (P.LOST, F.DELIVERED),
    ],
)
def test_a_return_brings_an_order_back(status: ParcelStatus, fulfillment: FulfillmentStatus) -> None:
    """From the moment at which the courier has it."""
    order = an_order().paid().delivered().build()
    shipment = a_shipment().of(order).going_back().booked().build()
    shipment.follow(news(status), NOW)
    draw_consequences(order, shipment, NOW)
    assert order.fulfillment_status is fulfillment


def test_cash_is_collected_with_the_delivery() -> None:
    """And only with that."""
    order = an_order().paid_on_delivery().ready().build()
    shipment = a_shipment().of(order).booked().build()
    paid = []
    for status in (P.PICKED_UP, P.OUT_FOR_DELIVERY, P.DELIVERED):
        shipment.follow(news(status), NOW)
        draw_consequences(order, shipment, NOW)
        paid.append(order.payment_status)
    assert paid == [PaymentStatus.PENDING, PaymentStatus.PENDING, PaymentStatus.PAID]


@given(st.lists(st.tuples(st.sampled_from(list(P)), st.integers(0, 48)), max_size=12))
def test_no_news_breaks_an_order(told: list[tuple[ParcelStatus, int]]) -> None:
    """However mad a carrier is, order and parcel agree."""
    order = an_order().paid_on_delivery().ready().build()
    shipment = a_shipment().of(order).booked().build()
    for status, hour in told:
        shipment.follow(news(status, NOW + timedelta(hours=hour)), NOW + timedelta(days=2))
        draw_consequences(order, shipment, NOW)
    assert (order.payment_status is PaymentStatus.PAID) == (shipment.status is P.DELIVERED)
    assert (order.status is OrderStatus.RETURNED) == (shipment.status is P.RTO_DELIVERED)
