"""Events wait in their aggregate until they are written, and are handed over once."""

from __future__ import annotations

from dataclasses import fields

from domain.event_catalogue import EVENTS
from tests.builders import an_order


def test_events_are_handed_over_once_and_in_order() -> None:
    """A second save writes none of them again."""
    order = an_order().paid().build()
    assert [event.name for event in order.pull_events()] == ["order.placed", "order.paid", "order.confirmed"]
    assert order.pull_events() == []


def test_the_public_names_of_events_stay() -> None:
    """Handlers, the outbox and customers' timelines know them by these names."""
    assert sorted(EVENTS) == [
        "operator_task.opened",
        "order.cancelled",
        "order.confirmed",
        "order.delivered",
        "order.late_payment_unplaceable",
        "order.paid",
        "order.payment_authorized",
        "order.payment_failed",
        "order.placed",
        "order.production_started",
        "order.ready",
        "order.refunded",
        "order.return_started",
        "order.returned",
        "order.shipped",
        "parcel.delivered",
        "parcel.lost",
        "parcel.moved",
        "parcel.out_for_delivery",
        "parcel.picked_up",
        "parcel.returned",
        "parcel.returning",
        "parcel.undelivered",
        "payment.authorized",
        "payment.captured",
        "payment.failed",
        "refund.requested",
        "refund.settled",
        "shipment.awaits_awb",
        "shipment.booked",
        "shipment.booking_failed",
        "shipment.cancelled",
        "shipment.requested",
        "webhook.received",
    ]


def test_no_event_carries_a_secret() -> None:
    """The outbox is read by many: no token, no hash of one, no signature, no card."""
    carried = {field.name for kind in EVENTS.values() for field in fields(kind)}
    assert not {name for name in carried for word in ("token", "secret", "signature", "card", "hash") if word in name}
