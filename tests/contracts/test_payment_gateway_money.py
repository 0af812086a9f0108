"""What every payment gateway promises of money: it is captured once, may come late, and goes back in parts."""

from __future__ import annotations

from uuid import UUID

import pytest

from domain.money import Money
from ports.payment_gateway import GatewayPaymentStatus, GatewayRefundStatus, GatewayRejected
from tests.contracts.payment_gateway_fixtures import GatewayCase, Outcome, a_case, a_sandbox  # noqa: F401 - fixtures

pytestmark = pytest.mark.anyio

PRICE = Money(1_299_900)
REFERENCE, OTHER_REFERENCE = str(UUID(int=1)), "refund-of-IS-2026-000001_2"


async def an_order(case: GatewayCase) -> str:
    """The gateway's id of a new one."""
    return (await case.gateway.create_order(amount=PRICE, receipt="IS-2026-000001")).provider_order_id


async def a_payment(case: GatewayCase, outcome: Outcome = "success") -> str:
    """The gateway's id of a payment, of an order of its own."""
    return (await case.world.pay(await an_order(case), outcome)).provider_payment_id


async def status_of(case: GatewayCase, payment_id: str) -> GatewayPaymentStatus:
    """As it is now."""
    return (await case.gateway.fetch_payment(payment_id)).status


async def test_every_attempt_to_pay_an_order_is_told(case: GatewayCase) -> None:
    """Newest first, and of that order alone."""
    order_id = await an_order(case)
    assert await case.gateway.payments_of(order_id) == []
    failed = await case.world.pay(order_id, "failure")
    paid = await case.world.pay(order_id, "success")
    await a_payment(case)

    attempts = await case.gateway.payments_of(order_id)

    assert [each.provider_payment_id for each in attempts] == [paid.provider_payment_id, failed.provider_payment_id]
    assert attempts[0] == await case.gateway.fetch_payment(paid.provider_payment_id)


async def test_an_authorised_payment_is_captured_once(case: GatewayCase) -> None:
    """Its proof is as valid as any; asked again, the gateway tells that it is done."""
    proof = await case.world.pay(await an_order(case), "authorized")
    case.gateway.verify_checkout(proof)
    assert await status_of(case, proof.provider_payment_id) is GatewayPaymentStatus.AUTHORIZED

    captured = await case.gateway.capture(proof.provider_payment_id, PRICE)
    again = await case.gateway.capture(proof.provider_payment_id, PRICE)

    assert captured.status is GatewayPaymentStatus.CAPTURED
    assert again == captured == await case.gateway.fetch_payment(proof.provider_payment_id)


async def test_only_what_was_authorised_is_captured(case: GatewayCase) -> None:
    """Neither a part of it, nor a failure, nor a second payment of the same order."""
    order_id = await an_order(case)
    failed, first, second = [await case.world.pay(order_id, act) for act in ("failure", "authorized", "authorized")]

    with pytest.raises(GatewayRejected):
        await case.gateway.capture(first.provider_payment_id, PRICE - Money(1))
    with pytest.raises(GatewayRejected):
        await case.gateway.capture(failed.provider_payment_id, PRICE)
    await case.gateway.capture(first.provider_payment_id, PRICE)
    with pytest.raises(GatewayRejected):
        await case.gateway.capture(second.provider_payment_id, PRICE)

    assert await status_of(case, second.provider_payment_id) is GatewayPaymentStatus.AUTHORIZED


async def test_a_failed_payment_may_be_authorised_late(case: GatewayCase) -> None:
    """And then be captured; nothing is left of the failure."""
    payment_id = await a_payment(case, "failure")

    await case.world.authorize_late(payment_id)

    late = await case.gateway.fetch_payment(payment_id)
    assert (late.status, late.error_reason) == (GatewayPaymentStatus.AUTHORIZED, None)
    assert (await case.gateway.capture(payment_id, PRICE)).status is GatewayPaymentStatus.CAPTURED


