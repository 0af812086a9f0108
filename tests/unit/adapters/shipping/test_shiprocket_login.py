"""Shiprocket is logged in to as seldom as can be, by one process for all."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import httpx
import pytest

from adapters.memory.clock import MemoryClock
from adapters.memory.token_store import MemoryTokenStore
from adapters.shipping.shiprocket.login import BREATH, COOL_DOWN, LIFETIME
from ports.carrier import CarrierUnavailable
from ports.token_store import TokenStore
from tests.builders import NOW
from tests.unit.adapters.shipping.shiprocket_wire import (
    ACCOUNT,
    LOGIN,
    TOKEN,
    Shiprocket,
    Told,
    client_at,
    some_tokens,
    told,
)

pytestmark = pytest.mark.anyio

PATH = "/orders"
OK = told(200, {"data": []})
SECOND = "eyJ0eXAiOiJKV1Qi.second"


def by_token(request: httpx.Request) -> httpx.Response:
    """OK for the second token, 401 for any other."""
    valid = request.headers["authorization"] == f"Bearer {SECOND}"
    return told(200, {}) if valid else told(401, {"message": "Token has expired", "status_code": 401})


class MutedStore(TokenStore):
    """A store behind which nobody is, as Redis' is when Redis is down."""

    async def get(self, account: str) -> None:
        """Nothing."""

    async def put(self, account: str, token: str, lifetime: timedelta) -> None:
        """Not kept."""

    async def lease(self, account: str, lifetime: timedelta) -> str:
        """Nobody else is known."""
        return "lease"

    async def release(self, account: str, lease: str) -> None:
        """Nothing to release."""

    async def cool_down(self, account: str, time: timedelta) -> None:
        """Not kept."""

    async def cooling(self, account: str) -> timedelta:
        """Nothing known."""
        return timedelta(0)


async def test_logs_in_with_the_first_call_as_documented_and_stays_in() -> None:
    """The token goes with every call; e-mail and password with none but the login."""
    shiprocket = Shiprocket({PATH: OK})
    client = client_at(shiprocket)

    await client.get(PATH)
    await client.get(PATH)

    assert shiprocket.asked(LOGIN) == [{"email": ACCOUNT.email, "password": ACCOUNT.password}]
    assert [each.url.path for each in shiprocket.requests] == [
        f"/v1/external{LOGIN}",
        f"/v1/external{PATH}",
        f"/v1/external{PATH}",
    ]
    assert "authorization" not in shiprocket.requests[0].headers
    assert shiprocket.requests[2].headers["authorization"] == f"Bearer {TOKEN}"
    assert shiprocket.requests[2].extensions["timeout"] == {"connect": 2.0, "read": 10.0, "write": 10.0, "pool": 10.0}


async def test_many_calls_at_once_log_in_once() -> None:
    """Within a process, and over all processes."""
    shiprocket, tokens = Shiprocket({PATH: OK}), some_tokens()
    processes = [client_at(shiprocket, tokens) for _ in range(3)]

    await asyncio.gather(*(client.get(PATH) for client in processes for _ in range(5)))

    assert len(shiprocket.asked(LOGIN)) == 1
    assert len(shiprocket.asked(PATH)) == 15


async def test_a_token_is_kept_for_the_next_process_for_eight_days() -> None:
    """Not for the ten that it is valid: nobody is to meet its last hour."""
    clock = MemoryClock(NOW)
    shiprocket, tokens = Shiprocket({PATH: OK}), MemoryTokenStore(clock)
    await client_at(shiprocket, tokens).get(PATH)

    clock.advance(LIFETIME - timedelta(seconds=1))
    await client_at(shiprocket, tokens).get(PATH)
    logins_before = len(shiprocket.asked(LOGIN))
    clock.advance(timedelta(seconds=1))
    await client_at(shiprocket, tokens).get(PATH)

    assert (logins_before, len(shiprocket.asked(LOGIN))) == (1, 2)


async def test_a_refused_token_is_renewed_once_and_the_call_repeated() -> None:
    """With the same body."""
    shiprocket = Shiprocket({PATH: by_token, LOGIN: [told(200, {"token": TOKEN}), told(200, {"token": SECOND})]})

    answer = await client_at(shiprocket).post(PATH, {"ids": [1]})

    assert answer.status == 200
    assert shiprocket.asked(PATH) == [{"ids": [1]}, {"ids": [1]}]


async def test_a_token_that_another_process_renewed_is_taken_without_a_login() -> None:
    """A refusal is only ours to mend when nobody was faster."""
    logins: list[Told] = [told(200, {"token": TOKEN}), told(200, {"token": SECOND})]
    shiprocket, tokens = Shiprocket({PATH: by_token, "/couriers": OK, LOGIN: logins}), some_tokens()
    slow, fast = client_at(shiprocket, tokens), client_at(shiprocket, tokens)
    await asyncio.gather(slow.get("/couriers"), fast.get("/couriers"))  # both hold the first token now

    await fast.get(PATH)
    await slow.get(PATH)

    assert len(shiprocket.asked(LOGIN)) == 2


async def test_a_new_token_that_is_refused_too_ends_the_logins_for_a_while() -> None:
    """Otherwise every call would be a login."""
    shiprocket = Shiprocket({PATH: told(401, {"message": "Unauthenticated."})})
    client = client_at(shiprocket)

    for _ in range(3):
        with pytest.raises(CarrierUnavailable):
            await client.get(PATH)

    assert len(shiprocket.asked(LOGIN)) == 2


