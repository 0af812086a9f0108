"""`shoes events`: what happened, who was told, what is stuck, and trying it again."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import datetime
from typing import Final, TypeVar
from uuid import UUID

import click

from application.events.list_events import ListEventsQuery
from application.events.replay_event import ReplayEventCommand
from application.events.show_event import ToldEvent
from bootstrap.adapters import Adapters, opened
from bootstrap.backoffice import BackOffice
from bootstrap.environment import settings_with_servers
from bootstrap.settings import Settings
from domain.actor import System
from domain.errors import DomainError, NotFound
from ports.event_views import DeliveryState, DeliveryView, EventView

T = TypeVar("T")

_MOST: Final = 1_000
_LONGEST_ERROR: Final = 100

_limit: Final = click.option("--limit", type=click.IntRange(1, _MOST), default=20, show_default=True, help="How many.")


@click.group()
def events() -> None:
    """Look through the log of events, and replay what is stuck."""


@events.command("list")
@click.option("--name", help="Only events of this name, such as order.placed.")
@click.option("--aggregate", help="Only what happened to the thing with this id.")
@click.option("--dead", is_flag=True, help="Deliveries that wait for an operator, oldest first, instead.")
@_limit
def list_events(*, name: str | None, aggregate: str | None, dead: bool, limit: int) -> None:
    """List events, newest first."""
    if dead and (name or aggregate):
        raise click.UsageError("--dead goes with no other condition")

    async def found(staff: BackOffice) -> Iterator[str]:
        if dead:
            return dead_lines((await staff.list_deliveries()(System(), DeliveryState.DEAD, limit)).items)
        about = _id("aggregate", aggregate) if aggregate else None
        page = await staff.list_events()(ListEventsQuery(System(), name, about, after=None, limit=limit))
        return event_lines(page.items)

    _tell(found)


@events.command("show")
@click.argument("event")
def show_event(event: str) -> None:
    """Show EVENT (an id) with what became of it at each handler."""

    async def found(staff: BackOffice) -> Iterator[str]:
        return told_lines(await staff.show_event()(System(), _id("event", event)))

    _tell(found)


@events.command("replay")
@click.argument("event", required=False)
@click.option("--handler", help="Only at this handler; default: wherever the event is dead.")
@click.option("--all-dead", is_flag=True, help=f"Every event that is dead anywhere, up to {_MOST} deliveries.")
def replay(*, event: str | None, handler: str | None, all_dead: bool) -> None:
    """Make dead deliveries of EVENT (an id), or of all events, due again."""
    if (event is None) is not all_dead:
        raise click.UsageError("name an event or say --all-dead")

    async def replayed(staff: BackOffice) -> Iterator[str]:
        if event is not None:
            return iter([await _replay(staff, _id("event", event), handler)])
        dead = await staff.list_deliveries()(System(), DeliveryState.DEAD, _MOST)
        stuck = dict.fromkeys(each.event_id for each in dead.items if handler in (None, each.handler))
        return iter([await _replay_or_not(staff, each, handler) for each in stuck] or ["nothing is dead"])

    _tell(replayed)


async def _replay(staff: BackOffice, event_id: UUID, handler: str | None) -> str:
    told = await staff.replay_event()(ReplayEventCommand(System(), event_id, handler))
    due = [each.handler for each in told.deliveries if each.state is DeliveryState.PENDING]
    return f"{event_id} {told.event.name} is due again at {', '.join(due)}"


async def _replay_or_not(staff: BackOffice, event_id: UUID, handler: str | None) -> str:
    """One of many: somebody else may have replayed it meanwhile, which holds up none of the others."""
    try:
        return await _replay(staff, event_id, handler)
    except DomainError as refusal:
        return str(refusal)


def _tell(ask: Callable[[BackOffice], Awaitable[Iterator[str]]]) -> None:
    """Print the lines that were asked for. A refusal is one line, and exit code 1."""
    settings = settings_with_servers()
    try:
        lines = asyncio.run(_ask(settings, ask))
    except DomainError as refusal:
        click.echo(f"shoes: {refusal}", err=True)
        sys.exit(1)
    for line in lines:
        click.echo(line)


async def _ask(settings: Settings, ask: Callable[[BackOffice], Awaitable[T]]) -> T:
    async with opened(Adapters(settings=settings)) as adapters:
        return await ask(BackOffice(ports=adapters))


def _id(resource: str, text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound(resource, text) from None


def event_lines(found: Sequence[EventView]) -> Iterator[str]:
    """Events as a table."""
    rows = [(str(each.id), _moment(each.occurred_at), each.name, _about(each)) for each in found]
    return _table(("EVENT", "AT", "NAME", "ABOUT"), rows)


def dead_lines(found: Sequence[DeliveryView]) -> Iterator[str]:
    """Dead deliveries as a table."""
    rows = [(str(each.event_id), each.event, each.handler, str(each.attempts), _error(each)) for each in found]
    return _table(("EVENT", "NAME", "HANDLER", "ATTEMPTS", "ERROR"), rows)


def told_lines(told: ToldEvent) -> Iterator[str]:
    """An event in full, and its deliveries as a table."""
    event = told.event
    yield f"event    {event.id}"
    yield f"name     {event.name}"
    yield f"about    {_about(event)}"
    yield f"at       {_moment(event.occurred_at)}"
    yield "payload"
    yield json.dumps(json.loads(event.payload), indent=2)
    yield ""
    rows = [
        (
            each.handler,
            each.lane,
            each.state.value,
            str(each.attempts),
            _moment(each.handled_at or each.due_at),
            _error(each),
        )
        for each in told.deliveries
    ]
    yield from _table(("HANDLER", "LANE", "STATE", "ATTEMPTS", "DUE OR DONE", "ERROR"), rows)


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    for row in (head, *rows):
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _about(event: EventView) -> str:
    return f"{event.aggregate} {event.aggregate_id}"


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}Z"


def _error(delivery: DeliveryView) -> str:
    """On one line, without what could move a terminal's cursor: third parties have a say in it."""
    error = "".join(each if each.isprintable() else " " for each in delivery.error or "")
    return error if len(error) <= _LONGEST_ERROR else f"{error[:_LONGEST_ERROR]}…"
