"""Events that another version of the shop wrote."""

from __future__ import annotations

from datetime import timedelta

import pytest

from adapters.db.deliveries import SqlDeliveries
from adapters.db.engine import Database
from adapters.db.event_views import SqlEventViews
from adapters.memory.shop import MemoryShop
from application.events.handle_deliveries import HandleDeliveries
from application.events.relay_events import LEASE
from application.events.retry_policy import RetryPolicy
from application.saga.count_order import CountOrder
from ports.deliveries import Lane, Subscription
from ports.event_views import DeliveryState
from tests.builders import NOW, an_order
from tests.integration.db.direct import Direct

pytestmark = pytest.mark.anyio

COUNT = Subscription("order.placed", "count_order", Lane.EVENTS, timedelta(0))


@pytest.mark.parametrize("spoil", ["payload = payload - 'total'", "name = 'order.imagined'"])
async def test_one_takes_no_other_of_its_task_with_it(database: Database, direct: Direct, spoil: str) -> None:
    """It is tried again like any that failed, and at last an operator is asked; the others are handled."""
    spoilt, sound = an_order().build(), an_order().build()
    for order in (spoilt, sound):
        async with database.begin() as tx:
            await tx.orders.add(order)
    deliveries, shop = SqlDeliveries(database), MemoryShop(NOW)
    keys = [each.key for each in await deliveries.hand_out([COUNT], NOW, lease=LEASE, most=10)]
    await direct.rows(f"UPDATE domain_event SET {spoil} WHERE aggregate_id = $1", spoilt.id)  # noqa: S608  # ours
    handle = HandleDeliveries(
        deliveries=deliveries,
        handlers={CountOrder.name: CountOrder(shop.analytics)},
        begin=database.begin,
        bell=shop.bell,
        clock=shop.clock,
        ids=shop.ids,
        retries=RetryPolicy(attempts=1),
    )

    await handle(keys)

    views = SqlEventViews(database)
    states = {each.aggregate_id: each.state for key in keys for each in await views.deliveries_of(key.event_id)}
    assert states == {sound.id: DeliveryState.DONE, spoilt.id: DeliveryState.DEAD}