async def test_a_refund_is_made_once_for_a_reference(case: GatewayCase) -> None:
    """However often it is asked for."""
    payment_id = await a_payment(case)

    refund = await case.gateway.refund(payment_id, PRICE, reference=REFERENCE)
    again = await case.gateway.refund(payment_id, PRICE, reference=REFERENCE)

    assert (refund.provider_payment_id, refund.amount, refund.reference) == (payment_id, PRICE, REFERENCE)
    assert refund.status is GatewayRefundStatus.PROCESSED
    assert again == refund == await case.gateway.fetch_refund(refund.provider_refund_id)
    assert await status_of(case, payment_id) is GatewayPaymentStatus.REFUNDED


async def test_a_reference_stands_for_one_refund(case: GatewayCase) -> None:
    """Another amount or payment is refused, not given."""
    payment_id, other_id = await a_payment(case), await a_payment(case)
    await case.gateway.refund(payment_id, Money(100), reference=OTHER_REFERENCE)

    with pytest.raises(GatewayRejected):
        await case.gateway.refund(payment_id, Money(101), reference=OTHER_REFERENCE)
    with pytest.raises(GatewayRejected):
        await case.gateway.refund(other_id, Money(100), reference=OTHER_REFERENCE)


async def test_parts_are_given_back_until_nothing_is_left(case: GatewayCase) -> None:
    """Never more than was captured."""
    payment_id = await a_payment(case)
    rest = PRICE - Money(100)
    await case.gateway.refund(payment_id, Money(100), reference=f"first-{payment_id}")
    assert await status_of(case, payment_id) is GatewayPaymentStatus.CAPTURED

    for amount in (rest + Money(1), PRICE, Money(99), Money(0), Money(-100)):
        with pytest.raises(GatewayRejected):
            await case.gateway.refund(payment_id, amount, reference=f"wrong-{payment_id}")
    await case.gateway.refund(payment_id, rest, reference=f"second-{payment_id}")

    assert await status_of(case, payment_id) is GatewayPaymentStatus.REFUNDED


@pytest.mark.parametrize("outcome", ["failure", "authorized"])
async def test_what_was_not_captured_is_not_given_back(case: GatewayCase, outcome: Outcome) -> None:
    """There is no money of ours in it."""
    payment_id = await a_payment(case, outcome)

    with pytest.raises(GatewayRejected):
        await case.gateway.refund(payment_id, Money(100), reference=f"refund-{payment_id}")


@pytest.mark.parametrize(
    "reference", ["", "123456789", "x" * 41, "with a space", "line\r\nbreak", "é" * 10, "\ud800" * 10]
)
async def test_a_reference_is_safe_in_a_header(case: GatewayCase, reference: str) -> None:
    """Whatever else is refused before it is sent."""
    payment_id = await a_payment(case)

    with pytest.raises(GatewayRejected):
        await case.gateway.refund(payment_id, Money(100), reference=reference)


async def test_a_refund_may_take_its_time(case: GatewayCase) -> None:
    """What waits counts as given; what failed can be given again, under another reference."""
    await case.world.take_time()
    payment_id = await a_payment(case)
    lost = await case.gateway.refund(payment_id, PRICE, reference=f"lost-{payment_id}")
    assert lost.status is GatewayRefundStatus.PENDING
    assert await status_of(case, payment_id) is GatewayPaymentStatus.REFUNDED

    await case.world.fail_refund(lost.provider_refund_id)
    assert await status_of(case, payment_id) is GatewayPaymentStatus.CAPTURED
    retried = await case.gateway.refund(payment_id, PRICE, reference=f"retried-{payment_id}")
    await case.world.settle_refund(retried.provider_refund_id)

    assert (await case.gateway.fetch_refund(lost.provider_refund_id)).status is GatewayRefundStatus.FAILED
    assert (await case.gateway.fetch_refund(retried.provider_refund_id)).status is GatewayRefundStatus.PROCESSED
    assert await status_of(case, payment_id) is GatewayPaymentStatus.REFUNDED
