"""Customers: what their browsers send."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Final

from tests.faults.door import Answer, Door, Json

BASE: Final = "/api/v1"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a parcel goes."""

    city: str
    state: str
    pincode: str

    def address(self) -> Json:
        """As a form has it."""
        return {
            "name": "Meera Bhat",
            "line1": "14 Church Street",
            "line2": None,
            "city": self.city,
            "state": self.state,
            "pincode": self.pincode,
            "country": "IN",
            "phone": "+919999999999",
        }

    def destination(self) -> Json:
        """As a checkout quote wants it."""
        return {"pincode": self.pincode, "state": self.state}


BENGALURU: Final = Place("Bengaluru", "Karnataka", "560001")


def order_form(place: Place, method: str, total: int) -> Json:
    """An order that agrees to `total` paise."""
    return {
        "email": "meera@example.com",
        "phone": "+919999999999",
        "shippingAddress": place.address(),
        "billingAddress": None,
        "gstin": None,
        "paymentMethod": method,
        "expectedTotal": total,
        "notes": None,
    }


def fresh_key() -> str:
    """An Idempotency-Key that nobody has used."""
    return uuid.uuid4().hex


@dataclass(slots=True)
class Guest:
    """A browser: goes in by one door, keeps the token of its cart."""

    door: Door
    cart_token: str | None = None
    key: str = field(default_factory=fresh_key)

    async def quote(self, wish: Json, place: Place) -> Json:
        """What pairs of a design cost there."""
        choice = {name: value for name, value in wish.items() if name != "productId"}
        asked = await self._ask("POST", f"/products/{wish['productId']}/quote", {**choice, "pincode": place.pincode})
        return asked.data

    async def put(self, wish: Json) -> Json:
        """Put pairs of a design into the cart; returns the cart."""
        return (await self.try_to_put(wish)).data

    async def try_to_put(self, wish: Json) -> Answer:
        """The same, whatever is answered."""
        answer = await self._ask("POST", "/cart/items", wish)
        self.cart_token = answer.response.header("X-Cart-Token") or self.cart_token
        return answer

    async def cart(self) -> Json:
        """Look into the cart."""
        return (await self._ask("GET", "/cart")).data

    async def checkout(self, place: Place, method: str) -> Json:
        """What the cart costs, delivered there."""
        body = {"shippingAddress": place.destination(), "paymentMethod": method}
        return (await self._ask("POST", "/checkout/quote", body)).data

    async def order(self, form: Json, *, key: str | None = None) -> Answer:
        """Order the cart under the guest's own key, or another one."""
        return await self._ask("POST", "/orders", form, {"Idempotency-Key": key or self.key})

    async def pay(self, ordered: Answer) -> Json:
        """Begin to pay what was ordered; returns the payment."""
        return (await self.begin_to_pay(ordered)).data

    async def begin_to_pay(self, ordered: Answer, *, key: str | None = None) -> Answer:
        """The same, whatever is answered."""
        return await self._of_order(ordered, "/payments", key=key)

    async def confirm(self, ordered: Answer, proof: Json, *, key: str | None = None) -> Answer:
        """Hand in what the gateway's checkout gave."""
        return await self._of_order(ordered, "/payments/confirm", proof, key=key)

    async def cancel(self, ordered: Answer, *, key: str | None = None) -> Answer:
        """Give up what was ordered."""
        return await self._of_order(ordered, "/cancel", {"reason": "The wedding is off"}, key=key)

    async def _of_order(
        self, ordered: Answer, path: str, body: Json | None = None, *, key: str | None = None
    ) -> Answer:
        token = ordered.response.header("X-Order-Token")
        assert token, "no token came with the order"
        headers = {"Idempotency-Key": key or fresh_key(), "X-Order-Token": token}
        return await self.door.ask("POST", f"{BASE}/orders/{ordered.data['id']}{path}", headers=headers, body=body)

    async def _ask(self, method: str, path: str, body: Json | None = None, headers: Json | None = None) -> Answer:
        cart = {"X-Cart-Token": self.cart_token} if self.cart_token else {}
        return await self.door.ask(method, BASE + path, headers={**cart, **(headers or {})}, body=body)
