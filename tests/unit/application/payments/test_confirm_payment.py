"""A proof of payment counts when it is genuine, for this order, and once."""

from __future__ import annotations

from asyncio import gather
from dataclasses import replace
from typing import Any

import pytest
from dependency_injector import providers

from adapters.memory.payment_gateway import MemoryPaymentGateway
from domain.actor import Actor, Customer, Guest
from domain.errors import DomainError, NotFound
from domain.inventory.reservation import ReservationStatus
from domain.money import Money
from domain.ordering.errors import PaymentNotAllowed
from domain.ordering.status import OrderStatus, PaymentStatus
from domain.payments.errors import AmountMismatch
from domain.payments.payment import PaymentState
from ports.idempotency import IdempotencyKeyReused
from ports.order_views import OrderView
from ports.payment_gateway import GatewayPayment, GatewayPaymentStatus, GatewayRejected, InvalidCheckoutSignature
from tests.builders import a_product, a_stock_item, id_of, shelves_for
from tests.unit.application.workshop import Workshop, key

pytestmark = pytest.mark.anyio


async def reservation_status(workshop: Workshop, order: OrderView) -> ReservationStatus:
    """What has become of what the order held."""
    async with workshop.memory.begin() as tx:
        return (await tx.reservations.get(order.id)).status


async def assert_still_unpaid(workshop: Workshop, order: OrderView) -> None:
    """Waiting as before."""
    now = await workshop.order_now(order)
    assert (now.status, now.payment_status, now.awaits_payment) == (OrderStatus.PENDING, PaymentStatus.PENDING, True)
    assert await reservation_status(workshop, order) is ReservationStatus.HELD
    assert workshop.told("order.paid") == workshop.told("payment.") == []


async def test_captured_money_confirms_the_order_and_keeps_its_stock(workshop: Workshop) -> None:
    """Payment, order and reservation move together, and tell it."""
    order, guest = await workshop.order_waiting_for_money()
    confirmed = await workshop.confirm(guest, order, await workshop.customer_paid(guest, order))
    assert confirmed.payment.status is PaymentState.CAPTURED
    assert (confirmed.order.status, confirmed.order.payment_status) == (OrderStatus.CONFIRMED, PaymentStatus.PAID)
    assert confirmed.order == await workshop.order_now(order)
    assert confirmed.order.hold_expires_at is None
    assert await reservation_status(workshop, order) is ReservationStatus.COMMITTED
    assert await workshop.booked() == {"2026-W52": 1}
    assert sorted(workshop.told()) == ["order.confirmed", "order.paid", "order.placed", "payment.captured"]


async def test_a_repeated_request_gets_the_first_answer(workshop: Workshop) -> None:
    """And moves nothing."""
    order, guest = await workshop.order_waiting_for_money()
    proof, again = await workshop.customer_paid(guest, order), key()
    first, second = [await workshop.confirm(guest, order, proof, again) for _ in range(2)]
    assert (second.payment, first.replayed, second.replayed) == (first.payment, False, True)
    assert len(workshop.told()) == 4


async def test_the_same_proof_under_other_keys_counts_once(workshop: Workshop) -> None:
    """Twice one after the other, and ten times at once."""
    order, guest = await workshop.order_waiting_for_money()
    proof = await workshop.customer_paid(guest, order)
    answers = [await workshop.confirm(guest, order, proof) for _ in range(2)]
    answers += await gather(*(workshop.confirm(guest, order, proof) for _ in range(10)))
    assert {answer.order.payment_status for answer in answers} == {PaymentStatus.PAID}
    assert sorted(workshop.told()) == ["order.confirmed", "order.paid", "order.placed", "payment.captured"]
    assert await workshop.booked() == {"2026-W52": 1}


async def test_a_key_of_another_request_confirms_nothing(workshop: Workshop) -> None:
    """The caller has mixed something up."""
    order, guest = await workshop.order_waiting_for_money()
    used = key()
    await workshop.confirm(guest, order, await workshop.customer_paid(guest, order), used)
    other, other_guest = await workshop.order_waiting_for_money()
    proof = await workshop.customer_paid(other_guest, other)
    with pytest.raises(IdempotencyKeyReused):
        await workshop.confirm(other_guest, other, proof, replace(used, fingerprint="another request"))
    assert (await workshop.order_now(other)).awaits_payment


