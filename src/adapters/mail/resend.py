"""Mail through Resend's HTTP API. Sources: resend.com/docs (api-reference, errors, idempotency keys)."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Final

import httpx
import msgspec

from adapters.mail.resend_answers import check_sent
from ports.mailer import Mailer, MailUnavailable, Message

_TIMEOUT: Final = httpx.Timeout(10.0, connect=2.0)
_LONGEST_ANSWER: Final = 1 << 16  # bytes


@dataclass(frozen=True, slots=True)
class ResendAccount:
    """Our account, whom its mails are from (`Italian Shoes <orders@…>`), and where the API is."""

    api_key: str = field(repr=False)
    sender: str
    base_url: str = "https://api.resend.com"


class ResendMailer(Mailer):
    """Mailer at Resend, which remembers an idempotency key for a day. The client is given in.

    `deadline` is in seconds, for a call and its repetition together: a read timeout alone
    never ends an answer that trickles.
    """

    def __init__(self, client: httpx.AsyncClient, account: ResendAccount, *, deadline: float = 15.0) -> None:
        self._client = client
        self._account = account
        self._deadline = deadline

    async def send(self, message: Message, *, idempotency_key: str) -> None:
        """See Mailer. Repeated once if there is no answer: the key makes that safe."""
        request = self._request(message, idempotency_key)
        try:
            async with asyncio.timeout(self._deadline):
                try:
                    response, body = await self._ask(request)
                except httpx.TransportError:
                    response, body = await self._ask(request)
        except (httpx.HTTPError, TimeoutError) as failure:
            raise MailUnavailable(type(failure).__name__) from failure
        check_sent(response, body)

    def _request(self, message: Message, idempotency_key: str) -> httpx.Request:
        email = {
            "from": self._account.sender,
            "to": [message.to],
            "subject": message.subject,
            "html": message.html,
            "text": message.text,
            "tags": [{"name": "kind", "value": message.kind}],
        }
        headers = {
            "accept": "application/json",
            "authorization": f"Bearer {self._account.api_key}",
            "content-type": "application/json",
            "idempotency-key": idempotency_key,
        }
        url = self._account.base_url.rstrip("/") + "/emails"
        return self._client.build_request(
            "POST", url, content=msgspec.json.encode(email), headers=headers, timeout=_TIMEOUT
        )

    async def _ask(self, request: httpx.Request) -> tuple[httpx.Response, bytes]:
        response = await self._client.send(request, stream=True, follow_redirects=False)
        try:
            body = bytearray()
            async for part in response.aiter_bytes():
                body += part
                if len(body) > _LONGEST_ANSWER:
                    raise MailUnavailable("the answer is too long")
            return response, bytes(body)
        finally:
            await response.aclose()
