"""The carriers that the contract is checked on, each with the world outside it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from typing import Final, Protocol, TypeVar

import httpx
import pytest

from adapters.memory.carrier import MemoryCarrier, Step
from adapters.memory.clock import MemoryClock
from adapters.memory.token_store import MemoryTokenStore
from adapters.shipping.manual import ManualCarrier
from adapters.shipping.shiprocket.account import ShiprocketAccount
from adapters.shipping.shiprocket.carrier import ShiprocketCarrier
from adapters.shipping.shiprocket.client import shiprocket_client
from bootstrap.embedded import free_port
from domain.customers.pincode import PinCode
from domain.money import Money
from domain.shipping.parcel import PackedParcel, ParcelStatus
from ports.carrier import AnnouncedParcel, AssignedParcel, Carrier, CarrierUnavailable
from tests.builders import NOW
from tests.harness.sandbox import running_sandbox

T = TypeVar("T")


class World(Protocol):
    """What a carrier's books say, and what happens to its parcels."""

    @abstractmethod
    async def awbs_of(self, reference: str) -> list[str]:
        """Of every parcel that was ever made for that reference or one derived from it; "" for one without."""

    @abstractmethod
    async def wallet(self) -> Money:
        """What is left in it."""

    @abstractmethod
    async def empty_wallet(self) -> None:
        """Leave nothing in it."""

    @abstractmethod
    async def lose_answer_of(self, step: Step) -> None:
        """The next one is done, and not heard of."""

    @abstractmethod
    async def carry(self, awb: str, to: ParcelStatus) -> None:
        """Have the parcel scanned on its way, up to that status."""


@dataclass(frozen=True, slots=True)
class CarrierCase:
    """A carrier to check, the same one when nothing answers, and its world."""

    carrier: Carrier
    unreachable: Carrier
    provider: str
    world: World


@dataclass(frozen=True, slots=True)
class _MemoryWorld(World):
    carrier: MemoryCarrier

    async def awbs_of(self, reference: str) -> list[str]:
        parcels = [each for each in self.carrier.carried if each.announced.reference.startswith(reference)]
        return ["" if each.assigned is None else each.assigned.awb for each in parcels]

    async def wallet(self) -> Money:
        return self.carrier.wallet

    async def empty_wallet(self) -> None:
        self.carrier.wallet = Money(0)

    async def lose_answer_of(self, step: Step) -> None:
        self.carrier.lose_answer_of(step)

    async def carry(self, awb: str, to: ParcelStatus) -> None:
        hours = count(1)
        for status in _WAYS[to]:
            self.carrier.scan(awb, status, at=NOW + timedelta(hours=next(hours)))


_BROUGHT: Final = (ParcelStatus.PICKED_UP, ParcelStatus.IN_TRANSIT, ParcelStatus.OUT_FOR_DELIVERY)
_WAYS: Final = {
    ParcelStatus.PICKED_UP: _BROUGHT[:1],
    ParcelStatus.DELIVERED: (*_BROUGHT, ParcelStatus.DELIVERED),
    ParcelStatus.UNDELIVERED: (*_BROUGHT, ParcelStatus.UNDELIVERED),
    ParcelStatus.RTO_DELIVERED: (*_BROUGHT, ParcelStatus.RTO_INITIATED, ParcelStatus.RTO_DELIVERED),
    ParcelStatus.LOST: (*_BROUGHT[:2], ParcelStatus.LOST),
}


def memory_case() -> CarrierCase:
    """The carrier in memory."""
    carrier, unreachable = MemoryCarrier(), MemoryCarrier()
    unreachable.unavailable = True
    return CarrierCase(carrier, unreachable, "memory", _MemoryWorld(carrier))


_PATHS: Final[dict[Step, str]] = {
    "announce": "*/orders/create/*",
    "assign": "*/courier/assign/awb",
    "schedule_pickup": "*/courier/generate/pickup",
    "cancel": "*/orders/cancel",
}
# Of the table of parcels.
_CODES: Final = {
    ParcelStatus.PICKED_UP: (42, "delivered"),
    ParcelStatus.DELIVERED: (7, "delivered"),
    ParcelStatus.UNDELIVERED: (21, "rto"),
    ParcelStatus.RTO_DELIVERED: (10, "rto"),
    ParcelStatus.LOST: (12, "lost"),
}


