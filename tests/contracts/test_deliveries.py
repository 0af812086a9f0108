"""Events reach everyone who listens, in order, whatever gets lost on the way."""

from __future__ import annotations

from asyncio import gather
from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

import pytest

from domain.errors import NotFound
from domain.ordering.events import OrderPlaced
from domain.ordering.order import Order
from ports.deliveries import DeliveryKey, HandedOut, Lane, Subscription
from ports.event_views import Backlog, DeliveryState
from tests.builders import NOW, an_order
from tests.contracts.shop_fixtures import ShopCase

pytestmark = pytest.mark.anyio

LEASE: Final = timedelta(seconds=30)
A_MOMENT: Final = timedelta(seconds=1)
AT_ONCE: Final = timedelta(0)
MAIL: Final = Subscription("order.placed", "send_mail", Lane.MAIL, AT_ONCE)
COUNT: Final = Subscription("order.placed", "count", Lane.EVENTS, AT_ONCE)
STOP: Final = Subscription("order.cancelled", "stop", Lane.EVENTS, AT_ONCE)


async def placed(shop: ShopCase) -> Order:
    """An order of which `order.placed` was told."""
    order = an_order().build()
    async with shop.begin() as tx:
        await tx.orders.add(order)
    return order


async def cancelled(shop: ShopCase, order: Order) -> None:
    """Let `order.cancelled` be told of it."""
    async with shop.begin() as tx:
        kept = await tx.orders.get(order.id)
        kept.cancel("changed my mind", NOW)
        await tx.orders.save(kept)


async def hand_out(
    shop: ShopCase, *subscriptions: Subscription, after: timedelta = AT_ONCE, most: int = 100
) -> Sequence[HandedOut]:
    """One round of a relay."""
    return await shop.deliveries.hand_out(subscriptions or (MAIL, COUNT, STOP), NOW + after, lease=LEASE, most=most)


async def record(shop: ShopCase, key: DeliveryKey) -> bool:
    """Note in a transaction that it was handled."""
    async with shop.begin() as tx:
        return await tx.receipts.record(key, NOW)


def handlers(handed_out: Sequence[HandedOut]) -> list[str]:
    """Who gets something."""
    return sorted(each.key.handler for each in handed_out)


async def test_every_handler_of_an_event_gets_it_in_its_lane(shop: ShopCase) -> None:
    """Who listens to something else, or to nothing, gets nothing."""
    await placed(shop)

    due = await hand_out(shop)

    assert {(each.key.handler, each.lane) for each in due} == {("send_mail", Lane.MAIL), ("count", Lane.EVENTS)}
    assert await shop.event_views.backlog() == Backlog(in_outbox=0, pending=2, dead=0)


async def test_what_is_handed_out_is_not_handed_out_again_until_its_lease_ends(shop: ShopCase) -> None:
    """A task that was lost on the way costs time, not the event."""
    await placed(shop)
    first = await hand_out(shop)

    assert await hand_out(shop, after=LEASE - A_MOMENT) == []
    assert handlers(await hand_out(shop, after=LEASE)) == handlers(first)


async def test_a_worker_whose_clock_is_behind_shortens_no_lease(shop: ShopCase) -> None:
    """Or it would be handed out again and again while it is at work, until no attempt is left."""
    await placed(shop)
    ahead = timedelta(minutes=1)
    [due] = await hand_out(shop, COUNT, after=ahead)

    await shop.deliveries.start([due.key], NOW, lease=LEASE)

    assert await hand_out(shop, COUNT, after=ahead + LEASE - A_MOMENT) == []
    assert handlers(await hand_out(shop, COUNT, after=ahead + LEASE)) == ["count"]


async def test_what_could_not_be_passed_on_is_due_at_once(shop: ShopCase) -> None:
    """The broker was down: nothing waits for the lease to end."""
    await placed(shop)
    due = await hand_out(shop)

    await shop.deliveries.take_back([each.key for each in due], NOW)

    assert handlers(await hand_out(shop)) == ["count", "send_mail"]


