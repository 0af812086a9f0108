"""Razorpay's orders and payments over HTTP. Sources: razorpay.com/docs (api, standard checkout)."""

from __future__ import annotations

import asyncio
import hmac
from dataclasses import dataclass, field
from typing import Final

import httpx
import msgspec

from adapters.payments.razorpay_answers import (
    PROVIDER,
    OrderAnswer,
    PaymentAnswer,
    PaymentId,
    failure_told_by,
    read_answer,
)
from domain.money import Money
from ports.payment_gateway import (
    CheckoutParameters,
    CheckoutProof,
    GatewayOrder,
    GatewayPayment,
    GatewayRejected,
    GatewayUnavailable,
    InvalidCheckoutSignature,
    PaymentGateway,
)

_TIMEOUT: Final = httpx.Timeout(10.0, connect=2.0)
_LONGEST_ANSWER: Final = 1 << 20  # bytes

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
        request = self._request("POST", "/orders", msgspec.json.encode(order))
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
        """See PaymentGateway. Repeated once if there is no answer."""
        try:
            payment_id = msgspec.convert(provider_payment_id, PaymentId)
        except msgspec.ValidationError:
            raise GatewayRejected(self.provider, "not the id of a payment") from None
        response, body = await self._call(self._request("GET", f"/payments/{payment_id}"), repeat_after=_NO_ANSWER)
        return read_answer(response, body, PaymentAnswer).confirming(payment_id)

    def _request(self, method: str, path: str, content: bytes | None = None) -> httpx.Request:
        headers = {"accept": "application/json"} | ({} if content is None else {"content-type": "application/json"})
        url = self._account.base_url.rstrip("/") + path
        return self._client.build_request(method, url, content=content, headers=headers, timeout=_TIMEOUT)

    async def _call(self, request: httpx.Request, *, repeat_after: _Failures) -> tuple[httpx.Response, bytes]:
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


def _bytes(text: str) -> bytes:
    """Never fails, not even on half a surrogate pair: what comes from a browser may be anything."""
    return text.encode(errors="surrogatepass")
