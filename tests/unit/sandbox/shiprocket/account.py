"""The sandbox in this process, as the holder of its account uses it."""

from __future__ import annotations

from typing import Any

from litestar import Litestar
from litestar.testing import TestClient

from sandbox.shiprocket.app import ApiUser, ShopWebhook, create_app
from sandbox.shiprocket.ledger import Ledger
from sandbox.shiprocket.traffic import BY_HAND

EMAIL, PASSWORD = "api@solecraft.example", "the-password-of-the-unit-tests"
NOW = 1_777_876_293.12  # Monday 2026-05-04 12:01:33 in India
TODAY = "2026-05-04"

Json = dict[str, Any]  # Any: what a JSON body holds is what the tests find out

RECIPIENT = {
    "customer_name": "Asha",
    "last_name": "Rao",
    "address": "12 Taj Road",
    "city": "Agra",
    "pincode": 282001,
    "state": "Uttar Pradesh",
    "country": "India",
    "email": "asha@example.com",
    "phone": "9876543210",
}
WORKSHOP = {
    "customer_name": "Solecraft",
    "address": "Shop No. 12, Commercial Street",
    "city": "Bengaluru",
    "pincode": "560001",
    "state": "Karnataka",
    "country": "India",
    "phone": "9876500000",
}
PARCEL = {
    "order_date": "2026-05-04 12:00",
    "order_items": [{"name": "Oxford", "sku": "OX-1", "units": 1, "selling_price": "4999.00", "hsn": 6403}],
    "payment_method": "Prepaid",
    "sub_total": 4999,
    "length": 35,
    "breadth": 25,
    "height": 14,
    "weight": 1.2,
}


def as_role(role: str, party: Json) -> Json:
    """The fields of a party, named for what it does."""
    return {f"{role}_{name}": value for name, value in party.items()}


def an_order(reference: str = "SC-1001", **fields: object) -> Json:
    """The body of a new order."""
    return {
        "order_id": reference,
        "pickup_location": "Primary",
        "shipping_is_billing": True,
        **as_role("billing", RECIPIENT),
        **PARCEL,
        **fields,
    }


def a_return(reference: str = "SC-1001-RET", **fields: object) -> Json:
    """The body of a new return order."""
    parties = as_role("pickup", RECIPIENT) | as_role("shipping", WORKSHOP)
    return {"order_id": reference, **parties, **PARCEL, **fields}


class Moment:
    """A clock that a test turns. Unix seconds."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> float:
        return self.now


def sandbox(ledger: Ledger) -> Litestar:
    """The sandbox over that ledger, in which time stands still."""
    user = ApiUser(email=EMAIL, password=PASSWORD)
    return create_app(ledger, user, ShopWebhook(url=None, key="the-key"), step_seconds=BY_HAND)


class ShiprocketAccountHolder:
    """Asks the sandbox at `moment`, with `token`. Parcels move only when they are told to."""

    def __init__(self) -> None:
        self.moment = Moment()
        self.token = ""
        self.ledger = Ledger(clock=self.moment)
        self.client: TestClient[Litestar] = TestClient(sandbox(self.ledger))

    def log_in(self) -> None:
        """Get a token."""
        self.token = self.ask("POST", "/auth/login", {"email": EMAIL, "password": PASSWORD})["token"]

    def ask(self, method: str, path: str, body: object = None, *, status: int = 200) -> Any:  # Any: see Json
        """The body of an answer, which must have that status; None for an empty one."""
        headers = {"authorization": f"Bearer {self.token}"}
        response = self.client.request(method, f"/v1/external{path}", json=body, headers=headers)
        assert response.status_code == status, response.text
        return response.json() if response.content else None

    def control(self, method: str, path: str, body: object = None, *, status: int = 200) -> Any:  # Any: see Json
        """The same of our own endpoints, which need no token."""
        response = self.client.request(method, f"/_control{path}", json=body)
        assert response.status_code == status, response.text
        return response.json() if response.content else None

    def order(self, reference: str = "SC-1001", **fields: object) -> Json:
        """A new order."""
        created: Json = self.ask("POST", "/orders/create/adhoc", an_order(reference, **fields))
        return created

    def assign(self, order: Json, courier_id: int | None = None) -> Json:
        """What is told of the air waybill that an order gets."""
        body = {"shipment_id": order["shipment_id"], "courier_id": courier_id}
        told: Json = self.ask("POST", "/courier/assign/awb", body)["response"]["data"]
        return told

    def send(self, reference: str = "SC-1001", **fields: object) -> Json:
        """A new order that waits for its pickup, with its `awb`."""
        order = self.order(reference, **fields)
        awb = self.assign(order)["awb_code"]
        self.ask("POST", "/courier/generate/pickup", {"shipment_id": [order["shipment_id"]]})
        return order | {"awb": awb}

    def advance(self, parcel: str, steps: int = 1) -> Json:
        """The parcel, so many steps later."""
        moved: Json = self.control("POST", f"/parcels/{parcel}/advance", {"steps": steps})
        return moved

    def shown(self, order: Json) -> Json:
        """An order, as it is."""
        found: Json = self.ask("GET", f"/orders/show/{order['order_id']}")["data"]
        return found

    def told(self) -> list[Json]:
        """The bodies of the webhooks so far, oldest first."""
        return [each["body"] for each in self.control("GET", "/webhooks")["deliveries"]][::-1]
