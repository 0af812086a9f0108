"""What rows measure with: the running shop, its limits, the load generator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import chain, islice, zip_longest
from math import ceil
from multiprocessing import get_context
from pathlib import Path
from typing import Final

import httpx

from benchmarks.connections import Server
from benchmarks.load import Driven, Journey, Load, drive
from benchmarks.outcome import Outcome
from benchmarks.pgbench import Reference
from benchmarks.shop import RunningShop, running_shop
from benchmarks.shopping import BASE, FillCarts, Get, Json, PlaceOrders, PreparedCart, possible_choices

SHOPPERS: Final = 8  # concurrent, as the targets have it; as many clients run the reference scripts
PRODUCTS: Final = f"{BASE}/products"
_CHOICES: Final = 100
_FIRST_GUESS: Final = 500.0  # orders a second, until one round was measured
_SPARE: Final = 1.5  # carts prepared, for each that the rate of the rounds before would take
_LONG: Final = 600.0  # seconds; what is prepared is prepared until all is there


class SetupFailed(Exception):
    """What is to be measured can't be prepared; the message says what stands in the way."""


@dataclass(slots=True)
class Bench:
    """Measures for `seconds` at a time."""

    shop: RunningShop
    bare: Server
    ceiling: Server
    reference: Reference
    choices: Mapping[Server, Sequence[Json]]  # what can be ordered of an API: each has ids of its own
    product: str  # path of one product's page
    seconds: float
    generator: ProcessPoolExecutor
    _order_rates: dict[Server, float] = field(default_factory=dict)  # a second, in the round before

    @property
    def host(self) -> str:
        """What requests to the API name as their host."""
        return f"{self.shop.api.host}:{self.shop.api.port}"

    def shopping(self, journey: Journey) -> Outcome:
        """Shoppers at the API (and, where they pay, at the gateway's sandbox)."""
        return self._drive(journey, (self.shop.api, self.shop.sandbox))

    def bare_page(self, path: str) -> Outcome:
        """The limit of a GET."""
        return self._drive(Get(self.host, path), (self.bare,))

    def own_ceiling(self) -> Outcome:
        """The limit of the load generator."""
        return self._drive(Get(self.host, "/"), (self.ceiling,))

    def script(self, name: str) -> Outcome:
        """The limit of a statement or transaction."""
        return self.reference.measure(name, clients=SHOPPERS, seconds=self.seconds)

    def orders(self, api: Server) -> Outcome:
        """Orders of carts that are prepared now, outside the measured time."""
        rate = self._order_rates.get(api, _FIRST_GUESS)
        wanted = ceil(_SPARE * rate * (self.seconds + 0.5))
        made = self.prepared(api, FillCarts(self.host, self.choices[api], wanted))
        carts = [cart for cart in made if isinstance(cart, PreparedCart)]
        outcome = self._drive(PlaceOrders(self.host, carts), (api,))
        self._order_rates[api] = outcome.rate or _FIRST_GUESS
        return outcome

    def prepared(self, api: Server, journey: Journey) -> list[object]:
        """What a journey that ends has made. Raises SetupFailed when anything went wrong on it."""
        driven = self.driven(Load((api,), journey, SHOPPERS, seconds=_LONG, warm=0.0))
        if driven.outcome.errors:
            raise SetupFailed(f"nothing can be measured after {dict(driven.outcome.errors)}")
        return driven.made

    def driven(self, load: Load) -> Driven:
        """Any load, run by the generator."""
        return self.generator.submit(drive, load).result()

    def _drive(self, journey: Journey, servers: tuple[Server, ...]) -> Outcome:
        return self.driven(Load(servers, journey, SHOPPERS, self.seconds)).outcome


@contextmanager
def prepared_bench(directory: Path, seconds: float) -> Iterator[Bench]:
    """Everything started, filled and warm; ended with the block. Raises SetupFailed, ProgramFailed."""
    with ExitStack() as stack:
        shop = stack.enter_context(running_shop(directory))
        with _customer(shop.api) as http:
            product = f"{PRODUCTS}/{_slugs(http)[0]}"
            pages = {PRODUCTS: _read(http, f"{PRODUCTS}?limit=20").content, product: _read(http, product).content}
        yield Bench(
            shop=shop,
            bare=stack.enter_context(shop.bare(pages)),
            ceiling=stack.enter_context(shop.ceiling(pages[PRODUCTS])),
            reference=Reference.prepare(shop.database_url),
            choices={api: _buildable_choices(api) for api in (shop.api, shop.plenty, shop.live.api)},
            product=product,
            seconds=seconds,
            generator=stack.enter_context(ProcessPoolExecutor(1, mp_context=get_context("spawn"))),
        )


def _buildable_choices(api: Server) -> list[Json]:
    """Choices of all products in turn that the rules allow."""
    with _customer(api) as http:
        pages = [_read(http, f"{PRODUCTS}/{slug}").json()["data"] for slug in _slugs(http)]
        in_turn = chain.from_iterable(zip_longest(*(possible_choices(page) for page in pages)))
        allowed = (choice for choice in in_turn if choice and _is_buildable(http, choice))
        choices = list(islice(allowed, _CHOICES))
    if not choices:
        raise SetupFailed("the catalogue offers nothing that can be built")
    return choices


def _customer(api: Server) -> httpx.Client:
    return httpx.Client(base_url=f"http://{api.host}:{api.port}", timeout=30)


def _slugs(http: httpx.Client) -> list[str]:
    return [each["productId"] for each in _read(http, f"{PRODUCTS}?limit=100").json()["data"]]


def _is_buildable(http: httpx.Client, choice: Json) -> bool:
    wanted = {name: value for name, value in choice.items() if name != "productId"} | {"pincode": None}
    answer = http.post(f"{PRODUCTS}/{choice['productId']}/quote", json=wanted)
    return answer.is_success and bool(answer.json()["data"]["available"])


def _read(http: httpx.Client, path: str) -> httpx.Response:
    answer = http.get(path)
    if answer.status_code != httpx.codes.OK:
        raise SetupFailed(f"GET {path} answered {answer.status_code}: {answer.text[:200]}")
    return answer
