"""The customer of the gateway in memory pays as a real one can."""

from __future__ import annotations

import pytest

from adapters.memory.payment_gateway import MemoryPaymentGateway
from domain.money import Money
from ports.payment_gateway import GatewayRejected, GatewayUnavailable, InvalidCheckoutSignature

pytestmark = pytest.mark.anyio


async def test_a_paid_order_is_not_paid_again() -> None:
    """As at a real gateway: no second payment, not even a failed one."""
    gateway = MemoryPaymentGateway()
    order = await gateway.create_order(amount=Money(100), receipt="IS-2026-000001")
    gateway.pay(order.provider_order_id)

    with pytest.raises(GatewayRejected):
        gateway.pay(order.provider_order_id)
    with pytest.raises(GatewayRejected):
        gateway.pay(order.provider_order_id, "failure")


async def test_an_unknown_order_is_not_paid() -> None:
    """Nothing was announced, so nothing can be paid."""
    with pytest.raises(GatewayRejected):
        MemoryPaymentGateway().pay("order_00000000000000")


async def test_the_proof_of_another_gateway_is_not_ours() -> None:
    """Each has a secret of its own."""
    ours, other = MemoryPaymentGateway(), MemoryPaymentGateway()
    order = await other.create_order(amount=Money(100), receipt="IS-2026-000001")

    with pytest.raises(InvalidCheckoutSignature):
        ours.verify_checkout(other.pay(order.provider_order_id))


async def test_it_comes_back_with_what_it_knew() -> None:
    """An outage loses nothing."""
    gateway = MemoryPaymentGateway()
    order = await gateway.create_order(amount=Money(100), receipt="IS-2026-000001")
    proof = gateway.pay(order.provider_order_id)

    gateway.unavailable = True
    with pytest.raises(GatewayUnavailable):
        await gateway.fetch_payment(proof.provider_payment_id)
    gateway.unavailable = False

    assert (await gateway.fetch_payment(proof.provider_payment_id)).amount == Money(100)
