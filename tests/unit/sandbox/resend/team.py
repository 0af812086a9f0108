"""The sandbox in this process, as a team with an API key uses it."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Litestar
from litestar.testing import TestClient

from sandbox.kit.webhooks import WebhookSender
from sandbox.resend.app import create_app
from sandbox.resend.events import Event, svix_signer
from sandbox.resend.mailroom import Mailroom
from sandbox.resend.rate_limit import RateLimit

API_KEY = "re_Unit_000000000000000000000001"
SECRET = "whsec_dGhlLXNlY3JldC1vZi10aGUtdW5pdC10ZXN0cw=="
NOW = 1_777_846_362

EMAIL = {
    "from": "Solecraft <orders@solecraft.example>",
    "to": ["asha@example.com"],
    "subject": "Order SC-1001 confirmed",
    "html": "<p>Thank you</p>",
    "text": "Thank you",
    "tags": [{"name": "kind", "value": "order_confirmation"}],
}

Json = dict[str, Any]  # Any: what a JSON body holds is what the tests find out


class Moment:
    """A clock that a test turns. Unix seconds."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> float:
        return self.now + 0.674981


class ResendTeam:
    """Asks the sandbox with the right key, at `moment`; `events` is what it told by webhook."""

    def __init__(self, *, per_second: int = 0) -> None:
        self.moment = Moment()
        self.events: list[Json] = []
        mailroom = Mailroom(tell=self._hear, clock=self.moment)
        webhooks = WebhookSender(None, sign=svix_signer(SECRET), signature_header="svix-signature")
        limit = RateLimit(per_second, clock=self.moment)
        self.client: TestClient[Litestar] = TestClient(create_app(mailroom, webhooks, api_key=API_KEY, limit=limit))

    def ask(
        self, method: str, path: str, body: object = None, *, key: str | None = None, status: int = 200, **headers: str
    ) -> Json:
        """The body of an answer, which must have that status. `key` is an idempotency key."""
        given = {name.replace("_", "-"): each for name, each in headers.items()}
        given["authorization"] = f"Bearer {API_KEY}"
        if key is not None:
            given["idempotency-key"] = key
        response = self.client.request(method, path, json=body, headers=given)
        assert response.status_code == status, response.text
        answer: Json = response.json()
        return answer

    def refused(self, body: object, *, key: str | None = None, status: int = 422) -> Json:
        """The answer to a mail that must be refused; it says its status itself."""
        answer = self.ask("POST", "/emails", body, key=key, status=status)
        assert answer.keys() == {"statusCode", "name", "message"}
        assert answer["statusCode"] == status
        return answer

    def send(self, *, key: str | None = None, **fields: object) -> str:
        """The id of a mail that was accepted."""
        answer = self.ask("POST", "/emails", EMAIL | fields, key=key)
        assert answer.keys() == {"id"}
        return str(answer["id"])

    def _hear(self, event: Event) -> None:
        self.events.append(msgspec.json.decode(msgspec.json.encode(event)))