@dataclass(frozen=True, slots=True)
class ShiprocketWorld(World):
    """Shiprocket's sandbox, by its control endpoints."""

    http: httpx.AsyncClient
    control: str

    async def awbs_of(self, reference: str) -> list[str]:
        """See World."""
        state = (await self.http.get(f"{self.control}/state")).raise_for_status().json()
        orders = [each["id"] for each in state["orders"] if each["asked"]["reference"].startswith(reference)]
        return [each["awb"] for each in state["shipments"] if each["order_id"] in orders]

    async def wallet(self) -> Money:
        """See World."""
        state = (await self.http.get(f"{self.control}/state")).raise_for_status().json()
        return Money(state["account"]["wallet"])

    async def empty_wallet(self) -> None:
        """See World."""
        await self.fill_wallet(0)

    async def fill_wallet(self, rupees: int) -> None:
        """Leave so much in it."""
        (await self.http.put(f"{self.control}/wallet", json={"balance": rupees})).raise_for_status()

    async def set(self, **settings: object) -> None:
        """Have Shiprocket's manners played otherwise."""
        (await self.http.patch(f"{self.control}/settings", json=settings)).raise_for_status()

    async def order_fault(self, kind: str, path: str, **more: object) -> None:
        """Something goes wrong with the next call of that path."""
        fault = {"kind": kind, "path": path, **more}
        (await self.http.post(f"{self.control}/faults", json=fault)).raise_for_status()

    async def expire_tokens(self) -> None:
        """Nobody is let in without logging in again."""
        (await self.http.post(f"{self.control}/tokens/expire")).raise_for_status()

    async def logins(self) -> int:
        """How often somebody logged in so far."""
        state = (await self.http.get(f"{self.control}/state")).raise_for_status().json()
        return int(state["account"]["logins"])

    async def lose_answer_of(self, step: Step) -> None:
        """See World."""
        await self.order_fault("timeout_after", _PATHS[step], method="POST", seconds=0.05)

    async def carry(self, awb: str, to: ParcelStatus) -> None:
        """See World."""
        code, journey = _CODES[to]
        await self.http.post(f"{self.control}/journeys", json={"parcel": awb, "journey": journey})
        for _ in range(20):
            moved = (await self.http.post(f"{self.control}/parcels/{awb}/advance", json={})).raise_for_status()
            if moved.json()["status"] == code:
                return
        raise AssertionError(f"the parcel never got to {to}")

    async def clear(self) -> None:
        """As on the first day, but for what was booked."""
        (await self.http.delete(f"{self.control}/faults")).raise_for_status()
        await self.fill_wallet(100_000)
        await self.set(refusal_shape="object", cancel_status=204)


@asynccontextmanager
async def shiprocket_case(account: ShiprocketAccount) -> AsyncIterator[CarrierCase]:
    """The carrier for Shiprocket, at the sandbox that serves `account`."""
    nobody = replace(account, base_url=f"http://127.0.0.1:{free_port()}/v1/external")
    async with httpx.AsyncClient() as http:
        world = ShiprocketWorld(http, f"{account.base_url}/_control")
        await world.clear()
        yield CarrierCase(shiprocket_at(http, account), shiprocket_at(http, nobody), "shiprocket", world)


@asynccontextmanager
async def requested_case(request: pytest.FixtureRequest) -> AsyncIterator[CarrierCase]:
    """The case that a parameter names; Shiprocket's at the test's own `shiprocket_sandbox`."""
    if request.param == "memory":
        yield memory_case()
    else:
        async with shiprocket_case(request.getfixturevalue("shiprocket_sandbox")) as case:
            yield case


@asynccontextmanager
async def requested_carrier(request: pytest.FixtureRequest) -> AsyncIterator[Carrier]:
    """The carrier that a parameter names: also the one that can't be asked for everything."""
    if request.param == "manual":
        yield ManualCarrier()
    else:
        async with requested_case(request) as case:
            yield case.carrier


def shiprocket_at(http: httpx.AsyncClient, account: ShiprocketAccount, *, deadline: float = 15.0) -> ShiprocketCarrier:
    """The carrier of a process that shares its token with nobody."""
    tokens = MemoryTokenStore(MemoryClock(NOW))
    return ShiprocketCarrier(shiprocket_client(http, account, tokens, deadline=deadline), account)


@contextmanager
def running_shiprocket_sandbox(*options: str) -> Iterator[ShiprocketAccount]:
    """A sandbox in a process of its own, ready, and how to reach it. `options` go on its command line."""
    account = ShiprocketAccount(
        email="api@solecraft.example",
        password="the-password-of-the-contract",
        pickup_location="Primary",
        pickup_pincode=PinCode("282001"),
    )
    credentials = ["--email", account.email, "--password", account.password]
    with running_sandbox("shiprocket", "--step-seconds", "manual", *credentials, *options) as port:
        yield replace(account, base_url=f"http://127.0.0.1:{port}/v1/external")


async def insist(ask: Callable[[], Awaitable[T]]) -> T:
    """As a worker does: ask again when there was no answer."""
    try:
        return await ask()
    except CarrierUnavailable:
        return await ask()


async def assigned(case: CarrierCase, parcel: PackedParcel) -> tuple[AnnouncedParcel, AssignedParcel]:
    """A parcel that has its courier."""
    announced = await case.carrier.announce(parcel)
    return announced, await case.carrier.assign(announced, None)
