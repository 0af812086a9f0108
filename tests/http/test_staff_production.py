"""The workshop sees what it has promised for a week."""

from __future__ import annotations

import pytest

from adapters.memory.shop import MemoryShop
from tests.builders import an_order
from tests.http.guest import data, problem
from tests.http.operator import Operator, keep

pytestmark = pytest.mark.anyio


async def test_a_week_is_planned(operator: Operator, memory: MemoryShop) -> None:
    """Orders, designs in words, and what they take from the shelf."""
    number = await keep(memory, an_order().paid().promised_in("2026-W51"))
    await keep(memory, an_order().paid().promised_in("2026-W52"))

    plan = data(await operator.get("/production/2026-W51"))

    assert (plan["week"], plan["pairs"], plan["pairsToBegin"]) == ("2026-W51", 1, 1)
    [order] = plan["orders"]
    assert (order["extId"], order["fulfillmentStatus"]) == (number, "UNFULFILLED")
    assert [line["quantity"] for line in order["lines"]] == [1]
    assert order["lines"][0]["choice"]["size"]
    assert {need["sku"].split(":")[0] for need in plan["needs"]} >= {"leather", "sole"}
    assert plan["_links"]["next"] == "/api/v1/admin/production/2026-W52"


@pytest.mark.parametrize("week", ["2026-W54", "next", "2026-51", "%00"])
async def test_a_week_that_is_not(operator: Operator, week: str) -> None:
    """As every other thing that isn't there."""
    problem(await operator.get(f"/production/{week}"), "resource-not-found")
