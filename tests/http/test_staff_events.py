"""The operator looks through what happened, finds what is stuck, and has it tried again."""

from __future__ import annotations

from typing import Any, Final

import pytest

from adapters.memory.shop import MemoryShop
from tests.http.guest import data, faults, problem
from tests.http.operator import NOBODYS, Operator, placed, stuck

pytestmark = pytest.mark.anyio

EVENTS: Final = "/api/v1/admin/events"


async def test_events_come_newest_first_in_pages(operator: Operator, memory: MemoryShop) -> None:
    """Following `next` shows each once."""
    orders = [str(await placed(memory)) for _ in range(5)]
    seen: list[str] = []
    path: str | None = f"{EVENTS}?name=order.placed&limit=2"
    while path:
        answer = await operator.get(path.removeprefix("/api/v1/admin"))
        seen += [event["aggregateId"] for event in data(answer)]
        envelope = answer.json()
        path = envelope["links"]["next"]
        assert envelope["meta"]["pagination"]["has_more"] is (path is not None)
    assert seen == orders[::-1]


async def test_an_event_tells_what_it_was_told(operator: Operator, memory: MemoryShop) -> None:
    """Its payload is an object of its own shape; nobody keeps the answer."""
    order = await placed(memory)
    answer = await operator.get(f"/events?aggregate_id={order}&name=order.placed")
    [event] = data(answer)
    assert (event["name"], event["aggregate"], event["occurredAt"]) == ("order.placed", "order", "2026-12-01T10:00:00Z")
    assert event["payload"]["payment_method"] == "PREPAID"
    assert event["_links"] == {"self": f"{EVENTS}/{event['id']}"}
    assert answer.headers["cache-control"] == "no-store"
    assert data(await operator.get(f"/events?aggregate_id={order}&name=order.delivered")) == []
    assert answer.json()["links"]["self"] == f"{EVENTS}?name=order.placed&aggregate_id={order}"


async def test_a_stuck_event_is_found_and_replayed(operator: Operator, memory: MemoryShop) -> None:
    """By the links alone: from the backlog to the dead delivery, to its event, to its replay."""
    event_id = str(await stuck(memory, "tell_order_placed"))
    backlog = data(await operator.get("/backlog"))
    assert (backlog["inOutbox"], backlog["pending"], backlog["dead"]) == (0, 0, 1)
    [dead] = data(await operator.get(backlog["_links"]["dead"].removeprefix("/api/v1/admin")))
    assert (dead["eventId"], dead["handler"], dead["lane"]) == (event_id, "tell_order_placed", "mail")
    assert (dead["state"], dead["attempts"], dead["error"]) == ("DEAD", 1, "ValueError: the mill is closed")
    told = data(await operator.get(dead["_links"]["event"].removeprefix("/api/v1/admin")))
    assert [each["state"] for each in told["deliveries"]] == ["DONE", "DEAD"]
    assert told["_links"] == {"self": f"{EVENTS}/{event_id}", "replay": f"{EVENTS}/{event_id}/replay"}

    replayed = data(await operator.post(f"/events/{event_id}/replay", {}))

    assert [(each["state"], each["attempts"]) for each in replayed["deliveries"]] == [("DONE", 1), ("PENDING", 0)]
    assert replayed["_links"] == {"self": f"{EVENTS}/{event_id}"}
    [pending] = data(await operator.get("/deliveries?state=PENDING"))
    assert pending["_links"] == {"event": f"{EVENTS}/{event_id}"}
    assert data(await operator.get("/deliveries")) == []