async def test_a_forged_proof_is_worth_nothing(workshop: Workshop) -> None:
    """No part of it can be changed, and the money that is really there still counts afterwards."""
    order, guest = await workshop.order_waiting_for_money()
    proof = await workshop.customer_paid(guest, order)
    forgeries = [
        replace(proof, signature="0" * 64),
        replace(proof, signature=""),
        replace(proof, signature=proof.signature[:-1]),
        replace(proof, provider_payment_id="pay_00000000000000"),
        replace(proof, provider_order_id="order_00000000000000"),
    ]
    for forged in forgeries:
        with pytest.raises(InvalidCheckoutSignature):
            await workshop.confirm(guest, order, forged)
    await assert_still_unpaid(workshop, order)
    assert (await workshop.confirm(guest, order, proof)).order.payment_status is PaymentStatus.PAID


async def test_the_proof_of_another_order_is_worth_nothing(workshop: Workshop) -> None:
    """Genuine, and for something cheaper perhaps, but not for this."""
    order, guest = await workshop.order_waiting_for_money()
    await workshop.start_payment(guest, order)
    other, other_guest = await workshop.order_waiting_for_money()
    proof = await workshop.customer_paid(other_guest, other)
    with pytest.raises(PaymentNotAllowed):
        await workshop.confirm(guest, order, proof)
    await assert_still_unpaid(workshop, order)
    await assert_still_unpaid(workshop, other)


async def test_a_proof_for_an_order_whose_payment_was_never_started_is_worth_nothing(workshop: Workshop) -> None:
    """There is no payment that it could belong to."""
    order, guest = await workshop.order_waiting_for_money()
    other, other_guest = await workshop.order_waiting_for_money()
    with pytest.raises(PaymentNotAllowed):
        await workshop.confirm(guest, order, await workshop.customer_paid(other_guest, other))
    await assert_still_unpaid(workshop, order)


@pytest.mark.parametrize("stranger", [Guest(), Guest(order_token="guessed"), Customer(id_of("a stranger"))], ids=repr)
async def test_nobody_confirms_somebody_else_s_order(workshop: Workshop, stranger: Actor) -> None:
    """Not even with the genuine proof."""
    order, guest = await workshop.order_waiting_for_money()
    proof = await workshop.customer_paid(guest, order)
    with pytest.raises(NotFound):
        await workshop.confirm(stranger, order, proof)
    await assert_still_unpaid(workshop, order)


async def test_while_the_gateway_is_silent_the_proof_alone_is_kept_as_authorised(workshop: Workshop) -> None:
    """It is certain that the bank agreed, not that the money is ours: the order waits, and isn't paid again."""
    order, guest = await workshop.order_waiting_for_money()
    proof = await workshop.customer_paid(guest, order)
    workshop.memory.payment_gateway.unavailable = True
    confirmed = await workshop.confirm(guest, order, proof)
    assert confirmed.payment.status is PaymentState.AUTHORIZED
    assert (confirmed.order.status, confirmed.order.payment_status) == (OrderStatus.PENDING, PaymentStatus.AUTHORIZED)
    assert not confirmed.order.awaits_payment
    assert await reservation_status(workshop, order) is ReservationStatus.HELD
    assert workshop.told() == ["order.placed", "payment.authorized", "order.payment_authorized"]

    workshop.memory.payment_gateway.unavailable = False
    learnt = await workshop.confirm(guest, order, proof)
    assert (learnt.order.status, learnt.order.payment_status) == (OrderStatus.CONFIRMED, PaymentStatus.PAID)
    assert workshop.told("order.") == ["order.placed", "order.payment_authorized", "order.paid", "order.confirmed"]


async def test_a_silent_gateway_takes_nothing_back(workshop: Workshop) -> None:
    """What is paid stays paid when the proof is handed in again."""
    order, guest = await workshop.order_waiting_for_money()
    proof = await workshop.customer_paid(guest, order)
    await workshop.confirm(guest, order, proof)
    workshop.memory.payment_gateway.unavailable = True
    assert (await workshop.confirm(guest, order, proof)).order.payment_status is PaymentStatus.PAID


async def test_a_silent_gateway_after_a_refund_is_harmless_too(workshop: Workshop) -> None:
    """The customer's browser hands the old proof in once more: they see the order, not an error."""
    order, guest = await workshop.order_waiting_for_money()
    proof = await workshop.customer_paid(guest, order)
    await workshop.confirm(guest, order, proof)
    async with workshop.memory.begin() as tx:
        refunded = await tx.orders.get(order.id)
        refunded.record_refund(Money(100_000), workshop.memory.clock.now())
        await tx.orders.save(refunded)
    workshop.memory.payment_gateway.unavailable = True
    again = await workshop.confirm(guest, order, proof)
    assert again.order.payment_status is PaymentStatus.PARTIALLY_REFUNDED


