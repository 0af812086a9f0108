"""What is put arrives, and what can't be put is told soon."""

from __future__ import annotations

import asyncio
import base64
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack
from uuid import UUID

import pytest
from redis import Redis

from adapters.worker.app import make_app
from adapters.worker.publisher import Publisher
from adapters.worker.queue import CeleryTaskQueue
from bootstrap.embedded import free_port
from ports.deliveries import DeliveryKey, Lane
from ports.task_queue import TaskQueueUnavailable

pytestmark = pytest.mark.anyio

KEY = DeliveryKey(UUID(int=1), "send_mail")
OTHER = DeliveryKey(UUID(int=2), "book_shipment")
"""Of two events."""

OpenQueue = Callable[[str], CeleryTaskQueue]


@pytest.fixture
async def queue_at() -> AsyncIterator[OpenQueue]:
    """Opens queues by the URL of their broker, and closes them in the end."""
    with ExitStack() as stack:

        def open_queue(url: str) -> CeleryTaskQueue:
            app = make_app(url)
            stack.callback(app.close)
            return CeleryTaskQueue(app)

        yield open_queue


@pytest.fixture
async def mute_port() -> AsyncIterator[int]:
    """A port on which somebody takes every call and never says a word."""

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    server = await asyncio.start_server(listen, "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[1]
    server.close()


async def test_a_task_carries_the_keys_of_its_deliveries_and_nothing_else(redis_url: str, queue_at: OpenQueue) -> None:
    """In the queue of its lane."""
    await queue_at(redis_url).put(Lane.MAIL, [KEY, OTHER])

    with Redis.from_url(redis_url) as redis:
        [message] = redis.lrange("tasks:mail", 0, -1)
    arguments, named, _ = json.loads(base64.b64decode(json.loads(message)["body"]))
    assert arguments == [[[str(KEY.event_id), "send_mail"], [str(OTHER.event_id), "book_shipment"]]]
    assert named == {}
    assert "send_mail" not in json.dumps(json.loads(message)["headers"])


@pytest.mark.parametrize("scheme", ["redis", "amqp"])
@pytest.mark.parametrize(("state", "patience"), [("refused", 1), ("mute", 3.5)])
async def test_a_broker_that_is_not_there_is_told_soon(
    scheme: str, state: str, patience: float, mute_port: int, queue_at: OpenQueue
) -> None:
    """At once when it refuses, after two seconds when it says nothing: the relay has other things to do."""
    port = free_port() if state == "refused" else mute_port
    queue = queue_at(f"{scheme}://127.0.0.1:{port}/0")

    begun = time.monotonic()
    with pytest.raises(TaskQueueUnavailable):
        await queue.put(Lane.EVENTS, [KEY])

    assert time.monotonic() - begun < patience


async def test_connections_that_broke_off_are_replaced(redis_url: str, queue_at: OpenQueue) -> None:
    """At the second attempt at the latest."""
    queue = queue_at(redis_url)
    await queue.put(Lane.EVENTS, [KEY])
    with Redis.from_url(redis_url) as redis:
        redis.client_kill_filter(_type="normal", skipme=True)
        try:
            await queue.put(Lane.EVENTS, [KEY])
        except TaskQueueUnavailable:
            await queue.put(Lane.EVENTS, [KEY])

        assert redis.llen("tasks:events") == 2


async def test_a_full_queue_drops_what_comes_again_anyhow(redis_url: str, caplog: pytest.LogCaptureFixture) -> None:
    """Workers that are away fill no memory; the other lanes notice nothing, and the log has one line."""
    with ExitStack() as stack:
        app = make_app(redis_url)
        stack.callback(app.close)
        publisher = Publisher(app, most_waiting=2)
        for _ in range(5):
            publisher.publish("deliver", [], Lane.MAIL)
        publisher.publish("deliver", [], Lane.EVENTS)
        redis = stack.enter_context(Redis.from_url(redis_url))
        waiting = redis.llen("tasks:mail"), redis.llen("tasks:events")

    assert waiting == (2, 1)
    assert [record.message for record in caplog.records] == [
        "2 tasks wait for workers of the lane mail; what does not fit comes again"
    ]
