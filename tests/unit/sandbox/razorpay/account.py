"""The sandbox in this process, as the holder of its account and the customers use it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from litestar import Litestar
from litestar.testing import TestClient

from sandbox.kit.webhooks import WebhookSender
from sandbox.razorpay.app import create_app
from sandbox.razorpay.events import announcing, razorpay_webhooks
from sandbox.razorpay.ledger import Ledger

KEY_ID, KEY_SECRET = "rzp_test_Unit0000000001", "the-secret-of-the-unit-tests"
NOW = 1_777_872_000

WEBHOOK_SECRET = "the-secret-of-the-webhook"

Json = dict[str, Any]  # Any: what a JSON body holds is what the tests find out


class Moment:
    """A clock that a test turns. Unix seconds."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> float:
        return self.now + 0.9


def sandbox(webhooks: WebhookSender, clock: Callable[[], float]) -> Litestar:
    """The sandbox of a fresh account, which tells what happens."""
    ledger = Ledger(KEY_SECRET, announce=announcing(webhooks, clock), clock=clock)
    return create_app(ledger, webhooks, key_id=KEY_ID, key_secret=KEY_SECRET)


class RazorpayAccountHolder:
    """Asks the sandbox with the right keys, at `moment`."""

    def __init__(self) -> None:
        self.moment = Moment()
        self.client: TestClient[Litestar] = TestClient(sandbox(razorpay_webhooks(None, WEBHOOK_SECRET), self.moment))

    def ask(self, method: str, path: str, body: object = None, *, key: str | None = None, status: int = 200) -> Json:
        """The body of an answer, which must have that status. `key` is a refund's idempotency key."""
        response = self.client.request(
            method,
            f"/v1{path}",
            auth=(KEY_ID, KEY_SECRET),
            json=body,
            headers={} if key is None else {"X-Refund-Idempotency": key},
        )
        assert response.status_code == status, response.text
        answer: Json = response.json()
        return answer

    def refused(
        self, method: str, path: str, body: object = None, *, key: str | None = None, status: int = 400
    ) -> Json:
        """The error object of an answer that must be a refusal."""
        error: Json = self.ask(method, path, body, key=key, status=status)["error"]
        return error

    def order(self, amount: int = 649_900, **fields: object) -> Json:
        """A new order."""
        return self.ask("POST", "/orders", {"amount": amount, "currency": "INR", **fields})

    def pay(self, order: Json, outcome: str = "success", **fields: object) -> Json:
        """What the checkout hands to the browser of the customer who pays that order."""
        return self.ask("POST", f"/_control/orders/{order['id']}/pay", {"outcome": outcome, **fields})

    def payment(self, order: Json, outcome: str = "success") -> Json:
        """A new payment of that order."""
        self.pay(order, outcome)
        newest: Json = self.ask("GET", f"/orders/{order['id']}/payments")["items"][0]
        return newest

    def control(self, method: str, path: str, body: object = None) -> Json:
        """What a control endpoint answers."""
        return self.ask(method, f"/_control{path}", body)

    def set_account(self, **settings: object) -> None:
        """What isn't named is as at the start."""
        self.control("PUT", "/settings", settings)

    def told(self) -> list[Json]:
        """The bodies of the webhooks, oldest first."""
        return [each["body"] for each in self.control("GET", "/webhooks")["deliveries"][::-1]]
