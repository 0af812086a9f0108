"""Events wait in their aggregate until they are written, and are handed over once."""

from __future__ import annotations

from dataclasses import fields

from domain.events import DomainEvent
from domain.ordering import events as ordering
from domain.payments import events as payments
from tests.builders import an_order

KINDS: list[type[DomainEvent]] = [
    kind
    for module in (ordering, payments)
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, DomainEvent) and "name" in vars(kind)
]


def test_events_are_handed_over_once_and_in_order() -> None:
    """A second save writes none of them again."""
    order = an_order().paid().build()
    assert [event.name for event in order.pull_events()] == ["order.placed", "order.paid", "order.confirmed"]
    assert order.pull_events() == []


def test_the_public_names_of_events_stay() -> None:
    """Handlers, the outbox and customers' timelines know them by these names."""
    assert sorted(kind.name for kind in KINDS) == [
        "order.cancelled",
        "order.confirmed",
        "order.fulfillment_advanced",
        "order.late_payment_unplaceable",
        "order.paid",
        "order.payment_authorized",
        "order.payment_failed",
        "order.placed",
        "order.refunded",
        "payment.captured",
        "payment.failed",
        "refund.requested",
        "refund.settled",
    ]


def test_no_event_carries_a_secret() -> None:
    """The outbox is read by many: no token, no hash of one, no signature, no card."""
    carried = {field.name for kind in KINDS for field in fields(kind)}
    assert not {name for name in carried for word in ("token", "secret", "signature", "card", "hash") if word in name}