@pytest.mark.parametrize(
    "refusal",
    [
        told(403, {"message": "Invalid email and password combination", "status_code": 403}),
        told(403, {"message": "User blocked due to too many failed login attempts.", "status_code": 403}),
        told(403, raw=b"Access forbidden"),
        told(400, {"message": "User blocked due to too many failed login attempts.", "status_code": 400}),
        told(422, {"message": "Oops! Invalid Data.", "errors": {"email": ["The email field is required."]}}),
        told(429, {"message": "Too Many Attempts."}),
    ],
)
async def test_after_a_refused_login_no_process_tries_again_for_ten_minutes(refusal: httpx.Response) -> None:
    """And whoever asks is told how long that is."""
    clock = MemoryClock(NOW)
    shiprocket, tokens = Shiprocket({PATH: OK, LOGIN: [refusal]}), MemoryTokenStore(clock)
    first, second = client_at(shiprocket, tokens), client_at(shiprocket, tokens)

    with pytest.raises(CarrierUnavailable) as refused:
        await first.get(PATH)
    clock.advance(COOL_DOWN - timedelta(seconds=60))
    with pytest.raises(CarrierUnavailable) as resting:
        await second.get(PATH)

    assert (refused.value.retry_after, resting.value.retry_after) == (600, 60)
    assert len(shiprocket.asked(LOGIN)) == 1
    assert shiprocket.asked(PATH) == []

    clock.advance(timedelta(seconds=60))
    with pytest.raises(CarrierUnavailable):
        await second.get(PATH)
    assert len(shiprocket.asked(LOGIN)) == 2


@pytest.mark.parametrize(
    "silence",
    [
        httpx.ReadTimeout("read"),
        httpx.ReadError("reset"),
        told(200, raw=b"<html>welcome</html>"),
        told(200, {"token": None}),
        told(200, {"token": "two\r\nlines: of a header"}),
        told(302),
        told(500, {"message": "Server Error"}),
        told(502, raw=b"Bad Gateway"),
    ],
)
async def test_after_a_login_without_an_answer_everybody_takes_a_breath(silence: httpx.Response | Exception) -> None:
    """It may have counted as one: logins that succeed too often are locked out as well."""
    clock = MemoryClock(NOW)
    shiprocket, tokens = Shiprocket({PATH: OK, LOGIN: [silence]}), MemoryTokenStore(clock)

    with pytest.raises(CarrierUnavailable) as failure:
        await client_at(shiprocket, tokens).get(PATH)
    with pytest.raises(CarrierUnavailable):
        await client_at(shiprocket, tokens).get(PATH)

    assert failure.value.retry_after == BREATH.seconds
    assert len(shiprocket.asked(LOGIN)) == 1


async def test_a_login_that_never_left_is_tried_once_more() -> None:
    """No connection, no login."""
    shiprocket = Shiprocket({PATH: OK, LOGIN: [httpx.ConnectError("refused"), told(200, {"token": TOKEN})]})

    assert (await client_at(shiprocket).get(PATH)).status == 200


async def test_without_a_store_a_process_has_a_token_of_its_own() -> None:
    """Redis may be down: then every process logs in once."""
    shiprocket = Shiprocket({PATH: OK})
    process, another = client_at(shiprocket, MutedStore()), client_at(shiprocket, MutedStore())

    for client in (process, process, another, another):
        await client.get(PATH)

    assert len(shiprocket.asked(LOGIN)) == 2


async def test_without_a_store_a_process_still_cools_down() -> None:
    """By its own watch."""
    now = 1_000.0
    shiprocket = Shiprocket({PATH: OK, LOGIN: [told(403, {"message": "no"})]})
    client = client_at(shiprocket, MutedStore(), monotonic=lambda: now)

    for _ in range(3):
        with pytest.raises(CarrierUnavailable):
            await client.get(PATH)
        now += COOL_DOWN.total_seconds() / 3 - 1
    before = len(shiprocket.asked(LOGIN))
    now += 3
    with pytest.raises(CarrierUnavailable):
        await client.get(PATH)

    assert (before, len(shiprocket.asked(LOGIN))) == (1, 2)


async def test_a_caller_who_goes_away_leaves_the_login_to_the_others() -> None:
    """A checkout doesn't wait long; the login that it began is not made again for the next one."""
    arrived, answer = asyncio.Event(), asyncio.Event()
    shiprocket = Shiprocket({PATH: OK})

    async def slowly(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith(LOGIN):
            arrived.set()
            await answer.wait()
        return shiprocket(request)

    client = client_at(slowly)
    hasty = asyncio.create_task(client.get(PATH))
    await arrived.wait()
    hasty.cancel()
    patient = asyncio.create_task(client.get(PATH))
    answer.set()

    assert (await patient).status == 200
    assert len(shiprocket.asked(LOGIN)) == 1


async def test_a_process_that_died_while_logging_in_is_not_waited_for_for_ever() -> None:
    """Its lease runs out."""
    clock = MemoryClock(NOW)
    shiprocket, tokens = Shiprocket({PATH: OK}), MemoryTokenStore(clock)
    assert await tokens.lease(ACCOUNT.key, timedelta(seconds=12)) is not None

    waiting = asyncio.create_task(client_at(shiprocket, tokens).get(PATH))
    await asyncio.wait({waiting}, timeout=0.05)
    waited = not waiting.done()
    clock.advance(timedelta(seconds=12))

    assert waited
    assert (await waiting).status == 200


def test_neither_password_nor_e_mail_is_shown() -> None:
    """Accounts are values, and values get into logs and keys."""
    assert ACCOUNT.password not in repr(ACCOUNT)
    assert ACCOUNT.email not in ACCOUNT.key
