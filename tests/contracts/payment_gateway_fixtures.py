"""The payment gateways that the contract is checked on, each with its customers and its bank."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol

import httpx
import pytest

from adapters.memory.payment_gateway import MemoryPaymentGateway
from adapters.payments.razorpay import RazorpayAccount, RazorpayGateway
from bootstrap.embedded import free_port
from ports.payment_gateway import CheckoutProof, GatewayRefundStatus, PaymentGateway
from tests.harness.sandbox import running_sandbox

Outcome = Literal["success", "authorized", "failure"]


class World(Protocol):
    """What is beyond a gateway: customers and banks."""

    @abstractmethod
    async def pay(self, order_id: str, outcome: Outcome) -> CheckoutProof:
        """The customer of an order goes through the checkout."""

    @abstractmethod
    async def authorize_late(self, payment_id: str) -> None:
        """The bank authorises a failed payment after all."""

    @abstractmethod
    async def take_time(self) -> None:
        """From now on, refunds wait for the bank."""

    @abstractmethod
    async def settle_refund(self, refund_id: str) -> None:
        """A waiting refund arrives."""

    @abstractmethod
    async def fail_refund(self, refund_id: str) -> None:
        """A waiting refund can't be paid out."""


@dataclass(frozen=True, slots=True)
class GatewayCase:
    """A gateway to check.

    `unreachable` is the same gateway when nothing answers, `pay_url` what its checkout
    should name for an order, with `{}` where its id stands.
    """

    gateway: PaymentGateway
    unreachable: PaymentGateway
    provider: str
    world: World
    pay_url: str | None


class _MemoryWorld(World):
    def __init__(self, gateway: MemoryPaymentGateway) -> None:
        self._gateway = gateway

    async def pay(self, order_id: str, outcome: Outcome) -> CheckoutProof:
        return self._gateway.pay(order_id, outcome)

    async def authorize_late(self, payment_id: str) -> None:
        self._gateway.authorize_late(payment_id)

    async def take_time(self) -> None:
        self._gateway.new_refunds = GatewayRefundStatus.PENDING

    async def settle_refund(self, refund_id: str) -> None:
        self._gateway.settle_refund(refund_id)

    async def fail_refund(self, refund_id: str) -> None:
        self._gateway.fail_refund(refund_id)


def memory_case() -> GatewayCase:
    """The gateway in memory."""
    gateway, unreachable = MemoryPaymentGateway(), MemoryPaymentGateway()
    unreachable.unavailable = True
    return GatewayCase(gateway, unreachable, "memory", _MemoryWorld(gateway), None)


class _RazorpayWorld(World):
    def __init__(self, client: httpx.AsyncClient, base_url: str) -> None:
        self._client = client
        self._control = f"{base_url}/_control"

    async def pay(self, order_id: str, outcome: Outcome) -> CheckoutProof:
        told = await self._ask("POST", f"/orders/{order_id}/pay", {"outcome": outcome})
        if outcome == "failure":
            return CheckoutProof(order_id, told["error"]["metadata"]["payment_id"], signature="")
        return CheckoutProof(told["razorpay_order_id"], told["razorpay_payment_id"], told["razorpay_signature"])

    async def authorize_late(self, payment_id: str) -> None:
        await self._ask("POST", f"/payments/{payment_id}/authorize")

    async def take_time(self) -> None:
        await self._ask("PUT", "/settings", {"refunds": "pending"})

    async def settle_refund(self, refund_id: str) -> None:
        await self._ask("POST", f"/refunds/{refund_id}/settle")

    async def fail_refund(self, refund_id: str) -> None:
        await self._ask("POST", f"/refunds/{refund_id}/fail")

    async def be_as_at_the_start(self) -> None:
        """For the next test: the sandbox is shared."""
        await self._ask("PUT", "/settings", {})

    async def _ask(self, method: str, path: str, body: object = None) -> Any:  # Any: JSON
        response = await self._client.request(method, self._control + path, json=body)
        return response.raise_for_status().json()


@asynccontextmanager
async def razorpay_case(account: RazorpayAccount) -> AsyncIterator[GatewayCase]:
    """The gateway for Razorpay, at the sandbox that serves `account`."""
    nobody = replace(account, base_url=f"http://127.0.0.1:{free_port()}/v1")
    async with httpx.AsyncClient() as client:
        world = _RazorpayWorld(client, account.base_url)
        gateway, unreachable = RazorpayGateway(client, account), RazorpayGateway(client, nobody)
        yield GatewayCase(gateway, unreachable, "razorpay", world, f"{account.base_url}/_control/orders/{{}}/pay")
        await world.be_as_at_the_start()


@pytest.fixture(name="razorpay_sandbox", scope="session")
def a_sandbox() -> Iterator[RazorpayAccount]:
    """A sandbox that the tests of a module share."""
    with running_razorpay_sandbox() as account:
        yield account


@pytest.fixture(name="case", params=["memory", "razorpay"])
async def a_case(request: pytest.FixtureRequest) -> AsyncIterator[GatewayCase]:
    """Each gateway in turn."""
    if request.param == "memory":
        yield memory_case()
    else:
        async with razorpay_case(request.getfixturevalue("razorpay_sandbox")) as case:
            yield case


@contextmanager
def running_razorpay_sandbox(*options: str) -> Iterator[RazorpayAccount]:
    """A sandbox in a process of its own, ready, and how to reach it. `options` go on its command line."""
    account = RazorpayAccount("rzp_test_Contract000001", "the-secret-of-the-contract")
    credentials = ["--key-id", account.key_id, "--key-secret", account.key_secret]
    with running_sandbox("razorpay", *credentials, *options) as port:
        base_url = f"http://127.0.0.1:{port}/v1"
        yield replace(account, base_url=base_url, sandbox_url=base_url)
