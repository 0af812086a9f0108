"""What customers ask for, over the HTTP contract."""

from __future__ import annotations

import random
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import uuid4

from benchmarks.http1 import Response, request
from benchmarks.load import Step, Unit

Json = dict[str, Any]  # Any: the documents of the HTTP contract, read and written by its names
Steps = Generator[Step, Response, None]

API, SANDBOX = 0, 1  # places among the servers of a load
BASE: Final = "/api/v1"
_CART_LENGTH: Final = 4  # additions to a cart before its owner begins another one
_ADDRESSES: Final[tuple[Json, ...]] = tuple(
    {
        "name": "Meera Bhat",
        "line1": "14 Church Street",
        "line2": None,
        "city": city,
        "state": state,
        "pincode": pincode,
        "country": "IN",
        "phone": "+919999999999",
    }
    for city, state, pincode in (
        ("Bengaluru", "Karnataka", "560001"),
        ("Mumbai", "Maharashtra", "400001"),
        ("New Delhi", "Delhi", "110001"),
    )
)


@dataclass(frozen=True, slots=True)
class PreparedCart:
    """A cart that waits to be ordered, and the total that was quoted for it, in paise."""

    token: str
    address: Json
    total: int


@dataclass(frozen=True, slots=True)
class BegunPayment:
    """A payment that waits for the gateway's word: the gateway's id of the order, and paise."""

    provider_order_id: str
    amount: int


@dataclass(frozen=True, slots=True)
class Get:
    """The same page, again and again."""

    host: str
    path: str

    def units(self, shopper: int) -> Iterator[Unit]:
        ask = request("GET", self.path, self.host)
        while True:
            yield self._read(ask)

    def _read(self, ask: bytes) -> Steps:
        yield API, ask


@dataclass(frozen=True, slots=True)
class AddToCart:
    """Random designs, one a request. The first opens a cart; after some the guest begins a new one."""

    host: str
    choices: Sequence[Json]

    def units(self, shopper: int) -> Iterator[Unit]:
        chance = random.Random(shopper)
        while True:
            headers: dict[str, str] = {}
            for _ in range(_CART_LENGTH):
                yield _add(self.host, headers, chance.choice(self.choices))


@dataclass(slots=True)
class FillCarts:
    """Makes PreparedCarts of two designs each, `wanted` together."""

    host: str
    choices: Sequence[Json]
    wanted: int

    def units(self, shopper: int) -> Iterator[Unit]:
        chance = random.Random()
        while self.wanted > 0:
            self.wanted -= 1
            yield self._fill(chance.sample(self.choices, 2), chance.choice(_ADDRESSES))

    def _fill(self, choices: Sequence[Json], address: Json) -> Unit:
        headers: dict[str, str] = {}
        for choice in choices:
            yield from _add(self.host, headers, choice)
        quoted = yield API, _quote(self.host, headers, address)
        return PreparedCart(headers["X-Cart-Token"], address, _total(quoted))


@dataclass(frozen=True, slots=True)
class PlaceOrders:
    """Orders each of the carts, with a key of its own."""

    host: str
    carts: list[PreparedCart]

    def units(self, shopper: int) -> Iterator[Unit]:
        while self.carts:
            cart = self.carts.pop()
            yield self._place(_order(self.host, {"X-Cart-Token": cart.token}, cart.address, cart.total))

    def _place(self, ask: bytes) -> Steps:
        yield API, ask


@dataclass(frozen=True, slots=True)
class Purchase:
    """Whole purchases: add, look at the cart, checkout quote, order, payment, pay at the gateway, confirm."""

    host: str
    choices: Sequence[Json]

    def units(self, shopper: int) -> Iterator[Unit]:
        chance = random.Random(shopper)
        while True:
            yield self._buy(chance.choice(self.choices), chance.choice(_ADDRESSES))

    def _buy(self, choice: Json, address: Json) -> Steps:
        headers: dict[str, str] = {}
        yield from _add(self.host, headers, choice)
        yield API, request("GET", f"{BASE}/cart", self.host, headers)
        order, headers, checkout = yield from _begin_payment(self.host, headers, address)
        pay = urlsplit(checkout["sandbox"]["payUrl"])
        paid = yield SANDBOX, request("POST", pay.path, pay.netloc, {}, {"outcome": "success"})
        yield API, request("POST", f"{order}/payments/confirm", self.host, headers | _key(), paid.json())


