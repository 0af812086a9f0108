"""The state machine of an order, written down once more and independently: what each message should do.

The tables are product.md's. `REACHABLE` follows from them, so a state that the code can
reach and the tables can't (or the other way round) shows up as a difference.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from domain.errors import DomainError
from domain.money import NOTHING, Money
from domain.ordering.errors import InvalidTransition, OrderNotCancellable
from domain.ordering.order import Order
from domain.ordering.status import FulfillmentStatus, OrderStatus, PaymentMethod, PaymentStatus
from tests.builders import NOW, THIS_WEEK, a_waybill, an_order

S = OrderStatus
P = PaymentStatus
F = FulfillmentStatus
LATER: Final = NOW + timedelta(hours=1)
PART: Final = Money(100_000)
UNPAID: Final = frozenset({P.PENDING, P.AUTHORIZED, P.FAILED})


@dataclass(frozen=True, slots=True, order=True)
class State:
    """The three statuses of an order and how it is paid."""

    method: PaymentMethod
    status: OrderStatus
    payment: PaymentStatus
    fulfillment: FulfillmentStatus

    def __str__(self) -> str:
        return " ".join((self.method, self.status, self.payment, self.fulfillment))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a message should lead to: a state and events, or a refusal that changes nothing."""

    state: State
    events: tuple[str, ...] = ()
    refusal: type[DomainError] | None = None


def state_of(order: Order) -> State:
    """Where an order is."""
    return State(order.payment_method, order.status, order.payment_status, order.fulfillment_status)


def restored(state: State) -> Order:
    """An order that a repository has loaded in that state: nothing to tell."""
    base = an_order() if state.method is PaymentMethod.PREPAID else an_order().paid_on_delivery()
    order = base.build()
    refunded = {P.PARTIALLY_REFUNDED: PART, P.REFUNDED: order.amounts.total}.get(state.payment, NOTHING)
    return replace(
        order,
        status=state.status,
        payment_status=state.payment,
        fulfillment_status=state.fulfillment,
        refunded=refunded,
    )


MESSAGES: Final[Mapping[str, Callable[[Order], object]]] = {
    "authorize": lambda order: order.authorize_payment(LATER),
    "pay": lambda order: order.mark_paid(LATER),
    "fail": lambda order: order.fail_payment("declined", LATER),
    "cancel": lambda order: order.cancel("changed my mind", LATER),
    "reinstate": lambda order: order.reinstate(THIS_WEEK.next(), LATER),
    "refuse late payment": lambda order: order.refuse_late_payment(LATER),
    "refund a part": lambda order: order.record_refund(PART, LATER),
    "refund the rest": lambda order: order.record_refund(order.amounts.total - order.refunded, LATER),
    "start production": lambda order: order.start_production(LATER),
    "ready": lambda order: order.mark_ready(LATER),
    "shipped": lambda order: order.mark_shipped(a_waybill(), LATER),
    "delivered": lambda order: order.mark_delivered(LATER),
    "return": lambda order: order.start_return(LATER),
    "returned": lambda order: order.mark_returned(LATER),
}


def expected(state: State, message: str) -> Outcome:
    """What a message should do to an order in a state."""
    match message:
        case "authorize" | "fail" | "pay":
            return _payment(state, message)
        case "refund a part" | "refund the rest":
            return _refund(state, message)
        case "cancel":
            return _cancel(state)
        case "reinstate" | "refuse late payment":
            return _late_money(state, message)
        case _:
            return _shoes(state, message)


def _payment(state: State, message: str) -> Outcome:
    wanted = {"authorize": P.AUTHORIZED, "fail": P.FAILED, "pay": P.PAID}[message]
    if state.payment is wanted or state.payment not in UNPAID:
        return Outcome(state)  # heard before, or the money is here already
    event = {"authorize": "order.payment_authorized", "fail": "order.payment_failed", "pay": "order.paid"}[message]
    after = replace(state, payment=wanted)
    if wanted is P.PAID and state.status is S.PENDING:
        return Outcome(replace(after, status=S.CONFIRMED), (event, "order.confirmed"))
    return Outcome(after, (event,))