async def test_a_failed_attempt_has_no_proof_and_the_next_one_may_succeed(workshop: Workshop) -> None:
    """Its empty signature is as good as a forged one."""
    order, guest = await workshop.order_waiting_for_money()
    started = await workshop.start_payment(guest, order)
    gateway = workshop.memory.payment_gateway
    with pytest.raises(InvalidCheckoutSignature):
        await workshop.confirm(guest, order, gateway.pay(started.payment.provider_order_id, "failure"))
    await assert_still_unpaid(workshop, order)
    proof = gateway.pay(started.payment.provider_order_id)
    assert (await workshop.confirm(guest, order, proof)).order.status is OrderStatus.CONFIRMED


class ConfusedGateway(MemoryPaymentGateway):
    """Says something else of a payment than what its proof was signed for."""

    says: GatewayPayment | None = None

    async def fetch_payment(self, provider_payment_id: str) -> GatewayPayment:
        """See PaymentGateway."""
        if self.says is None:
            raise GatewayRejected(self.provider, "no such payment")
        return self.says


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        (None, GatewayRejected),
        ({"provider_order_id": "order_of_somebody_else"}, PaymentNotAllowed),
        ({"provider_order_id": None}, PaymentNotAllowed),
        ({"amount": Money(100)}, AmountMismatch),
    ],
    ids=["unknown", "of another order", "of no order", "of another amount"],
)
async def test_a_genuine_proof_counts_for_nothing_when_the_gateway_says_otherwise(
    workshop: Workshop, changed: dict[str, Any] | None, refusal: type[DomainError]
) -> None:
    """What the gateway has in its books decides, not what the browser brings."""
    gateway = ConfusedGateway()
    workshop.ports.payment_gateway.override(providers.Object(gateway))
    order, guest = await workshop.order_waiting_for_money()
    started = await workshop.start_payment(guest, order)
    proof = gateway.pay(started.payment.provider_order_id)
    if changed is not None:
        seen = GatewayPayment(
            proof.provider_payment_id, proof.provider_order_id, order.total, GatewayPaymentStatus.CAPTURED, None
        )
        gateway.says = replace(seen, **changed)
    with pytest.raises(refusal):
        await workshop.confirm(guest, order, proof)
    await assert_still_unpaid(workshop, order)


async def test_the_proof_of_another_order_counts_for_nothing_whatever_the_gateway_says(workshop: Workshop) -> None:
    """It was signed for the other order: a gateway that mixes the two up makes it no better."""
    gateway = ConfusedGateway()
    workshop.ports.payment_gateway.override(providers.Object(gateway))
    order, guest = await workshop.order_waiting_for_money()
    own = await workshop.start_payment(guest, order)
    other, other_guest = await workshop.order_waiting_for_money()
    others = await workshop.start_payment(other_guest, other)
    proof = gateway.pay(others.payment.provider_order_id)
    gateway.says = GatewayPayment(
        proof.provider_payment_id, own.payment.provider_order_id, order.total, GatewayPaymentStatus.CAPTURED, None
    )
    with pytest.raises(PaymentNotAllowed):
        await workshop.confirm(guest, order, proof)
    await assert_still_unpaid(workshop, order)


async def test_a_proof_that_comes_after_the_order_expired_still_gets_the_shoes(workshop: Workshop) -> None:
    """Stock and week are there again, so the order stands."""
    order, guest = await workshop.order_waiting_for_money()
    proof = await workshop.customer_paid(guest, order)
    workshop.pass_time(minutes=31)
    await workshop.use.expire_unpaid_orders()()
    confirmed = await workshop.confirm(guest, order, proof)
    assert (confirmed.order.status, confirmed.order.payment_status) == (OrderStatus.CONFIRMED, PaymentStatus.PAID)
    assert await reservation_status(workshop, order) is ReservationStatus.COMMITTED
    assert await workshop.booked() == {"2026-W52": 1}


async def test_a_proof_that_comes_after_the_last_pair_went_to_somebody_else_is_kept_to_be_refunded() -> None:
    """The customer is told that the order stays cancelled; their money is not lost sight of."""
    roma = a_product().build()
    stock = [a_stock_item(each.sku, 1 if "sole" in each.sku else 99) for each in shelves_for(roma)]
    workshop = await Workshop.opened(roma, stock=stock)
    order, guest = await workshop.order_waiting_for_money()
    proof = await workshop.customer_paid(guest, order)
    workshop.pass_time(minutes=31)
    await workshop.use.expire_unpaid_orders()()
    await workshop.order_waiting_for_money()
    for _ in range(2):
        confirmed = await workshop.confirm(guest, order, proof)
        assert confirmed.payment.status is PaymentState.CAPTURED
        assert (confirmed.order.status, confirmed.order.payment_status) == (OrderStatus.CANCELLED, PaymentStatus.PAID)
    assert workshop.told("order.late_payment_unplaceable") == ["order.late_payment_unplaceable"]
    assert await workshop.booked() == {"2026-W52": 1}
