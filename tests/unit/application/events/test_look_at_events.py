"""Operators see what was told, what became of it, and what is stuck."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from uuid import UUID

import pytest

from adapters.memory.shop import MemoryShop
from application.events.list_deliveries import ListDeliveries
from application.events.list_events import ListEvents, ListEventsQuery
from application.events.replay_event import NothingToReplay, ReplayEvent, ReplayEventCommand
from application.events.show_backlog import ShowBacklog
from application.events.show_event import ShowEvent
from domain.actor import Actor, Customer, Guest, Staff, System
from domain.errors import NotFound
from domain.permissions import Forbidden, Permission
from ports.deliveries import DeliveryKey, Lane, Subscription
from ports.event_views import Backlog, DeliveryState
from ports.paging import InvalidCursor, Position
from tests.builders import NOW, an_order, fresh_id

pytestmark = pytest.mark.anyio

AT_ONCE: Final = timedelta(0)
LISTENERS: Final = tuple(
    Subscription("order.placed", handler, lane, AT_ONCE)
    for handler, lane in (("count", Lane.EVENTS), ("send_mail", Lane.MAIL), ("tell_nobody", Lane.MAINTENANCE))
)


def staff(*permissions: Permission) -> Staff:
    """Somebody of the workshop who may do this, and nothing else."""
    return Staff(fresh_id(), frozenset(permissions))


READER: Final = staff(Permission.EVENTS_READ)
MENDER: Final = staff(Permission.EVENTS_READ, Permission.EVENTS_REPLAY)


@pytest.fixture
def shop() -> MemoryShop:
    """A shop where nothing has happened."""
    return MemoryShop(NOW)


def replay_in(shop: MemoryShop) -> ReplayEvent:
    """The use case on a shop."""
    return ReplayEvent(shop.begin, ShowEvent(shop.event_views), shop.clock)


async def placed(shop: MemoryShop) -> UUID:
    """Let an order be placed; its id."""
    order = an_order().build()
    async with shop.begin() as tx:
        await tx.orders.add(order)
    return order.id


async def stuck(shop: MemoryShop, *dead: str) -> UUID:
    """Let an order be placed whose event could not be handled there, and was elsewhere; the event's id."""
    await placed(shop)
    due = await shop.deliveries.hand_out(LISTENERS, NOW, lease=timedelta(seconds=30), most=100)
    await shop.deliveries.start([each.key for each in due], NOW, lease=timedelta(seconds=30))
    async with shop.begin() as tx:
        for each in due:
            if each.key.handler in dead:
                await tx.receipts.bury(each.key, "ValueError: the mill is closed")
            else:
                await tx.receipts.record(each.key, NOW)
    return due[0].key.event_id


def asked(
    actor: Actor = READER,
    name: str | None = None,
    aggregate_id: UUID | None = None,
    after: Position | None = None,
    limit: int = 20,
) -> ListEventsQuery:
    """A question for events."""
    return ListEventsQuery(actor, name, aggregate_id, after, limit)


async def test_events_come_newest_first_in_pages(shop: MemoryShop) -> None:
    """Each once, whatever the size of a page; after the last page there is none."""
    orders = [await placed(shop) for _ in range(5)]
    list_events = ListEvents(shop.event_views)
    seen, after, pages = [], None, 0
    while pages == 0 or after:
        page = await list_events(asked(name="order.placed", after=after, limit=2))
        seen += [event.aggregate_id for event in page.items]
        after, pages = page.next, pages + 1
    assert (seen, pages) == (orders[::-1], 3)


async def test_events_are_found_by_name_and_by_what_they_are_about(shop: MemoryShop) -> None:
    """Both must hold; nothing found is no error."""
    first, _ = await placed(shop), await placed(shop)
    list_events = ListEvents(shop.event_views)
    of_first = await list_events(asked(aggregate_id=first))
    assert {event.aggregate_id for event in of_first.items} == {first}
    assert (await list_events(asked(name="order.placed", aggregate_id=first))).items[0].name == "order.placed"
    assert (await list_events(asked(name="order.forgotten", aggregate_id=first))).items == ()


async def test_an_event_is_shown_with_what_became_of_it(shop: MemoryShop) -> None:
    """By handler: who is done, and who is stuck on what."""
    event_id = await stuck(shop, "send_mail")
    told = await ShowEvent(shop.event_views)(READER, event_id)
    assert (told.event.id, told.event.name) == (event_id, "order.placed")
    assert [(each.handler, each.state, each.error) for each in told.deliveries] == [
        ("count", DeliveryState.DONE, None),
        ("send_mail", DeliveryState.DEAD, "ValueError: the mill is closed"),
        ("tell_nobody", DeliveryState.DONE, None),
    ]


async def test_what_is_stuck_is_listed_and_counted(shop: MemoryShop) -> None:
    """Over all events."""
    events = [await stuck(shop, "count"), await stuck(shop, "send_mail")]
    await placed(shop)
    dead = await ListDeliveries(shop.event_views)(READER, DeliveryState.DEAD, 10)
    assert [(each.event_id, each.handler) for each in dead.items] == [(events[0], "count"), (events[1], "send_mail")]
    backlog = await ShowBacklog(shop.event_views)(READER)
    assert (backlog.pending, backlog.dead) == (0, 2)
    assert backlog.in_outbox > 0


