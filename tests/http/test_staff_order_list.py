"""The workshop leafs through all orders, and finds those that it looks for."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from adapters.memory.shop import MemoryShop
from tests.builders import NOW, an_order
from tests.http.guest import Guest, Json, data, faults, problem
from tests.http.operator import Operator, keep

pytestmark = pytest.mark.anyio


def numbers(answer: httpx.Response) -> list[str]:
    """Which orders came."""
    return [order["extId"] for order in data(answer)]


async def test_an_order_is_outlined(guest: Guest, operator: Operator) -> None:
    """As much as a list needs, and where the rest is."""
    await guest.add()
    order = await guest.buy(expectedTotal=2_599_800)
    answer = await operator.get("/orders")
    assert data(answer) == [
        {
            "id": order["id"],
            "extId": order["extId"],
            "status": "PENDING",
            "paymentStatus": "PENDING",
            "fulfillmentStatus": "UNFULFILLED",
            "paymentMethod": "PREPAID",
            "customerEmail": "asha@example.com",
            "total": order["total"],
            "pairs": 2,
            "promisedWeek": order["promisedWeek"],
            "createdAt": "2026-12-01T10:00:00Z",
            "_links": {"self": f"/api/v1/admin/orders/{order['extId']}"},
        }
    ]
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json()["links"] == {"self": "/api/v1/admin/orders", "next": None, "prev": None, "related": {}}


async def test_orders_come_newest_first_in_pages(operator: Operator, memory: MemoryShop) -> None:
    """Following `next` shows each once, though the size of a page changes on the way."""
    orders = [await keep(memory, an_order().paid()) for _ in range(5)]
    first = await operator.get("/orders?status=CONFIRMED&limit=2")
    assert numbers(first) == orders[:2:-1]
    following = first.json()["links"]["next"]
    assert following.startswith("/api/v1/admin/orders?status=CONFIRMED&limit=2&cursor=")
    rest = await operator.get(following.removeprefix("/api/v1/admin").replace("limit=2", "limit=100"))
    assert numbers(rest) == orders[2::-1]
    assert rest.json()["meta"]["pagination"] == {"limit": 100, "next_cursor": None, "has_more": False}


async def test_a_cursor_is_of_one_question(operator: Operator, memory: MemoryShop) -> None:
    """Whose moments may be told in another zone, but not be others."""
    orders = [await keep(memory, an_order()) for _ in range(3)]
    first = await operator.get("/orders?from=2026-12-01T00:00:00Z&limit=1")
    assert first.json()["links"]["self"] == "/api/v1/admin/orders?from=2026-12-01T00%3A00%3A00Z&limit=1"
    cursor = first.json()["meta"]["pagination"]["next_cursor"]
    same = await operator.get(f"/orders?from=2026-12-01T05:30:00%2B05:30&cursor={cursor}")
    assert numbers(same) == orders[1::-1]
    for other in ("", "from=2026-12-01T00:00:01Z&", "from=2026-12-01T00:00:00Z&status=PENDING&"):
        problem(await operator.get(f"/orders?{other}cursor={cursor}"), "invalid-cursor")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("status=CANCELLED", "cancelled"),
        ("payment_status=FAILED", "failed"),
        ("fulfillment_status=IN_PRODUCTION", "made"),
        ("status=PENDING&payment_status=PENDING", "later"),
        ("status=DELIVERED", ""),
        ("from=2026-12-02T10:00:00Z", "later"),
        ("to=2026-12-02T10:00:00Z&status=PENDING", "failed"),
        ("from=2026-12-02T15:30:00%2B05:30&to=2026-12-02T10:00:00.000001Z", "later"),
        ("from=9999-12-31T23:59:59.999999-12:00", ""),
        ("from=0001-01-01T00:00:00%2B12:00&to=2026-12-01T10:00:00Z", ""),
        ("to=0001-01-01T00:00:00%2B12:00", ""),
        ("from=0001-01-01T00:00:00%2B12:00&to=9999-12-31T23:59:59-12:00&payment_status=FAILED", "failed"),
    ],
)
async def test_orders_are_narrowed_down(query: str, found: str, operator: Operator, memory: MemoryShop) -> None:
    """By their statuses and by when they were placed; nothing found is no error."""
    orders = {
        "cancelled": an_order().cancelled(),
        "failed": an_order().payment_failed(),
        "made": an_order().paid_on_delivery().in_production(),
        "later": an_order().placed(NOW + timedelta(days=1)),
    }
    kept = {name: await keep(memory, order) for name, order in orders.items()}
    answer = await operator.get(f"/orders?{query}")
    assert numbers(answer) == ([kept[found]] if found else [])
    again = await operator.get(answer.json()["links"]["self"].removeprefix("/api/v1/admin"))
    assert data(again) == data(answer)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("status=pending&payment_status=&limit=0", {"/status": "enum", "/payment_status": "enum", "/limit": "minimum"}),
        ("fulfillment_status=LOST&limit=101", {"/fulfillment_status": "enum", "/limit": "maximum"}),
        ("from=yesterday&to=2026-12-01", {"/from": "format", "/to": "format"}),
        ("from=2026-12-01T10:00:00&to=1764583200", {"/from": "format", "/to": "format"}),
        ("from=2026-12-01T10:00:00+05:30&to=", {"/from": "format", "/to": "format"}),
        ("from=2026-02-30T10:00:00Z&cursor=", {"/from": "format", "/cursor": "minLength"}),
        ("since=2026-12-01T10:00:00Z&sort=price", {"/since": "unknown", "/sort": "unknown"}),
        ("status=PENDING&status=PAID", {"/status": "duplicate"}),
    ],
)
async def test_a_bad_question(query: str, found: Json, operator: Operator) -> None:
    """Every bad parameter at once, by the names that were sent."""
    assert faults(await operator.get(f"/orders?{query}")) == found
