"""Razorpay's orders, payments and refunds over HTTP. Sources: razorpay.com/docs (api, standard checkout)."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Final

import httpx
import msgspec

from adapters.payments.razorpay_answers import (
    PROVIDER,
    OrderAnswer,
    OrderId,
    PaymentAnswer,
    PaymentId,
    PaymentsAnswer,
    RefundAnswer,
    RefundId,
    failure_told_by,
    read_answer,
)
from domain.money import Money
from ports.payment_gateway import (
    CheckoutParameters,
    CheckoutProof,
    GatewayOrder,
    GatewayPayment,
    GatewayPaymentStatus,
    GatewayRefund,
    GatewayRejected,
    GatewayUnavailable,
    InvalidCheckoutSignature,
    PaymentGateway,
)

_TIMEOUT: Final = httpx.Timeout(10.0, connect=2.0)
_LONGEST_ANSWER: Final = 1 << 20  # bytes

_TAKEN: Final = frozenset({GatewayPaymentStatus.CAPTURED, GatewayPaymentStatus.REFUNDED})
_Reference = Annotated[str, msgspec.Meta(pattern=r"\A[A-Za-z0-9_-]{10,40}\Z")]

_Failures = tuple[type[Exception], ...]
_NEVER_SENT: Final[_Failures] = (httpx.ConnectError,)
_NO_ANSWER: Final[_Failures] = (httpx.TransportError, GatewayUnavailable)


@dataclass(frozen=True, slots=True)
class RazorpayAccount:
    """Our account, and where its API is.

    `sandbox_url` is set when `base_url` is the local stand-in: the address at which a
    customer's browser reaches it.
    """

    key_id: str
    key_secret: str = field(repr=False)
    base_url: str = "https://api.razorpay.com/v1"
    sandbox_url: str | None = None


class RazorpayGateway(PaymentGateway):
    """PaymentGateway at Razorpay. The client is given in, so that its connections are reused.

    `deadline` is in seconds, for a call and its repetition together: a read timeout alone
    never ends an answer that trickles.
    """

    provider = PROVIDER

    def __init__(self, client: httpx.AsyncClient, account: RazorpayAccount, *, deadline: float = 15.0) -> None:
        self._client = client
        self._deadline = deadline
        self._account = account
        self._auth = httpx.BasicAuth(account.key_id, account.key_secret)

    async def create_order(self, *, amount: Money, receipt: str) -> GatewayOrder:
        """See PaymentGateway. Repeated only if the first try can't have reached Razorpay."""
        order = {"amount": amount.minor, "currency": amount.currency, "receipt": receipt}
        request = self._request("POST", "/orders", order)
        response, body = await self._call(request, repeat_after=_NEVER_SENT)
        return read_answer(response, body, OrderAnswer).confirming(amount, receipt)

    def checkout(self, *, provider_order_id: str, amount: Money) -> CheckoutParameters:
        """See PaymentGateway."""
        sandbox = self._account.sandbox_url
        pay_url = None if sandbox is None else f"{sandbox.rstrip('/')}/_control/orders/{provider_order_id}/pay"
        return CheckoutParameters(self._account.key_id, provider_order_id, amount, pay_url)

    def verify_checkout(self, proof: CheckoutProof) -> None:
        """See PaymentGateway."""
        signed = _bytes(f"{proof.provider_order_id}|{proof.provider_payment_id}")
        expected = hmac.new(_bytes(self._account.key_secret), signed, "sha256").hexdigest()
        # Bytes, because compare_digest refuses text that isn't ASCII.
        if not hmac.compare_digest(_bytes(expected), _bytes(proof.signature)):
            raise InvalidCheckoutSignature(proof.provider_order_id)

    async def fetch_payment(self, provider_payment_id: str) -> GatewayPayment:
        """See PaymentGateway. Repeated once if there is no answer, as all that follow."""
        payment_id = _checked(provider_payment_id, PaymentId)
        response, body = await self._call(self._request("GET", f"/payments/{payment_id}"))
        return read_answer(response, body, PaymentAnswer).confirming(payment_id)

    async def payments_of(self, provider_order_id: str) -> list[GatewayPayment]:
        """See PaymentGateway."""
        order_id = _checked(provider_order_id, OrderId)
        response, body = await self._call(self._request("GET", f"/orders/{order_id}/payments"))
        return read_answer(response, body, PaymentsAnswer).confirming(order_id)

    async def capture(self, provider_payment_id: str, amount: Money) -> GatewayPayment:
        """See PaymentGateway. A refusal may only mean that it is done already, so the payment is looked at."""
        payment_id = _checked(provider_payment_id, PaymentId)
        wanted = {"amount": amount.minor, "currency": amount.currency}
        response, body = await self._call(self._request("POST", f"/payments/{payment_id}/capture", wanted))
        try:
            return read_answer(response, body, PaymentAnswer).confirming(payment_id)
        except GatewayRejected:
            payment = await self.fetch_payment(payment_id)
            if payment.status not in _TAKEN:
                raise
            return payment

    async def refund(self, provider_payment_id: str, amount: Money, *, reference: str) -> GatewayRefund:
        """See PaymentGateway. The reference is Razorpay's idempotency key, so repeating does no harm."""
        payment_id = _checked(provider_payment_id, PaymentId)
        key = _checked(reference, _Reference)
        wanted = {"amount": amount.minor, "receipt": key, "speed": "normal"}
        request = self._request("POST", f"/payments/{payment_id}/refund", wanted)
        request.headers["X-Refund-Idempotency"] = key
        response, body = await self._call(request)
        return read_answer(response, body, RefundAnswer).granting(payment_id, amount, key)

    async def fetch_refund(self, provider_refund_id: str) -> GatewayRefund:
        """See PaymentGateway."""
        refund_id = _checked(provider_refund_id, RefundId)
        response, body = await self._call(self._request("GET", f"/refunds/{refund_id}"))
        return read_answer(response, body, RefundAnswer).confirming(refund_id)

    def _request(self, method: str, path: str, wanted: Mapping[str, object] | None = None) -> httpx.Request:
        headers = {"accept": "application/json"} | ({} if wanted is None else {"content-type": "application/json"})
        content = None if wanted is None else msgspec.json.encode(wanted)
        url = self._account.base_url.rstrip("/") + path
        return self._client.build_request(method, url, content=content, headers=headers, timeout=_TIMEOUT)

    async def _call(
        self, request: httpx.Request, *, repeat_after: _Failures = _NO_ANSWER
    ) -> tuple[httpx.Response, bytes]:
        try:
            async with asyncio.timeout(self._deadline):
                try:
                    return await self._send(request)
                except repeat_after:
                    return await self._send(request)
        except (httpx.HTTPError, TimeoutError) as failure:
            raise GatewayUnavailable(type(failure).__name__) from failure

    async def _send(self, request: httpx.Request) -> tuple[httpx.Response, bytes]:
        response = await self._client.send(request, auth=self._auth, stream=True, follow_redirects=False)
        try:
            if response.is_server_error:
                raise failure_told_by(response)
            body = bytearray()
            async for part in response.aiter_bytes():
                body += part
                if len(body) > _LONGEST_ANSWER:
                    raise GatewayUnavailable("the answer is too long")
            return response, bytes(body)
        finally:
            await response.aclose()


def _checked(given: str, kind: object) -> str:
    """What goes into a path or a header, if it is of that kind (an annotated str). Raises GatewayRejected."""
    try:
        checked: str = msgspec.convert(given, kind)
    except msgspec.ValidationError:
        raise GatewayRejected(PROVIDER, "what was given is no id") from None
    return checked


def _bytes(text: str) -> bytes:
    """Never fails, not even on half a surrogate pair: what comes from a browser may be anything."""
    return text.encode(errors="surrogatepass")
