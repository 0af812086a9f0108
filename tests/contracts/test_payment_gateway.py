"""Every payment gateway keeps the promises of its port."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.money import Money
from ports.payment_gateway import (
    CheckoutParameters,
    CheckoutProof,
    GatewayPaymentStatus,
    GatewayRejected,
    GatewayUnavailable,
    InvalidCheckoutSignature,
)
from tests.contracts.payment_gateway_fixtures import GatewayCase, a_case, a_sandbox  # noqa: F401 - fixtures

pytestmark = pytest.mark.anyio

PRICE = Money(1_299_900)


async def test_names_its_provider(case: GatewayCase) -> None:
    """Payments are stored under the provider's name, so it never changes."""
    assert case.gateway.provider == case.provider


async def test_creates_an_order_of_the_amount_and_receipt_asked(case: GatewayCase) -> None:
    """The order is about what was asked, to the paisa."""
    order = await case.gateway.create_order(amount=PRICE, receipt="IS-2026-000001")

    assert (order.amount, order.receipt) == (PRICE, "IS-2026-000001")
    assert order.provider_order_id


async def test_every_call_creates_another_order(case: GatewayCase) -> None:
    """The receipt is no idempotency key."""
    first = await case.gateway.create_order(amount=PRICE, receipt="IS-2026-000002")
    second = await case.gateway.create_order(amount=PRICE, receipt="IS-2026-000002")

    assert first.provider_order_id != second.provider_order_id


@pytest.mark.parametrize(
    ("amount", "receipt"),
    [
        pytest.param(Money(99), "IS-2026-000003", id="less than a rupee"),
        pytest.param(Money(0), "IS-2026-000003", id="nothing"),
        pytest.param(Money(-100), "IS-2026-000003", id="less than nothing"),
        pytest.param(PRICE, "x" * 41, id="overlong receipt"),
    ],
)
async def test_rejects_an_order_that_can_never_be_paid(case: GatewayCase, amount: Money, receipt: str) -> None:
    """A refusal is a business error, with the provider's reason for the log."""
    with pytest.raises(GatewayRejected) as refusal:
        await case.gateway.create_order(amount=amount, receipt=receipt)

    assert refusal.value.provider == case.provider
    assert refusal.value.description


async def test_takes_the_least_amount_and_the_longest_receipt(case: GatewayCase) -> None:
    """The limits themselves are within."""
    order = await case.gateway.create_order(amount=Money(100), receipt="x" * 40)

    assert order.amount == Money(100)


async def test_checkout_carries_the_order_and_nothing_secret(case: GatewayCase) -> None:
    """A browser gets what it needs; only a sandbox names where to play the customer."""
    order = await case.gateway.create_order(amount=PRICE, receipt="IS-2026-000004")

    checkout = case.gateway.checkout(provider_order_id=order.provider_order_id, amount=order.amount)

    pay_url = None if case.pay_url is None else case.pay_url.format(order.provider_order_id)
    assert checkout == CheckoutParameters(checkout.key, order.provider_order_id, PRICE, pay_url)
    assert checkout.key


async def test_a_paid_order_has_a_valid_proof_and_a_captured_payment(case: GatewayCase) -> None:
    """What the customer paid is there, for that order and that amount."""
    order = await case.gateway.create_order(amount=PRICE, receipt="IS-2026-000005")

    proof = await case.world.pay(order.provider_order_id, "success")

    case.gateway.verify_checkout(proof)
    payment = await case.gateway.fetch_payment(proof.provider_payment_id)
    assert payment.provider_payment_id == proof.provider_payment_id
    assert payment.provider_order_id == order.provider_order_id
    assert payment.amount == PRICE
    assert payment.status is GatewayPaymentStatus.CAPTURED
    assert payment.error_reason is None


async def test_a_failed_payment_says_why_and_proves_nothing(case: GatewayCase) -> None:
    """Failing is an answer, not an error."""
    order = await case.gateway.create_order(amount=PRICE, receipt="IS-2026-000006")

    proof = await case.world.pay(order.provider_order_id, "failure")

    payment = await case.gateway.fetch_payment(proof.provider_payment_id)
    assert payment.status is GatewayPaymentStatus.FAILED
    assert payment.error_reason == "payment_failed"
    with pytest.raises(InvalidCheckoutSignature):
        case.gateway.verify_checkout(proof)


