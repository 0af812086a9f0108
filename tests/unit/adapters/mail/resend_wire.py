"""Resend's end of the wire: its answers, and what may come instead of them."""

from __future__ import annotations

import json
from collections.abc import Callable

import httpx

from adapters.mail.resend import ResendAccount, ResendMailer
from ports.mailer import Message

Wire = Callable[[httpx.Request], httpx.Response]

ACCOUNT = ResendAccount("re_do_not_leak_this_key", "Italian Shoes <orders@italianshoes.example>")
MESSAGE = Message(
    to="asha@example.com",
    subject="Thank you",
    html="<p>Thank you</p>",
    text="Thank you\n",
    kind="order_placed",
)
SENT = {"id": "7b1f6a0e-3a55-4a0c-9b0a-1f2e3d4c5b6a"}


def refusal(status: int, name: str, message: str = "") -> dict[str, object]:
    """An answer in the documented shape."""
    return {"statusCode": status, "name": name, "message": message}


class Scripted:
    """A wire that gives these answers (or failures) in turn, the last one for ever, and counts."""

    def __init__(self, *script: httpx.Response | Exception) -> None:
        self._script = list(script)
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self._script.pop(0) if len(self._script) > 1 else self._script[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


def answering(status: int, body: object = None, *, raw: bytes | None = None, **headers: str) -> Scripted:
    """A wire that always gives that answer."""
    content = json.dumps(body).encode() if raw is None else raw
    return Scripted(httpx.Response(status, content=content, headers=headers))


async def send(wire: Wire, *, deadline: float = 15.0) -> None:
    """Send MESSAGE over that wire, with the key "event-1:tell"."""
    async with httpx.AsyncClient(transport=httpx.MockTransport(wire)) as client:
        await ResendMailer(client, ACCOUNT, deadline=deadline).send(MESSAGE, idempotency_key="event-1:tell")
