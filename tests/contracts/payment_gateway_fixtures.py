"""The payment gateways that the contract is checked on, each with its customer."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from typing import Literal

import httpx

from adapters.memory.payment_gateway import MemoryPaymentGateway
from adapters.payments.razorpay import RazorpayAccount, RazorpayGateway
from bootstrap.embedded import answers, free_port
from ports.payment_gateway import CheckoutProof, PaymentGateway

Outcome = Literal["success", "failure"]


@dataclass(frozen=True, slots=True)
class GatewayCase:
    """A gateway to check.

    `pay` plays the customer of an order, `unreachable` is the same gateway when nothing
    answers, `sandbox_pay_url` what its checkout should name for an order.
    """

    gateway: PaymentGateway
    unreachable: PaymentGateway
    provider: str
    pay: Callable[[str, Outcome], Awaitable[CheckoutProof]]
    sandbox_pay_url: Callable[[str], str | None]


def memory_case() -> GatewayCase:
    """The gateway in memory."""
    gateway, unreachable = MemoryPaymentGateway(), MemoryPaymentGateway()
    unreachable.unavailable = True

    async def pay(order_id: str, outcome: Outcome) -> CheckoutProof:
        return gateway.pay(order_id, outcome)

    return GatewayCase(gateway, unreachable, "memory", pay, lambda order_id: None)


@asynccontextmanager
async def razorpay_case(account: RazorpayAccount) -> AsyncIterator[GatewayCase]:
    """The gateway for Razorpay, at the sandbox that serves `account`."""
    nobody = replace(account, base_url=f"http://127.0.0.1:{free_port()}/v1")

    def pay_url(order_id: str) -> str:
        return f"{account.base_url}/_control/orders/{order_id}/pay"

    async with httpx.AsyncClient() as client:

        async def pay(order_id: str, outcome: Outcome) -> CheckoutProof:
            told = (await client.post(pay_url(order_id), json={"outcome": outcome})).raise_for_status().json()
            if outcome == "failure":
                return CheckoutProof(order_id, told["error"]["metadata"]["payment_id"], signature="")
            return CheckoutProof(told["razorpay_order_id"], told["razorpay_payment_id"], told["razorpay_signature"])

        gateway, unreachable = RazorpayGateway(client, account), RazorpayGateway(client, nobody)
        yield GatewayCase(gateway, unreachable, "razorpay", pay, pay_url)


@contextmanager
def running_razorpay_sandbox(*options: str) -> Iterator[RazorpayAccount]:
    """A sandbox in a process of its own, ready, and how to reach it. `options` go on its command line."""
    port = free_port()
    base_url = f"http://127.0.0.1:{port}/v1"
    account = RazorpayAccount("rzp_test_Contract000001", "the-secret-of-the-contract", base_url, base_url)
    credentials = ["--key-id", account.key_id, "--key-secret", account.key_secret]
    argv = [sys.executable, "-m", "sandbox.razorpay", "--port", str(port), *credentials, *options]
    with subprocess.Popen(argv, stderr=subprocess.PIPE, text=True) as process:
        try:
            _wait_until_ready(process, port)
            yield account
        finally:
            process.terminate()


def _wait_until_ready(process: subprocess.Popen[str], port: int) -> None:
    deadline = time.monotonic() + 30
    while not answers(port, "/health"):
        assert time.monotonic() < deadline, "the sandbox is not ready after 30 seconds"
        try:
            process.wait(0.02)
        except subprocess.TimeoutExpired:
            continue
        raise AssertionError(f"the sandbox ended: {process.communicate()[1]}")