async def test_what_is_stuck_is_listed_in_pages(shop: MemoryShop) -> None:
    """Each once, though two handlers are stuck on one event, and the first of them is replayed meanwhile."""
    events = [await stuck(shop, "count", "send_mail"), await stuck(shop, "send_mail")]
    list_deliveries = ListDeliveries(shop.event_views)
    first = await list_deliveries(READER, DeliveryState.DEAD, 1)
    await replay_in(shop)(ReplayEventCommand(MENDER, events[0], "count"))
    second = await list_deliveries(READER, DeliveryState.DEAD, 1, first.next)
    last = await list_deliveries(READER, DeliveryState.DEAD, 1, second.next)
    seen = [(each.event_id, each.handler) for page in (first, second, last) for each in page.items]
    assert seen == [(events[0], "count"), (events[0], "send_mail"), (events[1], "send_mail")]
    assert last.next is None


async def test_a_position_of_another_list(shop: MemoryShop) -> None:
    """Is refused, or followed by nothing."""
    await stuck(shop, "count")
    list_deliveries = ListDeliveries(shop.event_views)
    with pytest.raises(InvalidCursor):
        await list_deliveries(READER, DeliveryState.DEAD, 1, Position(1, fresh_id()))
    assert (await list_deliveries(READER, DeliveryState.DEAD, 1, Position("count", fresh_id()))).items == ()


async def test_a_replay_makes_all_that_is_dead_due_again(shop: MemoryShop) -> None:
    """With every attempt before it; what is done stays done."""
    event_id = await stuck(shop, "count", "send_mail")
    told = await replay_in(shop)(ReplayEventCommand(MENDER, event_id, handler=None))
    assert [(each.handler, each.state, each.attempts) for each in told.deliveries] == [
        ("count", DeliveryState.PENDING, 0),
        ("send_mail", DeliveryState.PENDING, 0),
        ("tell_nobody", DeliveryState.DONE, 1),
    ]
    due = await shop.deliveries.hand_out(LISTENERS, NOW, lease=timedelta(seconds=30), most=100)
    assert {each.key for each in due} == {DeliveryKey(event_id, "count"), DeliveryKey(event_id, "send_mail")}


async def test_a_replay_at_one_handler_leaves_the_others(shop: MemoryShop) -> None:
    """The other cause may not be mended yet."""
    event_id = await stuck(shop, "count", "send_mail")
    await replay_in(shop)(ReplayEventCommand(MENDER, event_id, handler="send_mail"))
    [dead] = await shop.event_views.deliveries(DeliveryState.DEAD, 10)
    assert dead.handler == "count"


async def test_what_is_not_dead_is_not_replayed(shop: MemoryShop) -> None:
    """Done, unknown, or revived a moment ago: an effect never comes twice by hand."""
    event_id = await stuck(shop, "send_mail")
    replay = replay_in(shop)
    for handler in ("count", "nobody"):
        with pytest.raises(NothingToReplay):
            await replay(ReplayEventCommand(MENDER, event_id, handler))
    await replay(ReplayEventCommand(MENDER, event_id, handler=None))
    with pytest.raises(NothingToReplay):
        await replay(ReplayEventCommand(MENDER, event_id, handler=None))
    assert await shop.event_views.backlog() == Backlog(in_outbox=0, pending=1, dead=0)


async def test_an_event_that_never_was(shop: MemoryShop) -> None:
    """Is neither shown nor replayed."""
    with pytest.raises(NotFound):
        await ShowEvent(shop.event_views)(READER, fresh_id())
    with pytest.raises(NotFound):
        await replay_in(shop)(ReplayEventCommand(MENDER, fresh_id(), handler=None))


@pytest.mark.parametrize(
    "actor",
    [Guest(), Customer(fresh_id()), staff(), staff(*set(Permission) - {Permission.EVENTS_READ})],
    ids=["guest", "customer", "nobody", "others"],
)
async def test_who_may_not_read_events_learns_nothing(actor: Actor, shop: MemoryShop) -> None:
    """Not even whether there is such an event."""
    event_id = await stuck(shop, "send_mail")
    with pytest.raises(Forbidden):
        await ListEvents(shop.event_views)(asked(actor))
    with pytest.raises(Forbidden):
        await ShowBacklog(shop.event_views)(actor)
    with pytest.raises(Forbidden):
        await ListDeliveries(shop.event_views)(actor, DeliveryState.DEAD, 10)
    for event in (event_id, fresh_id()):
        with pytest.raises(Forbidden):
            await ShowEvent(shop.event_views)(actor, event)
        with pytest.raises(Forbidden):
            await replay_in(shop)(ReplayEventCommand(actor, event, handler=None))


async def test_who_may_only_read_replays_nothing(shop: MemoryShop) -> None:
    """The shop itself may."""
    event_id = await stuck(shop, "send_mail")
    with pytest.raises(Forbidden):
        await replay_in(shop)(ReplayEventCommand(READER, event_id, handler=None))
    assert (await shop.event_views.backlog()).dead == 1
    await replay_in(shop)(ReplayEventCommand(System(), event_id, handler=None))
    assert (await shop.event_views.backlog()).dead == 0
