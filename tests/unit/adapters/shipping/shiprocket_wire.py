"""Shiprocket's end of the wire: its answers, and what may come instead of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine, Mapping

import httpx

from adapters.memory.clock import MemoryClock
from adapters.memory.token_store import MemoryTokenStore
from adapters.shipping.shiprocket.account import ShiprocketAccount
from adapters.shipping.shiprocket.carrier import ShiprocketCarrier
from adapters.shipping.shiprocket.client import ShiprocketClient
from adapters.shipping.shiprocket.login import ShiprocketLogin
from adapters.shipping.shiprocket.wire import Wire
from domain.customers.pincode import PinCode
from ports.carrier import AnnouncedParcel
from ports.token_store import TokenStore
from tests.builders import NOW, an_address
from tests.builders.parcels import a_parcel

ACCOUNT = ShiprocketAccount(
    email="api@solecraft.example",
    password="do-not-leak-this-password",
    pickup_location="Workshop",
    pickup_pincode=PinCode("282001"),
)
TOKEN = "eyJ0eXAiOiJKV1Qi.first"
ANNOUNCED = AnnouncedParcel("SC-1001", "512340011", "510980077")
AWB = "1904990001234"
LOGIN, CREATE, RETURN = "/auth/login", "/orders/create/adhoc", "/orders/create/return"
SHOW, ASSIGN, PICKUP = "/orders/show/512340011", "/courier/assign/awb", "/courier/generate/pickup"

CREATED = {
    "order_id": 512340011,
    "shipment_id": 510980077,
    "status": "NEW",
    "status_code": 1,
    "onboarding_completed_now": 0,
    "awb_code": None,
    "courier_company_id": None,
    "courier_name": None,
}
SHOWN: dict[str, object] = {
    "id": 512340011,
    "channel_order_id": "SC-1001",
    "customer_pincode": "560001",
    "pickup_code": "",
    "total": 6499,
    "status": "NEW",
    "status_code": 1,
    "shipments": {"id": 510980077, "awb": None, "courier": "", "pickup_scheduled_date": None},
    "awb_data": {"awb": "", "charges": {"freight_charges": ""}},
    "return_pickup_data": [],
    "is_return": 0,
}
ASSIGNED = {
    "awb_assign_status": 1,
    "response": {
        "data": {
            "courier_company_id": 43,
            "awb_code": AWB,
            "cod": 0,
            "order_id": 512340011,
            "shipment_id": 510980077,
            "courier_name": "Delhivery Surface",
            "freight_charges": 96.4,
        }
    },
}
SHOWN_ASSIGNED = SHOWN | {
    "status": "READY TO SHIP",
    "status_code": 3,
    "shipments": {
        "id": 510980077,
        "awb": AWB,
        "courier": "Delhivery Surface",
        "pickup_scheduled_date": "2026-12-02 14:00:00",
    },
    "awb_data": {"awb": AWB, "charges": {"freight_charges": "96.40"}},
}
SHOWN_RETURN = SHOWN | {
    "status": "RETURN PENDING",
    "status_code": 21,
    "is_return": 1,
    "customer_pincode": "282001",
    "return_pickup_data": {"pin_code": "560001"},
}
SHOWN_CANCELLED = SHOWN | {"status": "CANCELED", "status_code": 5}

PARCEL = a_parcel().called("SC-1001").sent_to(an_address().on("12 Residency Road", "Opposite the park"))

Told = httpx.Response | Exception
Handler = Callable[[httpx.Request], httpx.Response]
AsyncHandler = Callable[[httpx.Request], Coroutine[None, None, httpx.Response]]


class Shiprocket:
    """Answers by path: each of a path's answers in turn, the last one for ever. What was asked is kept.

    Logging in works unless something else is said.
    """

    def __init__(self, answers: Mapping[str, Told | list[Told] | Handler]) -> None:
        self._answers: dict[str, list[Told] | Handler] = {LOGIN: [told(200, {"token": TOKEN})]}
        for path, given in answers.items():
            self._answers[path] = [given] if isinstance(given, httpx.Response | Exception) else given
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        given = self._answers[request.url.path.removeprefix("/v1/external")]
        if not isinstance(given, list):
            return given(request)
        answer = given.pop(0) if len(given) > 1 else given[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    def asked(self, path: str) -> list[dict[str, object]]:
        """The bodies that were sent to a path, in turn; {} for one without."""
        return [json.loads(each.content or b"{}") for each in self._to(path)]

    def queries(self, path: str) -> list[dict[str, str]]:
        """The queries that were sent to a path, in turn."""
        return [dict(each.url.params) for each in self._to(path)]

    def _to(self, path: str) -> list[httpx.Request]:
        return [each for each in self.requests if each.url.path.removeprefix("/v1/external") == path]


def told(status: int, body: object = None, *, raw: bytes | None = None, **headers: str) -> httpx.Response:
    """An answer."""
    return httpx.Response(status, content=json.dumps(body).encode() if raw is None else raw, headers=headers)


def shown(order: Mapping[str, object] = SHOWN) -> httpx.Response:
    """The answer of GET /orders/show/:id."""
    return told(200, {"data": order})


def some_tokens() -> MemoryTokenStore:
    """An empty store, at NOW."""
    return MemoryTokenStore(MemoryClock(NOW))


def client_at(
    shiprocket: Handler | AsyncHandler,
    tokens: TokenStore | None = None,
    *,
    deadline: float = 15.0,
    monotonic: Callable[[], float] = lambda: 0.0,
) -> ShiprocketClient:
    """A process's client, at that wire."""
    wire = Wire(httpx.AsyncClient(transport=httpx.MockTransport(shiprocket)), ACCOUNT.base_url)
    login = ShiprocketLogin(wire, ACCOUNT, tokens or some_tokens(), monotonic=monotonic)
    return ShiprocketClient(wire, login, deadline=deadline)


def carrier_at(shiprocket: Handler | AsyncHandler, *, deadline: float = 15.0) -> ShiprocketCarrier:
    """The adapter, at that wire."""
    return ShiprocketCarrier(client_at(shiprocket, deadline=deadline), ACCOUNT)