def _refund(state: State, message: str) -> Outcome:
    if state.payment not in {P.PAID, P.PARTIALLY_REFUNDED}:
        return Outcome(state, refusal=InvalidTransition)
    wanted = P.REFUNDED if message == "refund the rest" else P.PARTIALLY_REFUNDED
    return Outcome(replace(state, payment=wanted), ("order.refunded",))


def _cancel(state: State) -> Outcome:
    if state.status is S.CANCELLED:
        return Outcome(state)
    if state.status in {S.PENDING, S.CONFIRMED} and state.fulfillment is F.UNFULFILLED:
        return Outcome(replace(state, status=S.CANCELLED), ("order.cancelled",))
    return Outcome(state, refusal=OrderNotCancellable)


def _late_money(state: State, message: str) -> Outcome:
    if state.status is not S.CANCELLED or state.payment is not P.PAID:
        return Outcome(state, refusal=InvalidTransition)
    if message == "reinstate":
        return Outcome(replace(state, status=S.CONFIRMED), ("order.confirmed",))
    return Outcome(state, ("order.late_payment_unplaceable",))


# command → (from, to, event): only while the order is CONFIRMED
_MAKING: Final[Mapping[str, tuple[F, F, str]]] = {
    "start production": (F.UNFULFILLED, F.IN_PRODUCTION, "order.production_started"),
    "ready": (F.IN_PRODUCTION, F.READY_TO_SHIP, "order.ready"),
}

# news → (from, to, late in, the order status that it leads to, event)
_TRAVEL: Final[Mapping[str, tuple[frozenset[F], F, frozenset[F], S | None, str]]] = {
    "shipped": (
        frozenset({F.READY_TO_SHIP}),
        F.SHIPPED,
        frozenset({F.DELIVERED, F.RETURNING, F.RETURNED}),
        S.SHIPPED,
        "order.shipped",
    ),
    "delivered": (
        frozenset({F.SHIPPED}),
        F.DELIVERED,
        frozenset({F.RETURNING, F.RETURNED}),
        S.DELIVERED,
        "order.delivered",
    ),
    "return": (
        frozenset({F.SHIPPED, F.DELIVERED}),
        F.RETURNING,
        frozenset({F.RETURNED}),
        None,
        "order.return_started",
    ),
    "returned": (frozenset({F.RETURNING}), F.RETURNED, frozenset(), S.RETURNED, "order.returned"),
}


def _shoes(state: State, message: str) -> Outcome:
    return _making(state, message) if message in _MAKING else _travel(state, message)


def _making(state: State, message: str) -> Outcome:
    before, wanted, event = _MAKING[message]
    if state.status is not S.CONFIRMED or state.fulfillment not in {before, wanted}:
        return Outcome(state, refusal=InvalidTransition)
    if state.fulfillment is wanted:
        return Outcome(state)
    return Outcome(replace(state, fulfillment=wanted), (event,))


def _travel(state: State, message: str) -> Outcome:
    before, wanted, late, status, event = _TRAVEL[message]
    if state.fulfillment is wanted or state.fulfillment in late:
        return Outcome(state)
    if state.fulfillment not in before:
        return Outcome(state, refusal=InvalidTransition)
    after = Outcome(replace(state, fulfillment=wanted, status=status or state.status), (event,))
    if message == "delivered" and state.method is PaymentMethod.COD:
        paid = _payment(after.state, "pay")  # cash at the door
        return Outcome(paid.state, after.events + paid.events)
    return after


def _reachable() -> frozenset[State]:
    seen: set[State] = set()
    ahead = [
        State(PaymentMethod.PREPAID, S.PENDING, P.PENDING, F.UNFULFILLED),
        State(PaymentMethod.COD, S.CONFIRMED, P.PENDING, F.UNFULFILLED),
    ]
    while ahead:
        state = ahead.pop()
        if state not in seen:
            seen.add(state)
            ahead.extend(expected(state, message).state for message in MESSAGES)
    return frozenset(seen)


REACHABLE: Final = _reachable()
"""Every state that an order can ever be in."""
