"""A fault that was ordered strikes the calls that it is meant for, as often as it is meant to, and no other."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator

import httpx
import pytest

from tests.unit.sandbox.kit.server import Workshop, served

pytestmark = pytest.mark.anyio

FAULTS = "/_control/faults"


@pytest.fixture
def workshop() -> Workshop:
    return Workshop()


@pytest.fixture
async def client(workshop: Workshop) -> AsyncIterator[httpx.AsyncClient]:
    async with (
        served(workshop.app()) as url,
        httpx.AsyncClient(base_url=url, timeout=5, trust_env=False) as client,
    ):
        yield client


async def order(client: httpx.AsyncClient, *faults: object) -> None:
    """Have those faults strike."""
    (await client.post(FAULTS, json=[*faults])).raise_for_status()


async def test_a_timeout_before_the_work_does_nothing(workshop: Workshop, client: httpx.AsyncClient) -> None:
    """The caller hears nothing until it gives up."""
    await order(client, {"kind": "timeout_before", "seconds": 30})

    with pytest.raises(httpx.ReadTimeout):
        await client.post("/v1/work", timeout=0.2)

    assert workshop.done == 0


async def test_a_timeout_after_the_work_has_done_it(workshop: Workshop, client: httpx.AsyncClient) -> None:
    """The caller can't tell the difference."""
    await order(client, {"kind": "timeout_after", "seconds": 30})

    with pytest.raises(httpx.ReadTimeout):
        await client.post("/v1/work", timeout=0.2)

    assert workshop.done == 1


@pytest.mark.parametrize(("kind", "done"), [("timeout_before", 0), ("timeout_after", 1)])
async def test_a_patient_caller_is_cut_off(workshop: Workshop, client: httpx.AsyncClient, kind: str, done: int) -> None:
    """After the time that was ordered."""
    await order(client, {"kind": kind, "seconds": 0.1})
    began = time.monotonic()

    with pytest.raises(httpx.RemoteProtocolError):
        await client.post("/v1/work")

    assert 0.1 <= time.monotonic() - began < 3
    assert workshop.done == done


async def test_a_reset_does_nothing(workshop: Workshop, client: httpx.AsyncClient) -> None:
    """The connection is cut at once."""
    await order(client, {"kind": "reset"})

    with pytest.raises(httpx.RemoteProtocolError):
        await client.post("/v1/work")

    assert workshop.done == 0


async def test_a_slow_answer_is_the_right_one(client: httpx.AsyncClient) -> None:
    """Only late."""
    await order(client, {"kind": "slow", "seconds": 0.1})
    began = time.monotonic()

    answer = await client.post("/v1/work")

    assert time.monotonic() - began >= 0.1
    assert answer.json() == {"done": 1}


async def test_a_malformed_answer_has_the_real_status(workshop: Workshop, client: httpx.AsyncClient) -> None:
    """And a body that is no JSON, though the work was done."""
    await order(client, {"kind": "malformed"})

    answer = await client.post("/v1/work")

    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    with pytest.raises(ValueError, match=r"Expecting|Unterminated"):
        answer.json()
    assert workshop.done == 1


async def test_any_status_can_be_had(workshop: Workshop, client: httpx.AsyncClient) -> None:
    """With headers and a body: JSON, or the page of a proxy."""
    await order(
        client,
        {"kind": "status", "status": 429, "headers": {"Retry-After": "7"}, "body": {"message": "Too Many Attempts."}},
        {"kind": "status", "status": 502, "body": "<html>Bad gateway</html>"},
        {"kind": "status", "status": 503},
    )

    limited, broken, empty = [await client.post("/v1/work") for _ in range(3)]

    assert (limited.status_code, limited.headers["retry-after"]) == (429, "7")
    assert limited.json() == {"message": "Too Many Attempts."}
    assert (broken.status_code, broken.text) == (502, "<html>Bad gateway</html>")
    assert broken.headers["content-type"] == "text/html; charset=utf-8"
    assert (empty.status_code, empty.content) == (503, b"")
    assert workshop.done == 0


async def test_an_error_can_be_called_ok(workshop: Workshop, client: httpx.AsyncClient) -> None:
    """Some third parties put the bad news into a 200."""
    await order(client, {"kind": "ok_with_error", "body": {"awb_assign_error": "no balance"}})

    answer = await client.post("/v1/work")

    assert (answer.status_code, answer.json()) == (200, {"awb_assign_error": "no balance"})
    assert workshop.done == 0


async def test_it_strikes_as_often_as_was_ordered(workshop: Workshop, client: httpx.AsyncClient) -> None:
    """And the list tells what is left."""
    await order(client, {"kind": "status", "status": 500, "times": 2})

    first = await client.post("/v1/work")
    left = (await client.get(FAULTS)).json()
    second, third = [await client.post("/v1/work") for _ in range(2)]

    assert [each.status_code for each in (first, second, third)] == [500, 500, 200]
    assert [(each["kind"], each["times"]) for each in left] == [("status", 1)]
    assert (await client.get(FAULTS)).json() == []
    assert workshop.done == 1


async def test_it_waits_for_the_call_that_it_is_meant_for(client: httpx.AsyncClient) -> None:
    """Method and path pass it by; of those that match, the first ordered is the first to strike."""
    await order(
        client,
        {"kind": "status", "status": 500, "method": "get", "path": "*/look/*"},
        {"kind": "status", "status": 501, "method": "GET"},
    )

    passed = await client.post("/v1/work")
    first, second = [await client.get("/v1/look/here") for _ in range(2)]

    assert [each.status_code for each in (passed, first, second)] == [200, 500, 501]


async def test_faults_can_be_forgotten(client: httpx.AsyncClient) -> None:
    """A test leaves nothing behind for the next."""
    await order(client, {"kind": "reset", "times": 100})

    (await client.delete(FAULTS)).raise_for_status()

    assert (await client.post("/v1/work")).status_code == 200


@pytest.mark.parametrize(
    "wish",
    [
        {},
        {"kind": "earthquake"},
        {"kind": "reset", "times": 0},
        {"kind": "reset", "tiems": 2},
        {"kind": "slow"},
        {"kind": "status"},
        {"kind": "status", "status": 99},
        [{"kind": "reset"}, 7],
    ],
)
async def test_a_fault_that_is_none_is_refused(client: httpx.AsyncClient, wish: object) -> None:
    """A typing error in a test must not look like a third party that behaves."""
    answer = await client.post(FAULTS, json=wish)

    assert answer.status_code == 400
    assert (await client.get(FAULTS)).json() == []