async def test_an_order_can_be_paid_after_a_failure(case: GatewayCase) -> None:
    """A second attempt is another payment of the same order."""
    order = await case.gateway.create_order(amount=PRICE, receipt="IS-2026-000007")
    failed = await case.world.pay(order.provider_order_id, "failure")

    paid = await case.world.pay(order.provider_order_id, "success")

    assert paid.provider_payment_id != failed.provider_payment_id
    case.gateway.verify_checkout(paid)


async def test_the_proof_of_one_order_is_not_valid_for_another(case: GatewayCase) -> None:
    """Nobody pays for boots with the proof of having paid for laces."""
    laces = await case.gateway.create_order(amount=Money(100), receipt="IS-2026-000008")
    boots = await case.gateway.create_order(amount=PRICE, receipt="IS-2026-000009")
    proof = await case.world.pay(laces.provider_order_id, "success")

    with pytest.raises(InvalidCheckoutSignature) as forged:
        case.gateway.verify_checkout(replace(proof, provider_order_id=boots.provider_order_id))

    assert forged.value.provider_order_id == boots.provider_order_id


@pytest.mark.parametrize("signature", ["", "0" * 64, "é" * 64, "\ud800", "x" * 100_000, "\x00"])
async def test_any_other_signature_is_invalid(case: GatewayCase, signature: str) -> None:
    """Whatever a browser sends, the answer is that it isn't signed by us."""
    with pytest.raises(InvalidCheckoutSignature):
        case.gateway.verify_checkout(CheckoutProof("order_1", "pay_1", signature))


async def test_the_order_of_the_two_ids_matters_to_the_signature(case: GatewayCase) -> None:
    """The proof is about this payment of this order."""
    order = await case.gateway.create_order(amount=PRICE, receipt="IS-2026-000010")
    proof = await case.world.pay(order.provider_order_id, "success")

    swapped = CheckoutProof(proof.provider_payment_id, proof.provider_order_id, proof.signature)
    with pytest.raises(InvalidCheckoutSignature):
        case.gateway.verify_checkout(swapped)


UNKNOWN = ["{}_00000000000000", "", "../orders", "{}_1?expand[]=card", "{}_é", "\x00", "{}_1/refund"]


@pytest.mark.parametrize("unknown", UNKNOWN)
async def test_rejects_what_does_not_exist(case: GatewayCase, unknown: str) -> None:
    """An unknown id, or what is no id at all, is refused and never an error of ours."""
    with pytest.raises(GatewayRejected):
        await case.gateway.fetch_payment(unknown.format("pay"))
    with pytest.raises(GatewayRejected):
        await case.gateway.payments_of(unknown.format("order"))
    with pytest.raises(GatewayRejected):
        await case.gateway.capture(unknown.format("pay"), PRICE)
    with pytest.raises(GatewayRejected):
        await case.gateway.refund(unknown.format("pay"), PRICE, reference="refund-0000000001")
    with pytest.raises(GatewayRejected):
        await case.gateway.fetch_refund(unknown.format("rfnd"))


async def test_an_unreachable_gateway_is_a_technical_error(case: GatewayCase) -> None:
    """Who asks is told to come back in a while."""
    gateway = case.unreachable
    with pytest.raises(GatewayUnavailable) as creating:
        await gateway.create_order(amount=PRICE, receipt="IS-2026-000011")
    with pytest.raises(GatewayUnavailable):
        await gateway.fetch_payment("pay_00000000000000")
    with pytest.raises(GatewayUnavailable):
        await gateway.payments_of("order_00000000000000")
    with pytest.raises(GatewayUnavailable):
        await gateway.capture("pay_00000000000000", PRICE)
    with pytest.raises(GatewayUnavailable):
        await gateway.refund("pay_00000000000000", PRICE, reference="refund-0000000001")
    with pytest.raises(GatewayUnavailable):
        await gateway.fetch_refund("rfnd_00000000000000")

    assert creating.value.port == "payment-gateway"
    assert creating.value.retry_after >= 1


async def test_an_unreachable_gateway_still_checks_signatures(case: GatewayCase) -> None:
    """Verifying and opening the checkout ask nobody."""
    case.unreachable.checkout(provider_order_id="order_1", amount=PRICE)

    with pytest.raises(InvalidCheckoutSignature):
        case.unreachable.verify_checkout(CheckoutProof("order_1", "pay_1", "0" * 64))