@dataclass(slots=True)
class BeginPayments:
    """Makes BegunPayments of one design each, `wanted` together: orders whose buyers are at the gateway."""

    host: str
    choices: Sequence[Json]
    wanted: int

    def units(self, shopper: int) -> Iterator[Unit]:
        chance = random.Random()
        while self.wanted > 0:
            self.wanted -= 1
            yield self._begin(chance.choice(self.choices), chance.choice(_ADDRESSES))

    def _begin(self, choice: Json, address: Json) -> Unit:
        headers: dict[str, str] = {}
        yield from _add(self.host, headers, choice)
        _, _, checkout = yield from _begin_payment(self.host, headers, address)
        return BegunPayment(checkout["orderId"], checkout["amount"])


def possible_choices(details: Json) -> Iterator[Json]:
    """Every combination of what a product's page offers, in random order within a sample; rules may forbid some."""
    chance = random.Random(details["productId"])
    sizes = [(each["system"], value) for each in details["sizes"] for value in each["values"] if each["system"] == "EU"]
    colors = [(material["id"], color["id"]) for material in details["materials"] for color in material["colors"]]
    everything = list(product(details["styles"], details["soles"], colors, sizes, details["widths"]))
    for style, sole, (material, color), (system, value), width in chance.sample(everything, min(40, len(everything))):
        yield {
            "productId": details["productId"],
            "styleId": style["id"],
            "soleId": sole["id"],
            "materialId": material,
            "colorId": color,
            "size": {"system": system, "value": value},
            "width": width,
            "monogram": None,
            "quantity": 1,
        }


def _add(host: str, headers: dict[str, str], choice: Json) -> Steps:
    """Puts a design into the cart of `headers`, which get the token of a new cart."""
    added = yield API, request("POST", f"{BASE}/cart/items", host, headers, choice)
    if not headers:
        headers["X-Cart-Token"] = _required(added, "X-Cart-Token")


def _begin_payment(
    host: str, headers: dict[str, str], address: Json
) -> Generator[Step, Response, tuple[str, dict[str, str], Json]]:
    """Orders the cart of `headers`; the order's path, its own headers, and what its checkout is opened with."""
    quoted = yield API, _quote(host, headers, address)
    ordered = yield API, _order(host, headers, address, _total(quoted))
    order = f"{BASE}/orders/{ordered.json()['data']['id']}"
    of_order = {"X-Order-Token": _required(ordered, "X-Order-Token")}
    begun = yield API, request("POST", f"{order}/payments", host, of_order | _key())
    return order, of_order, begun.json()["data"]["checkout"]


def _quote(host: str, headers: dict[str, str], address: Json) -> bytes:
    where = {"pincode": address["pincode"], "state": address["state"]}
    return request(
        "POST", f"{BASE}/checkout/quote", host, headers, {"shippingAddress": where, "paymentMethod": "PREPAID"}
    )


def _order(host: str, headers: dict[str, str], address: Json, total: int) -> bytes:
    form = {
        "email": "meera@example.com",
        "phone": "+919999999999",
        "shippingAddress": address,
        "billingAddress": None,
        "gstin": None,
        "paymentMethod": "PREPAID",
        "expectedTotal": total,
        "notes": None,
    }
    return request("POST", f"{BASE}/orders", host, headers | _key(), form)


def _key() -> dict[str, str]:
    return {"Idempotency-Key": uuid4().hex}


def _total(quoted: Response) -> int:
    total: int = quoted.json()["data"]["total"]["amount"]
    return total


def _required(response: Response, header: str) -> str:
    value = response.header(header)
    assert value, f"no {header} in {response.head.decode('latin-1')}"
    return value
