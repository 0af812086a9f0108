"""`shoes events` on a real database: what an operator reads in a terminal, and does there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Final
from uuid import UUID

import pytest
from click.testing import CliRunner, Result

from adapters.db.deliveries import SqlDeliveries
from adapters.db.engine import Database
from adapters.db.event_views import SqlEventViews
from bootstrap.commands.events import events
from ports.deliveries import Lane, Subscription
from tests.builders import NOW, an_order, fresh_id

Shoes = Callable[..., Result]

LISTENERS: Final = tuple(
    Subscription("order.placed", handler, lane, timedelta(0))
    for handler, lane in (("count_order", Lane.EVENTS), ("tell_order_placed", Lane.MAIL))
)
LEASE: Final = timedelta(seconds=30)
ERROR: Final = "ValueError: the mill is closed\n\x1b[31mfor ever"


@pytest.fixture
def shoes(monkeypatch: pytest.MonkeyPatch, postgres_url: str, redis_url: str) -> Shoes:
    """Runs `shoes events` with these words on this test's database."""
    monkeypatch.setenv("SHOES_DATABASE_URL", postgres_url)
    monkeypatch.setenv("SHOES_REDIS_URL", redis_url)

    def run(*words: str) -> Result:
        return CliRunner().invoke(events, words)

    return run


@pytest.fixture
def stuck(postgres_url: str) -> Callable[..., UUID]:
    """Lets an order be placed whose event died at these handlers; gives the event's id."""
    return lambda *dead: asyncio.run(_stuck(postgres_url, dead))


async def _stuck(url: str, dead: tuple[str, ...]) -> UUID:
    database, order = Database(url), an_order().build()
    try:
        deliveries = SqlDeliveries(database)
        async with database.begin() as tx:
            await tx.orders.add(order)
        due = await deliveries.hand_out(LISTENERS, NOW, lease=LEASE, most=100)
        await deliveries.start([each.key for each in due], NOW, lease=LEASE)
        async with database.begin() as tx:
            for each in due:
                if each.key.handler in dead:
                    await tx.receipts.bury(each.key, ERROR)
                else:
                    await tx.receipts.record(each.key, NOW)
        [event] = await SqlEventViews(database).events(name="order.placed", aggregate_id=order.id, before=None, limit=1)
        return event.id
    finally:
        await database.close()


def test_events_are_listed_newest_first(shoes: Shoes, stuck: Callable[..., UUID]) -> None:
    """In columns; as many as were asked for."""
    older, newer = stuck(), stuck()
    ran = shoes("list", "--name", "order.placed")
    head, first, second = ran.output.splitlines()
    assert (ran.exit_code, head.split()) == (0, ["EVENT", "AT", "NAME", "ABOUT"])
    assert (first.split()[0], second.split()[0]) == (str(newer), str(older))
    assert first.index("order.placed") == second.index("order.placed") == head.index("NAME")
    assert len(shoes("list", "--limit", "1").output.splitlines()) == 2
    assert len(shoes("list", "--aggregate", first.split()[-1], "--name", "order.placed").output.splitlines()) == 2


def test_what_is_dead_is_listed_with_its_error(shoes: Shoes, stuck: Callable[..., UUID]) -> None:
    """Each on one line, and nothing of it moves the terminal's cursor."""
    event = stuck("tell_order_placed")
    stuck()
    ran = shoes("list", "--dead")
    _, line = ran.output.splitlines()
    assert line.split()[:4] == [str(event), "order.placed", "tell_order_placed", "1"]
    assert line.endswith("ValueError: the mill is closed  [31mfor ever")


def test_an_event_is_shown_with_its_deliveries(shoes: Shoes, stuck: Callable[..., UUID]) -> None:
    """What it told, and what became of it."""
    event = stuck("tell_order_placed")
    said = shoes("show", str(event)).output
    assert f"event    {event}\nname     order.placed\n" in said
    assert '  "payment_method": "PREPAID"' in said
    assert [line.split()[:4] for line in said.splitlines()[-2:]] == [
        ["count_order", "events", "DONE", "1"],
        ["tell_order_placed", "mail", "DEAD", "1"],
    ]


def test_a_dead_event_is_replayed(shoes: Shoes, stuck: Callable[..., UUID]) -> None:
    """At one handler, then at the rest; then there is nothing left to replay."""
    event = stuck("count_order", "tell_order_placed")
    one = shoes("replay", str(event), "--handler", "count_order")
    assert (one.exit_code, one.output) == (0, f"{event} order.placed is due again at count_order\n")
    rest = shoes("replay", str(event))
    assert rest.output == f"{event} order.placed is due again at count_order, tell_order_placed\n"
    nothing = shoes("replay", str(event))
    assert (nothing.exit_code, nothing.output) == (1, f"shoes: no delivery of event {event} is dead\n")


def test_all_that_is_dead_is_replayed(shoes: Shoes, stuck: Callable[..., UUID]) -> None:
    """After the mill has opened again."""
    dead = [stuck("count_order"), stuck("tell_order_placed"), stuck()][:2]
    ran = shoes("replay", "--all-dead")
    assert [line.split()[0] for line in ran.output.splitlines()] == [str(each) for each in dead]
    assert shoes("list", "--dead").output.splitlines()[1:] == []
    assert shoes("replay", "--all-dead").output == "nothing is dead\n"


@pytest.mark.parametrize("command", ["show", "replay"])
def test_an_unknown_event_is_one_line(command: str, shoes: Shoes) -> None:
    """And exit code 1, whether it could be an id or not."""
    for event in (str(fresh_id()), "yesterday's"):
        ran = shoes(command, event)
        assert (ran.exit_code, ran.output) == (1, f"shoes: event {event} was not found\n")


@pytest.mark.parametrize(
    "words",
    [["replay"], ["replay", "x", "--all-dead"], ["list", "--dead", "--name", "x"], ["list", "--limit", "0"]],
)
def test_words_that_make_no_sense_are_a_usage_error(words: list[str], shoes: Shoes) -> None:
    """Before anything is asked."""
    assert shoes(*words).exit_code == 2
