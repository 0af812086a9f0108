"""Whatever comes back from the wire, the Shiprocket adapter answers in the words of its port."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import anyio
import httpx
import pytest

from adapters.shipping.shiprocket.carrier import ShiprocketCarrier
from ports.carrier import CarrierRefused, CarrierUnavailable, DeliveryWish
from tests.unit.adapters.shipping.shiprocket_wire import (
    ANNOUNCED,
    AWB,
    CREATE,
    CREATED,
    LOGIN,
    PARCEL,
    TOKEN,
    Shiprocket,
    carrier_at,
    told,
)

pytestmark = pytest.mark.anyio

LEAKY = "Traceback: password=hunter2"
CALLS: list[Callable[[ShiprocketCarrier], Awaitable[object]]] = [
    lambda carrier: carrier.announce(PARCEL.build()),
    lambda carrier: carrier.announce_return(PARCEL.build()),
    lambda carrier: carrier.offers(ANNOUNCED),
    lambda carrier: carrier.assign(ANNOUNCED, "43"),
    lambda carrier: carrier.schedule_pickup(ANNOUNCED),
    lambda carrier: carrier.papers(ANNOUNCED),
    lambda carrier: carrier.cancel(ANNOUNCED),
    lambda carrier: carrier.track(AWB),
    lambda carrier: carrier.answer_failed_delivery(AWB, DeliveryWish.RETURN, "please"),
]
GARBAGE = [
    b"",
    b"null",
    b"7",
    b"[]",
    b"{}",
    b'""',
    b"<html>" + LEAKY.encode() + b"</html>",
    b"\xff\xfe" + LEAKY.encode(),
    b"[" * 100_000,
    b'{"data":' * 100_000,
    b'{"message": 7, "errors": null, "data": null, "response": null, "tracking_data": null}',
    b'{"message": [], "errors": {"a": {"b": {"c": {"d": {"e": "' + LEAKY.encode() + b'"}}}}}, "status_code": "x"}',
    b'{"order_id": 1e400, "shipment_id": -1, "awb_assign_status": {}, "response": [[]], "data": [[]]}',
]


def always(answer: httpx.Response) -> Callable[[httpx.Request], httpx.Response]:
    """A wire that lets everybody in and then says always the same."""
    return lambda request: told(200, {"token": TOKEN}) if request.url.path.endswith(LOGIN) else answer


async def said(asking: Awaitable[object]) -> str:
    """The message of the port's error, if that was one; any other error stays one."""
    try:
        await asking
    except (CarrierUnavailable, CarrierRefused) as failure:
        return str(failure)
    return ""


@pytest.mark.parametrize("call", range(len(CALLS)))
@pytest.mark.parametrize("status", [200, 202, 400, 404, 422, 500])
async def test_garbage_is_no_answer_and_is_not_repeated_in_errors(call: int, status: int) -> None:
    """A proxy's page is no parcel, and doesn't get into our logs."""
    for body in GARBAGE:
        message = await said(CALLS[call](carrier_at(always(told(status, raw=body)))))

        assert LEAKY not in message
        assert len(message) < 300


@pytest.mark.parametrize("call", range(len(CALLS)))
@pytest.mark.parametrize("status", [301, 302, 401, 403, 408, 418, 429, 500, 502, 503, 504])
async def test_a_status_that_is_not_about_our_request_is_no_answer(call: int, status: int) -> None:
    """Even with a well-formed body: missing permissions and redirections are no refusal of this parcel."""
    body = {"message": "Access forbidden", "status_code": status}

    with pytest.raises(CarrierUnavailable):
        await CALLS[call](carrier_at(always(told(status, body, location="https://example.com/"))))


async def test_an_overlong_refusal_is_cut_and_made_one_line() -> None:
    """However it is nested, and however much there is."""
    errors = {"order_id\n": ["no\r\n" + "x" * 10_000] * 20, "a": {"b": {"c": {"d": "deep"}}}}

    with pytest.raises(CarrierRefused) as refusal:
        await carrier_at(always(told(422, {"message": "Oops!\x1b[31m", "errors": errors}))).announce(PARCEL.build())

    assert refusal.value.reason.startswith("Oops![31m order_id: noxxx")
    assert len(refusal.value.reason) == 200


@pytest.mark.parametrize(
    ("wish", "seconds"), [("7", 7), ("0", 1), ("86400", 600), ("-3", 30), ("soon", 30), ("9" * 5_000, 30), ("٣", 30)]
)
async def test_the_wished_pause_is_kept_within_reason(wish: str, seconds: int) -> None:
    """Ten minutes at most; half a minute when too much was asked and nothing is wished."""
    response = httpx.Response(429, headers=[(b"retry-after", wish.encode())])

    with pytest.raises(CarrierUnavailable) as failure:
        await carrier_at(always(response)).announce(PARCEL.build())

    assert failure.value.retry_after == seconds


TRACK = f"/courier/track/awb/{AWB}"


async def test_what_only_reads_is_asked_twice() -> None:
    """And not a third time."""
    failing = Shiprocket({TRACK: [httpx.ReadTimeout("read"), told(404, {"message": "404 Not Found"})]})
    down = Shiprocket({TRACK: httpx.ReadError("reset")})

    assert await carrier_at(failing).track(AWB) is None
    with pytest.raises(CarrierUnavailable, match="ReadError"):
        await carrier_at(down).track(AWB)
    assert (len(failing.asked(TRACK)), len(down.asked(TRACK))) == (2, 2)


async def test_what_never_left_is_sent_once_more() -> None:
    """No connection, no order."""
    refusing = Shiprocket({CREATE: [httpx.ConnectError("refused"), told(200, CREATED)]})

    assert await carrier_at(refusing).announce(PARCEL.build()) == ANNOUNCED


async def test_an_endless_answer_is_cut_off() -> None:
    """Memory is not filled by what the other side sends."""
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while True:
            sent += 1
            yield b" " * 65_536

    def wire(request: httpx.Request) -> httpx.Response:
        login = request.url.path.endswith(LOGIN)
        return told(200, {"token": TOKEN}) if login else httpx.Response(200, content=endless())

    with pytest.raises(CarrierUnavailable, match="too long"):
        await carrier_at(wire).announce(PARCEL.build())

    assert sent < 40


async def test_an_answer_that_trickles_is_given_up() -> None:
    """Each byte resets a read timeout, none resets the deadline."""

    async def stuck() -> AsyncIterator[bytes]:
        yield b"{"
        await anyio.sleep_forever()

    def wire(request: httpx.Request) -> httpx.Response:
        login = request.url.path.endswith(LOGIN)
        return told(200, {"token": TOKEN}) if login else httpx.Response(200, content=stuck())

    with pytest.raises(CarrierUnavailable, match="in time"):
        await asyncio.wait_for(carrier_at(wire, deadline=0.05).announce(PARCEL.build()), 5)
