"""Whatever goes wrong at Shiprocket, a parcel is booked once, and an account is not locked out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace

import httpx
import pytest

from adapters.cache.connection import CACHE_PATIENCE, open_redis
from adapters.cache.token_store import RedisTokenStore
from adapters.shipping.shiprocket.account import ShiprocketAccount
from adapters.shipping.shiprocket.carrier import ShiprocketCarrier
from adapters.shipping.shiprocket.client import shiprocket_client
from bootstrap.embedded import free_port
from ports.carrier import AssignedParcel, CarrierRefused, CarrierUnavailable
from tests.builders.parcels import a_parcel
from tests.contracts.carrier_fixtures import ShiprocketWorld, running_shiprocket_sandbox, shiprocket_at

pytestmark = pytest.mark.anyio

CREATE, ASSIGN, PICKUP = "*/orders/create/adhoc", "*/courier/assign/awb", "*/courier/generate/pickup"


@pytest.fixture(scope="session")
def sandbox() -> Iterator[ShiprocketAccount]:
    """For these tests alone."""
    with running_shiprocket_sandbox() as account:
        yield account


@dataclass(frozen=True, slots=True)
class Booking:
    """The workers that book parcels, and the world that they book in."""

    http: httpx.AsyncClient
    account: ShiprocketAccount
    world: ShiprocketWorld

    def worker(self) -> ShiprocketCarrier:
        """The carrier of a process that has not logged in yet."""
        return shiprocket_at(self.http, self.account)

    async def book(self, reference: str, *workers: ShiprocketCarrier) -> AssignedParcel:
        """Each step by the next of the workers, or after a failure by the one after that, until it is booked."""
        parcel = a_parcel().called(reference).build()
        for worker in [*workers, self.worker(), self.worker()]:
            try:
                announced = await worker.announce(parcel)
                booked = await worker.assign(announced, None)
                await worker.schedule_pickup(announced)
            except CarrierUnavailable:
                continue
            return booked
        raise AssertionError("not booked")


@pytest.fixture
async def booking(sandbox: ShiprocketAccount) -> AsyncIterator[Booking]:
    """A shop, and Shiprocket on a good day."""
    async with httpx.AsyncClient() as http:
        world = ShiprocketWorld(http, f"{sandbox.base_url}/_control")
        await world.clear()
        yield Booking(http, sandbox, world)


@pytest.mark.parametrize("path", [CREATE, ASSIGN, PICKUP])
@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "timeout_before", "seconds": 0.05},
        {"kind": "timeout_after", "seconds": 0.05},
        {"kind": "reset"},
        {"kind": "malformed"},
        {"kind": "status", "status": 429, "body": {"message": "Too Many Attempts.", "status_code": 429}},
        {"kind": "status", "status": 502, "body": "<html>Bad Gateway</html>"},
        {"kind": "status", "status": 403, "body": "Access forbidden"},
        {"kind": "ok_with_error", "body": {"message": "Server Error", "status_code": 500}},
        {"kind": "ok_with_error", "body": []},
    ],
    ids=lambda fault: f"{fault['kind']} {fault.get('status', '')}".strip(),
)
async def test_a_fault_at_any_step_leaves_one_parcel_with_one_air_waybill(
    booking: Booking, path: str, fault: dict[str, object]
) -> None:
    """Before the work or after it: whoever asks again goes on where the last one stopped."""
    parcel = a_parcel().build()
    before = await booking.world.wallet()
    await booking.world.order_fault(str(fault["kind"]), path, **{k: v for k, v in fault.items() if k != "kind"})

    booked = await booking.book(parcel.reference)

    assert await booking.world.awbs_of(parcel.reference) == [booked.awb]
    assert before - await booking.world.wallet() == booked.cost


@pytest.mark.parametrize("path", [CREATE, ASSIGN, PICKUP])
async def test_an_answer_that_comes_too_late_was_given_all_the_same(booking: Booking, path: str) -> None:
    """The call is given up; what it did is found."""
    parcel = a_parcel().build()
    await booking.world.order_fault("timeout_after", path, seconds=60)
    impatient = shiprocket_at(booking.http, booking.account, deadline=1.0)

    booked = await booking.book(parcel.reference, impatient)

    assert await booking.world.awbs_of(parcel.reference) == [booked.awb]


async def test_two_workers_at_one_parcel_book_it_once(booking: Booking) -> None:
    """A task may be given out twice."""
    parcel = a_parcel().build()

    booked = await asyncio.gather(*(booking.book(parcel.reference, booking.worker()) for _ in range(4)))

    assert len(set(booked)) == 1
    assert await booking.world.awbs_of(parcel.reference) == [booked[0].awb]


@pytest.mark.parametrize("shape", ["object", "text", "status_350"])
async def test_an_empty_wallet_is_told_in_every_shape(booking: Booking, shape: str) -> None:
    """All of them with status 200."""
    carrier = booking.worker()
    announced = await carrier.announce(a_parcel().build())
    await booking.world.empty_wallet()
    await booking.world.set(refusal_shape=shape)

    with pytest.raises(CarrierRefused, match="recharge your ShipRocket wallet"):
        await carrier.assign(announced, None)

    await booking.world.fill_wallet(100_000)
    assert (await carrier.assign(announced, None)).awb


@pytest.mark.parametrize("status", [200, 204])
async def test_a_cancellation_is_confirmed_in_either_way(booking: Booking, status: int) -> None:
    """With a body or without."""
    carrier = booking.worker()
    announced = await carrier.announce(a_parcel().build())
    await booking.world.set(cancel_status=status)

    await carrier.cancel(announced)

    with pytest.raises(CarrierRefused):
        await carrier.assign(announced, None)


async def test_an_expired_token_is_renewed_in_the_middle_of_a_booking(booking: Booking) -> None:
    """With one login, and nothing done twice."""
    carrier, parcel = booking.worker(), a_parcel().build()
    announced = await carrier.announce(parcel)
    logins = await booking.world.logins()
    await booking.world.expire_tokens()

    booked = await carrier.assign(announced, None)

    assert await booking.world.logins() == logins + 1
    assert await booking.world.awbs_of(parcel.reference) == [booked.awb]


async def test_processes_share_one_login_through_redis(booking: Booking, redis_url: str) -> None:
    """The first one logs in, and after the token has expired one of them."""
    async with AsyncExitStack() as stack:
        clients = []
        for _ in range(4):
            redis = open_redis(redis_url, CACHE_PATIENCE)
            stack.push_async_callback(redis.aclose)
            clients.append(shiprocket_client(booking.http, booking.account, RedisTokenStore(redis)))
        before = await booking.world.logins()

        await asyncio.gather(*(client.get("/orders") for client in clients))
        after_the_start = await booking.world.logins()
        await booking.world.expire_tokens()
        answers = await asyncio.gather(*(client.get("/orders") for client in clients))
        after_the_expiry = await booking.world.logins()

    assert (after_the_start - before, after_the_expiry - before) == (1, 2)
    assert [answer.status for answer in answers] == [200] * 4


async def test_without_redis_a_process_books_with_a_login_of_its_own(booking: Booking) -> None:
    """It is only shared there."""
    redis = open_redis(f"redis://127.0.0.1:{free_port()}/0", CACHE_PATIENCE)
    client = shiprocket_client(booking.http, booking.account, RedisTokenStore(redis))
    before = await booking.world.logins()

    for _ in range(2):
        await ShiprocketCarrier(client, booking.account).announce(a_parcel().build())
    await redis.aclose()

    assert await booking.world.logins() == before + 1


async def test_a_wrong_password_is_tried_once(booking: Booking) -> None:
    """Five would lock the account."""
    carrier = shiprocket_at(booking.http, replace(booking.account, password="not-the-password"))

    for _ in range(6):
        with pytest.raises(CarrierUnavailable) as failure:
            await carrier.announce(a_parcel().build())
        assert failure.value.retry_after > 500

    assert (await booking.worker().announce(a_parcel().build())).provider_order_id
