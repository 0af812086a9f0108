"""The payment gateway's sandbox, from all sides: its account, its customers, its banks, and what it tells."""

from __future__ import annotations

import base64
import hmac
import json
from dataclasses import dataclass
from typing import Final

from tests.faults.door import Answer, Door, Json
from tests.faults.guests import BASE
from tests.faults.market import Market

_WEBHOOK: Final = f"{BASE}/webhooks/payments/razorpay"


@dataclass(frozen=True, slots=True)
class Message:
    """What the gateway tells of one event."""

    event_id: str
    kind: str
    body: bytes

    async def bring(self, door: Door, secret: str) -> Answer:
        """Bring it to the shop, signed with that secret, whoever's it is."""
        signature = hmac.new(secret.encode(), self.body, "sha256").hexdigest()
        headers = {"X-Razorpay-Signature": signature, "X-Razorpay-Event-Id": self.event_id}
        return await door.ask("POST", _WEBHOOK, headers=headers, body=self.body)


class Gateway:
    """The sandbox of a market. By itself, it tells everything at once, once, and in order."""

    def __init__(self, market: Market) -> None:
        self._market = market
        settings = market.shop.settings
        self.webhook_secret: Final = settings.razorpay_webhook_secret
        self._door = market.door_to(settings.razorpay_url)
        account = base64.b64encode(f"{settings.razorpay_key_id}:{settings.razorpay_key_secret}".encode()).decode()
        self._headers = {"Authorization": f"Basic {account}"}

    async def order(self, provider_order_id: str) -> Json:
        """What was announced."""
        return (await self._door.ask("GET", f"/v1/orders/{provider_order_id}", headers=self._headers)).document

    async def pay(self, provider_order_id: str, outcome: str = "success") -> Json:
        """A customer pays ("success"), as far as the bank's promise ("authorized"), or tries to ("failure").

        Returns what the gateway's checkout gives to the browser.
        """
        return await self._control("POST", f"/orders/{provider_order_id}/pay", {"outcome": outcome})

    async def capture_late(self, payment_id: str) -> None:
        """A payment that had failed is authorised and captured after all."""
        await self._control("POST", f"/payments/{payment_id}/capture")

    async def contents(self) -> Json:
        """All orders, payments and refunds."""
        return await self._control("GET", "/state")

    async def strike(self, *faults: Json) -> None:
        """Order faults for the account's calls, see the sandbox's kit."""
        await self._control("POST", "/faults", [*faults])

    async def hold_back(self) -> None:
        """Tell nothing until `tell`."""
        await self._control("POST", "/webhooks", {"paused": True})

    async def tell(self) -> None:
        """Tell all that was held back, and go on telling."""
        await self._control("POST", "/webhooks", {"paused": False})

    async def misbehave(self, **mischief: object) -> None:
        """Tell in a worse manner from now on, see the sandbox's kit."""
        await self._control("POST", "/webhooks", {"mischief": mischief})

    async def fall_silent(self) -> None:
        """List what there would be to tell, and tell nothing of it."""
        await self._control("POST", "/webhooks", {"url": None})

    async def messages(self) -> list[Message]:
        """All that was told or would have been, oldest first."""
        told = (await self._control("GET", "/webhooks"))["deliveries"]
        return [Message(each["event_id"], each["kind"], json.dumps(each["body"]).encode()) for each in reversed(told)]

    async def is_at_rest(self) -> bool:
        """Whether all that it told was heard and handled, and led to nothing more to tell."""
        told = await self._told()
        return told is not None and await self._market.is_quiet() and told == await self._told()

    async def _told(self) -> int | None:
        """How much; None while some of it was not acknowledged."""
        told = (await self._control("GET", "/webhooks"))["deliveries"]
        return None if any(each["state"] == "waiting" for each in told) else len(told)

    async def _control(self, method: str, path: str, body: object = None) -> Json:
        answer = await self._door.ask(method, f"/_control{path}", body=body)
        assert answer.status in {200, 201}, f"{method} {path}: {answer.response.body.decode()}"
        return answer.document