async def test_an_attempt_has_the_event_and_its_number(shop: ShopCase) -> None:
    """What was told comes out as it was put in."""
    order = await placed(shop)
    [due] = await hand_out(shop, COUNT)

    [first] = await shop.deliveries.start([due.key], NOW, lease=LEASE)
    [second] = await shop.deliveries.start([due.key], NOW, lease=LEASE)

    assert (first.key, first.attempt, second.attempt) == (due.key, 1, 2)
    assert isinstance(first.event, OrderPlaced)
    assert (first.event.aggregate_id, first.event.order, first.event.total) == (
        order.id,
        order.ext_id,
        order.amounts.total.minor,
    )
    assert (first.event.occurred_at, first.event.hold_expires_at) == (order.created_at, order.hold_expires_at)


async def test_what_was_recorded_with_its_effect_is_done(shop: ShopCase) -> None:
    """Neither the same task again nor the next round of a relay brings it back."""
    await placed(shop)
    [due] = await hand_out(shop, COUNT)

    assert await record(shop, due.key)

    assert not await record(shop, due.key)
    assert await shop.deliveries.start([due.key], NOW, lease=LEASE) == []
    assert await hand_out(shop, COUNT, after=LEASE) == []
    [view] = await shop.event_views.deliveries_of(due.key.event_id)
    assert (view.state, view.handled_at) == (DeliveryState.DONE, NOW)


async def test_a_record_goes_with_its_transaction(shop: ShopCase) -> None:
    """An effect that was rolled back is due again."""
    await placed(shop)
    [due] = await hand_out(shop, COUNT)

    async with shop.failing() as tx:
        assert await tx.receipts.record(due.key, NOW)

    assert await record(shop, due.key)


async def test_of_two_at_once_one_has_the_effect(shop: ShopCase) -> None:
    """The same task came twice, to two workers."""
    await placed(shop)
    [due] = await hand_out(shop, COUNT)

    assert sorted(await gather(*(record(shop, due.key) for _ in range(5)))) == [False, False, False, False, True]


async def test_what_is_finished_is_done(shop: ShopCase) -> None:
    """For handlers without a transaction of their own; harmless after those with one."""
    await placed(shop)
    keys = [each.key for each in await hand_out(shop)]
    await record(shop, keys[0])

    await shop.deliveries.finish(keys, NOW)

    assert await shop.event_views.backlog() == Backlog(in_outbox=0, pending=0, dead=0)
    assert await hand_out(shop, after=LEASE) == []


async def test_a_failed_one_comes_again_at_its_time(shop: ShopCase) -> None:
    """And tells why it failed, meanwhile."""
    await placed(shop)
    [due] = await hand_out(shop, COUNT)

    await shop.deliveries.retry(due.key, NOW + timedelta(minutes=2), "Trouble: at the mill")

    assert await hand_out(shop, COUNT, after=timedelta(minutes=1)) == []
    [view] = await shop.event_views.deliveries(DeliveryState.PENDING, 10)
    assert (view.event, view.error) == ("order.placed", "Trouble: at the mill")
    assert handlers(await hand_out(shop, COUNT, after=timedelta(minutes=2))) == ["count"]


async def test_a_failed_one_is_not_begun_before_its_time(shop: ShopCase) -> None:
    """Its task came several times, because nobody worked for a while: its attempts are not used up at once."""
    await placed(shop)
    [due] = await hand_out(shop, COUNT)
    await shop.deliveries.start([due.key], NOW, lease=LEASE)
    await shop.deliveries.retry(due.key, NOW + timedelta(minutes=2), "Trouble: at the mill")

    assert await shop.deliveries.start([due.key], NOW, lease=LEASE) == []

    await hand_out(shop, COUNT, after=timedelta(minutes=2))
    [second] = await shop.deliveries.start([due.key], NOW, lease=LEASE)
    assert second.attempt == 2


async def test_a_late_failure_does_not_undo_a_success(shop: ShopCase) -> None:
    """The same delivery was made twice at once, and one of the two failed."""
    await placed(shop)
    [due] = await hand_out(shop, COUNT)
    await record(shop, due.key)

    await shop.deliveries.retry(due.key, NOW, "too late")
    async with shop.begin() as tx:
        assert not await tx.receipts.bury(due.key, "too late")

    assert await hand_out(shop, COUNT, after=LEASE) == []


