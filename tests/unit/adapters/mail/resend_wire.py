"""Resend's end of the wire: its answers, and what may come instead of them."""

from __future__ import annotations

import httpx

from adapters.mail.resend import ResendAccount, ResendMailer
from ports.mailer import Message
from tests.harness.scripted_wire import Wire

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


async def send(wire: Wire, *, deadline: float = 15.0) -> None:
    """Send MESSAGE over that wire, with the key "event-1:tell"."""
    async with httpx.AsyncClient(transport=httpx.MockTransport(wire)) as client:
        await ResendMailer(client, ACCOUNT, deadline=deadline).send(MESSAGE, idempotency_key="event-1:tell")