async def test_what_is_stuck_comes_in_pages(operator: Operator, memory: MemoryShop) -> None:
    """Oldest first, each once, by following `next`; a cursor is of one state."""
    events = [str(await stuck(memory, "count_order", "tell_order_placed")) for _ in range(2)]
    seen = []
    path: str | None = "/api/v1/admin/deliveries?limit=1"
    while path:
        answer = await operator.get(path.removeprefix("/api/v1/admin"))
        seen += [(each["eventId"], each["handler"]) for each in data(answer)]
        path = answer.json()["links"]["next"]
    assert seen == [(event, handler) for event in events for handler in ("count_order", "tell_order_placed")]
    first = await operator.get("/deliveries?limit=1")
    cursor = first.json()["meta"]["pagination"]["next_cursor"]
    assert len(data(await operator.get(f"/deliveries?cursor={cursor}"))) == 3
    problem(await operator.get(f"/deliveries?state=PENDING&cursor={cursor}"), "invalid-cursor")


async def test_a_replay_may_name_one_handler(operator: Operator, memory: MemoryShop) -> None:
    """The others stay dead."""
    event_id = await stuck(memory, "count_order", "tell_order_placed")
    body = {"handler": "count_order"}
    replayed = data(await operator.post(f"/events/{event_id}/replay", body))
    assert [each["state"] for each in replayed["deliveries"]] == ["PENDING", "DEAD"]


async def test_what_is_not_dead_is_not_replayed(operator: Operator, memory: MemoryShop) -> None:
    """409, so that nobody believes that something happened."""
    event_id = await stuck(memory, "tell_order_placed")
    problem(await operator.post(f"/events/{event_id}/replay", {"handler": "count_order"}), "conflict")
    data(await operator.post(f"/events/{event_id}/replay", {"handler": None}))
    problem(await operator.post(f"/events/{event_id}/replay", {}), "conflict")


@pytest.mark.parametrize("event", [NOBODYS, "1", "%00", "019b0000-0000-7000-8000-00000000000%0A"])
async def test_an_event_that_is_not(event: str, operator: Operator) -> None:
    """Whatever it is called."""
    problem(await operator.get(f"/events/{event}"), "resource-not-found")
    problem(await operator.post(f"/events/{event}/replay", {}), "resource-not-found")


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/events?name=Order.Placed", {"/name": "pattern"}),
        ("/events?name=", {"/name": "pattern"}),
        ("/events?aggregate_id=1&limit=0", {"/aggregate_id": "pattern", "/limit": "minimum"}),
        ("/events?limit=101", {"/limit": "maximum"}),
        ("/events?order=1", {"/order": "unknown"}),
        ("/deliveries?state=DONE&limit=x", {"/state": "enum", "/limit": "type"}),
        ("/deliveries?cursor=&after=1", {"/cursor": "minLength", "/after": "unknown"}),
        ("/backlog?limit=1", {"/limit": "unknown"}),
    ],
)
async def test_a_bad_question(path: str, found: dict[str, str], operator: Operator) -> None:
    """Every bad parameter at once."""
    assert faults(await operator.get(path)) == found


async def test_a_cursor_is_of_one_question(operator: Operator, memory: MemoryShop) -> None:
    """Not of another name, and not made up."""
    for _ in range(2):
        await placed(memory)
    answer = await operator.get("/events?name=order.placed&limit=1")
    cursor = answer.json()["meta"]["pagination"]["next_cursor"]
    assert data(await operator.get(f"/events?name=order.placed&limit=100&cursor={cursor}"))
    for path in ("/events", "/deliveries", "/tasks"):
        for foreign in ("AAAA", cursor):
            problem(await operator.get(f"{path}?cursor={foreign}"), "invalid-cursor")


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ({"handler": ""}, {"/handler": "pattern"}),
        ({"handler": "x" * 101}, {"/handler": "pattern"}),
        ({"handler": 1, "all": True}, {"/handler": "type", "/all": "unknown"}),
        ([], {"": "type"}),
    ],
)
async def test_a_bad_replay(body: Any, found: dict[str, str], operator: Operator, memory: MemoryShop) -> None:
    """Nothing is replayed."""
    event_id = await stuck(memory, "tell_order_placed")
    answer = await operator.post(f"/events/{event_id}/replay", body)
    assert faults(answer) == found
    assert (await memory.event_views.backlog()).dead == 1