async def test_a_delayed_handler_hears_of_it_later(shop: ShopCase) -> None:
    """A week after the delivery a customer is asked how the shoes are."""
    await placed(shop)
    later = Subscription("order.placed", "ask", Lane.MAINTENANCE, timedelta(days=7))

    assert await hand_out(shop, later) == []

    assert handlers(await hand_out(shop, later, after=timedelta(days=7))) == ["ask"]


async def test_events_of_one_order_are_handled_one_after_the_other(shop: ShopCase) -> None:
    """The second is not handed out before the first is done in its lane."""
    order = await placed(shop)
    await cancelled(shop, order)

    [first] = await hand_out(shop, COUNT, STOP)
    assert first.key.handler == "count"
    assert await hand_out(shop, COUNT, STOP) == []

    await record(shop, first.key)
    assert handlers(await hand_out(shop, COUNT, STOP)) == ["stop"]


async def test_lanes_do_not_wait_for_each_other(shop: ShopCase) -> None:
    """Mail that can't be sent holds up no refund."""
    order = await placed(shop)
    await cancelled(shop, order)

    assert handlers(await hand_out(shop, MAIL, STOP)) == ["send_mail", "stop"]


async def test_a_dead_one_holds_up_its_own_order_and_no_other(shop: ShopCase) -> None:
    """Until an operator has it done again."""
    stuck, other = await placed(shop), await placed(shop)
    keys = {each.key.event_id: each.key for each in await hand_out(shop, COUNT, STOP)}
    [dead] = [key for key in keys.values() if await _is_of(shop, key, stuck)]
    async with shop.begin() as tx:
        assert await tx.receipts.bury(dead, "Trouble: for good")
    await shop.deliveries.finish([key for key in keys.values() if key != dead], NOW)
    for order in (stuck, other):
        await cancelled(shop, order)

    [due] = await hand_out(shop, COUNT, STOP, after=LEASE)
    assert await _is_of(shop, due.key, other)
    [view] = await shop.event_views.deliveries(DeliveryState.DEAD, 10)
    assert (view.handler, view.error) == ("count", "Trouble: for good")
    assert await shop.deliveries.start([dead], NOW, lease=LEASE) == []

    async with shop.begin() as tx:
        await tx.receipts.revive(dead, NOW + LEASE)
    assert [each.key for each in await hand_out(shop, COUNT, STOP, after=LEASE)] == [dead]
    [again] = await shop.deliveries.start([dead], NOW, lease=LEASE)
    assert again.attempt == 1


async def test_only_the_dead_are_revived(shop: ShopCase) -> None:
    """What is due, done or unknown is left alone."""
    await placed(shop)
    [due] = await hand_out(shop, COUNT)

    for key in (due.key, DeliveryKey(UUID(int=1), "count")):
        with pytest.raises(NotFound):
            async with shop.begin() as tx:
                await tx.receipts.revive(key, NOW)


async def test_several_relays_share_the_work(shop: ShopCase) -> None:
    """Nothing is handed out twice, nothing is left over."""
    orders = [await placed(shop) for _ in range(12)]
    for order in orders:
        await cancelled(shop, order)

    rounds = await gather(*(hand_out(shop, COUNT, STOP, most=5) for _ in range(8)))

    handed_out = [each.key for due in rounds for each in due]
    assert len(handed_out) == len(set(handed_out))
    while more := await hand_out(shop, COUNT, STOP):
        handed_out += [each.key for each in more]
    assert len(handed_out) == len(set(handed_out)) == len(orders), "the cancellations wait for what comes before"
    await shop.deliveries.finish(handed_out, NOW)
    assert handlers(await hand_out(shop, COUNT, STOP)) == ["stop"] * len(orders)


async def test_a_relay_takes_no_more_than_it_was_told(shop: ShopCase) -> None:
    """The rest stays for the next round."""
    for _ in range(5):
        await placed(shop)

    assert len(await hand_out(shop, COUNT, most=2)) == 2
    assert len(await hand_out(shop, COUNT, most=100)) == 3


async def _is_of(shop: ShopCase, key: DeliveryKey, order: Order) -> bool:
    event = await shop.event_views.event(key.event_id)
    return event is not None and event.aggregate_id == order.id
