"""A guest, as their browser behaves: it keeps the tokens that it is given, and sends them."""

from __future__ import annotations

import uuid
from typing import Any, Final
from urllib.parse import unquote

import httpx

Json = dict[str, Any]  # Any: read by the names of the HTTP contract

API: Final = "/api/v1"

CHOICE: Final[Json] = {
    "styleId": "CAPTOE",
    "soleId": "GOODYEAR-LEATHER",
    "materialId": "CALF",
    "colorId": "CALF-COGNAC",
    "size": {"system": "EU", "value": "42.5"},
    "width": "F",
}
WISH: Final[Json] = {"productId": "oxford-roma", **CHOICE, "quantity": 1}
ADDRESS: Final[Json] = {
    "name": "Asha Rao",
    "line1": "12 Residency Road",
    "city": "Bengaluru",
    "state": "Karnataka",
    "pincode": "560001",
    "phone": "+919876543210",
}


def order_form(**changed: Any) -> Json:
    """A form that orders one pair of WISH, with some of its members changed."""
    form: Json = {
        "email": "asha@example.com",
        "phone": "098765 43210",
        "shippingAddress": ADDRESS,
        "paymentMethod": "PREPAID",
        "expectedTotal": 1_299_900,
    }
    return form | changed


class Guest:
    """Sends what a browser would send. Answers are given back as they come."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http
        self.cart_token: str | None = None
        self.order_token: str | None = None

    async def send(self, method: str, path: str, body: Json | None = None, **headers: str) -> httpx.Response:
        """Any request under the API; headers by their names with underscores."""
        tokens = {"X-Cart-Token": self.cart_token, "X-Order-Token": self.order_token}
        held = {name: token for name, token in tokens.items() if token is not None}
        sent = [
            (name.replace("_", "-").encode(), value.encode("latin-1")) for name, value in {**headers, **held}.items()
        ]
        answer = await self._http.request(method, API + path, json=body, headers=sent)
        self.cart_token = answer.headers.get("x-cart-token", self.cart_token)
        self.order_token = answer.headers.get("x-order-token", self.order_token)
        return answer

    async def get(self, path: str, **headers: str) -> httpx.Response:
        """A read."""
        return await self.send("GET", path, None, **headers)

    async def post_once(self, path: str, body: Json | None = None, key: str | None = None) -> httpx.Response:
        """A write with an idempotency key, a new one unless it is given."""
        return await self.send("POST", path, body, Idempotency_Key=key or str(uuid.uuid4()))

    async def add(self, **changed: Any) -> Json:
        """Put WISH into the cart, with some of its members changed; the cart."""
        cart: Json = data(await self.send("POST", "/cart/items", WISH | changed), 201)
        return cart

    async def buy(self, **changed: Any) -> Json:
        """Put WISH into the cart and order it; the order."""
        await self.add()
        order: Json = data(await self.post_once("/orders", order_form(**changed)), 201)
        return order


def data(answer: httpx.Response, status: int = 200) -> Any:
    """What came, if it came as expected."""
    assert answer.status_code == status, answer.text
    return answer.json()["data"]


def problem(answer: httpx.Response, code: str) -> Json:
    """The problem document, if it is one of that code, and agrees with its answer."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    document: Json = answer.json()
    assert document["code"] == code, answer.text
    assert document["type"] == f"https://api.italianshoes.com/problems/{code}"
    assert document["status"] == answer.status_code
    assert unquote(document["instance"]) == answer.request.url.path
    assert document["trace_id"] == answer.headers["x-request-id"]
    assert answer.headers["cache-control"] == "no-store"
    return document


def faults(answer: httpx.Response, code: str = "validation-error") -> dict[str, str]:
    """What is wrong, by pointer, of a problem of that code."""
    return {fault["pointer"]: fault["code"] for fault in problem(answer, code)["errors"]}
