"""The Razorpay adapter at its sandbox on a bad day, and the messages that the sandbox sends to it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, Final

import httpx
import pytest
from litestar import Litestar, Request, Response, post

from adapters.payments.razorpay import RazorpayAccount, RazorpayGateway
from adapters.payments.razorpay_notices import RazorpayNotices
from domain.money import Money
from ports.payment_gateway import GatewayPaymentStatus, GatewayRefundStatus, GatewayUnavailable
from ports.payment_notices import PaymentNotice, RefundNotice
from ports.webhooks import WebhookCall, WebhookRejected
from tests.contracts.payment_gateway_fixtures import running_razorpay_sandbox
from tests.unit.sandbox.kit.server import served

pytestmark = pytest.mark.anyio

AnyRequest = Request[Any, Any, Any]  # Litestar's generics name user, auth and state: nothing here reads them
PRICE: Final = Money(649_900)
SECRET: Final = "the-secret-of-the-webhook"


class Shop:
    """Our end: the adapters, and a customer who pays at once."""

    def __init__(self, client: httpx.AsyncClient, account: RazorpayAccount) -> None:
        self.gateway = RazorpayGateway(client, account)
        self.notices = RazorpayNotices(SECRET)
        self.told: list[PaymentNotice | RefundNotice | None] = []
        self.ids: list[str] = []
        self.rejections: list[str] = []
        self._client = client
        self._control = f"{account.base_url}/_control"

    async def order(self, *, path: str, **fault: object) -> None:
        """Have the sandbox strike the next call to that path."""
        (await self._client.post(f"{self._control}/faults", json={"path": path, **fault})).raise_for_status()

    async def listen(self, url: str, **mischief: object) -> None:
        """Have the sandbox send its webhooks there, and misbehave."""
        wish = {"url": f"{url}/razorpay", "mischief": mischief}
        (await self._client.post(f"{self._control}/webhooks", json=wish)).raise_for_status()

    async def a_payment(self, outcome: str = "success") -> str:
        """The gateway's id of one."""
        order = await self.gateway.create_order(amount=PRICE, receipt="SC-1001")
        await self._client.post(f"{self._control}/orders/{order.provider_order_id}/pay", json={"outcome": outcome})
        return (await self.gateway.payments_of(order.provider_order_id))[0].provider_payment_id

    async def hears(self, number: int) -> None:
        """Wait until so many messages were taken in."""
        async with asyncio.timeout(20):
            while len(self.told) < number:  # noqa: ASYNC110 - they come from another process
                await asyncio.sleep(0.01)

    def app(self) -> Litestar:
        """Where the sandbox sends them."""

        @post("/razorpay", status_code=200)
        async def receive(request: AnyRequest) -> Response[None]:
            call = WebhookCall(dict(request.headers), await request.body(), datetime.now(UTC))
            try:
                self.ids.append(self.notices.authenticate(call))
            except WebhookRejected as rejected:
                self.rejections.append(rejected.reason)
                return Response(None, status_code=401)
            self.told.append(self.notices.read(call.body))
            return Response(None)

        return Litestar([receive], openapi_config=None)


@asynccontextmanager
async def a_shop(*options: str) -> AsyncIterator[Shop]:
    """A shop at a sandbox of its own, which has started with these options."""
    with running_razorpay_sandbox(*options) as account:
        async with httpx.AsyncClient(trust_env=False) as client:
            yield Shop(client, account)


async def test_a_refund_whose_answer_got_lost_is_made_once() -> None:
    """The adapter asks again with the same key, and is told of the same refund."""
    async with a_shop() as shop:
        payment_id = await shop.a_payment()
        await shop.order(path="*/refund", kind="timeout_after", seconds=0.1)

        refund = await shop.gateway.refund(payment_id, Money(100), reference="refund-0000000001")

        again = await shop.gateway.refund(payment_id, Money(100), reference="refund-0000000001")
        rest = await shop.gateway.refund(payment_id, PRICE - Money(100), reference="refund-0000000002")
        assert (refund, rest.status) == (again, GatewayRefundStatus.PROCESSED)


async def test_a_capture_whose_answer_got_lost_is_told() -> None:
    """The repetition is refused, and the payment says why."""
    async with a_shop() as shop:
        payment_id = await shop.a_payment("authorized")
        await shop.order(path="*/capture", kind="timeout_after", seconds=0.1)

        assert (await shop.gateway.capture(payment_id, PRICE)).status is GatewayPaymentStatus.CAPTURED


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "reset", "times": 2},
        {"kind": "timeout_before", "seconds": 0.1, "times": 2},
        {"kind": "malformed"},
        {"kind": "ok_with_error", "body": {"error": {"description": "no"}}},
        {"kind": "status", "status": 502, "body": "<html>Bad gateway</html>", "times": 2},
        {"kind": "status", "status": 429, "headers": {"retry-after": "7"}},
        {"kind": "status", "status": 400, "body": "<html>Blocked</html>"},
    ],
)
async def test_a_bad_day_is_a_technical_error(fault: dict[str, object]) -> None:
    """And passes."""
    async with a_shop() as shop:
        payment_id = await shop.a_payment()
        await shop.order(path="/v1/payments/*", **fault)

        with pytest.raises(GatewayUnavailable):
            await shop.gateway.fetch_payment(payment_id)

        assert (await shop.gateway.fetch_payment(payment_id)).status is GatewayPaymentStatus.CAPTURED


async def test_what_the_sandbox_tells_is_understood() -> None:
    """A payment and its refund, each as it was at each step; duplicates have the same id, forgeries stay outside."""
    async with a_shop("--webhook-secret", SECRET) as shop, served(shop.app()) as url:
        await shop.listen(url, copies=2, forged=1.0)

        payment_id = await shop.a_payment()
        await shop.gateway.refund(payment_id, PRICE, reference="refund-0000000001")
        await shop.hears(10)

    payments = [each.payment for each in shop.told if isinstance(each, PaymentNotice)]
    refunds = [each.refund for each in shop.told if isinstance(each, RefundNotice)]
    assert {each.provider_payment_id for each in payments} == {payment_id}
    assert {each.status for each in payments} == {GatewayPaymentStatus.AUTHORIZED, GatewayPaymentStatus.CAPTURED}
    assert {each.reference for each in refunds} == {"refund-0000000001"}
    assert (len(payments), len(refunds)) == (6, 4)
    assert len(set(shop.ids)) == 5
    assert shop.rejections == ["bad-signature"] * 5
