"""The load generator counts what was served, and calls everything else an error."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from benchmarks.connections import Server
from benchmarks.load import Load, Unit, drive

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
CONFLICT = b'HTTP/1.1 409 Conflict\r\nContent-Length: 19\r\n\r\n{"code":"conflict"}'


@dataclass(slots=True)
class Visits:
    """`left` units of two requests each, shared by all shoppers."""

    left: int

    def units(self, shopper: int) -> Iterator[Unit]:
        while self.left > 0:
            self.left -= 1
            yield self._visit()

    def _visit(self) -> Unit:
        yield 0, b"GET / HTTP/1.1\r\n\r\n"
        answered = yield 0, b"GET / HTTP/1.1\r\n\r\n"
        return answered.body


@contextmanager
def serving(answer: bytes | None, *, after: float = 0.0) -> Iterator[Server]:
    """A server that gives the same answer to everything, `after` seconds; None hangs up."""

    async def attend(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await reader.read(65_536) and answer is not None:
            await asyncio.sleep(after)
            writer.write(answer)
        writer.close()

    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(asyncio.start_server(attend, "127.0.0.1", 0))
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield Server("127.0.0.1", server.sockets[0].getsockname()[1], os.getpid(), workers=1)
    finally:
        asyncio.run_coroutine_threadsafe(_end(server), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _end(server: asyncio.Server) -> None:
    server.close()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    await asyncio.gather(*others, return_exceptions=True)


def test_a_journey_is_followed_to_its_end_and_gives_what_it_made() -> None:
    with serving(OK) as server:
        driven = drive(Load((server,), Visits(20), shoppers=3, seconds=30.0, warm=0.0))
    assert driven.made == [b"{}"] * 20
    assert driven.outcome.errors == {}
    assert driven.outcome.rate > 0
    assert driven.outcome.latency is not None


def test_time_ends_a_journey_that_would_go_on() -> None:
    with serving(OK) as server:
        driven = drive(Load((server,), Visits(10**9), shoppers=2, seconds=0.05, warm=0.0))
    counted = round(driven.outcome.rate * 0.05)
    assert 0 <= len(driven.made) - counted <= 2, "only what was under way at the end is not counted"


def test_an_answer_that_is_no_success_ends_its_unit_and_is_named() -> None:
    with serving(CONFLICT) as server:
        driven = drive(Load((server,), Visits(5), shoppers=2, seconds=30.0, warm=0.0))
    assert driven.outcome.errors == {"409 conflict": 5}
    assert driven.made == []


def test_a_pace_is_kept_and_waiting_for_the_answer_before_counts() -> None:
    with serving(OK) as server:
        steady = drive(Load((server,), Visits(10**9), shoppers=2, seconds=0.5, warm=0.0, pace=100.0)).outcome
    assert round(steady.rate * 0.5) == 50
    with serving(OK, after=0.05) as server:
        queueing = drive(Load((server,), Visits(20), shoppers=1, seconds=30.0, warm=0.0, pace=100.0)).outcome
    assert steady.latency is not None
    assert queueing.latency is not None
    assert queueing.latency.p95 > 1000 * (18 * (2 * 0.05 - 0.01)), "each unit began 10 ms after, and took 100 ms"


def test_a_lost_connection_is_an_error() -> None:
    with serving(None) as server:
        driven = drive(Load((server,), Visits(5), shoppers=2, seconds=30.0, warm=0.0))
    assert driven.outcome.errors == {"connection lost": 2}
