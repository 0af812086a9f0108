"""What happened in the shop, who was told of it, and what is stuck."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from litestar.params import FromPath

from adapters.http import links
from adapters.http.contract import STAFF, Contract, endpoint
from adapters.http.cursor import decode_cursor
from adapters.http.envelope import document, private
from adapters.http.exchange import AnyRequest
from adapters.http.operator import Admitted
from adapters.http.paging import page_document, pagination_of
from adapters.http.references import id_of
from adapters.http.reply import Reply
from adapters.http.schemas.events import (
    BacklogResource,
    DeliveryListQuery,
    DeliveryResource,
    EventListQuery,
    EventResource,
    ReplayForm,
    ToldEventResource,
)
from adapters.http.use_cases import Provided
from adapters.http.validation import read_body, read_query
from application.events.list_deliveries import ListDeliveries
from application.events.list_events import ListEvents, ListEventsQuery
from application.events.replay_event import ReplayEvent, ReplayEventCommand
from application.events.show_backlog import ShowBacklog
from application.events.show_event import ShowEvent, ToldEvent
from ports.event_views import DeliveryState

TAG: Final = "Staff: events"


@endpoint(
    "GET",
    "/admin/events",
    Contract(
        operation="listEvents",
        tag=TAG,
        summary="Look through the log of events, newest first",
        query=EventListQuery,
        answers=EventResource,
        many=True,
        paged=True,
        traits=(STAFF,),
        problems=("invalid-cursor",),
    ),
)
async def list_events(request: AnyRequest, staff: Admitted, list_events: Provided[ListEvents]) -> Reply:
    """One page of the events of a name, of a thing, or of all."""
    query = read_query(request, EventListQuery)
    after = decode_cursor(query.question(), query.cursor) if query.cursor else None
    aggregate = UUID(query.aggregate_id) if query.aggregate_id else None
    page = await list_events(ListEventsQuery(staff, query.name, aggregate, after, query.limit))
    resources = [EventResource.of(each) for each in page.items]
    pagination = pagination_of(query.question(), query.limit, page.next)
    related = {"deliveries": links.ADMIN_DELIVERIES, "backlog": links.ADMIN_BACKLOG}
    return private(request, page_document(resources, links.ADMIN_EVENTS, query, pagination, related=related))


@endpoint(
    "GET",
    "/admin/events/{event:str}",
    Contract(
        operation="getEvent",
        tag=TAG,
        summary="See an event, and what became of it",
        answers=ToldEventResource,
        traits=(STAFF,),
    ),
)
async def get_event(
    request: AnyRequest, staff: Admitted, event: FromPath[str], show_event: Provided[ShowEvent]
) -> Reply:
    """An event with its deliveries."""
    return _told(request, await show_event(staff, id_of("event", event)))


@endpoint(
    "POST",
    "/admin/events/{event:str}/replay",
    Contract(
        operation="replayEvent",
        tag=TAG,
        summary="Try again what is stuck",
        description="Makes dead deliveries due again, with all their attempts. What is done stays done.",
        body=(ReplayForm,),
        answers=ToldEventResource,
        traits=(STAFF,),
        problems=("conflict",),
    ),
)
async def replay_event(
    request: AnyRequest, staff: Admitted, event: FromPath[str], replay_event: Provided[ReplayEvent]
) -> Reply:
    """Replay an event at one handler, or wherever it is dead."""
    event_id = id_of("event", event)
    form = await read_body(request, ReplayForm)
    return _told(request, await replay_event(ReplayEventCommand(staff, event_id, form.handler)))


@endpoint(
    "GET",
    "/admin/deliveries",
    Contract(
        operation="listDeliveries",
        tag=TAG,
        summary="See what is stuck, or still to be done, oldest first",
        query=DeliveryListQuery,
        answers=DeliveryResource,
        many=True,
        paged=True,
        traits=(STAFF,),
        problems=("invalid-cursor",),
    ),
)
async def list_deliveries(request: AnyRequest, staff: Admitted, list_deliveries: Provided[ListDeliveries]) -> Reply:
    """One page of the deliveries in a state."""
    query = read_query(request, DeliveryListQuery)
    after = decode_cursor(query.question(), query.cursor) if query.cursor else None
    page = await list_deliveries(staff, DeliveryState(query.state), query.limit, after)
    resources = [DeliveryResource.of(each) for each in page.items]
    pagination = pagination_of(query.question(), query.limit, page.next)
    return private(request, page_document(resources, links.ADMIN_DELIVERIES, query, pagination, related=_RELATED))


@endpoint(
    "GET",
    "/admin/backlog",
    Contract(operation="getBacklog", tag=TAG, summary="See how much waits", answers=BacklogResource, traits=(STAFF,)),
)
async def get_backlog(request: AnyRequest, staff: Admitted, show_backlog: Provided[ShowBacklog]) -> Reply:
    """Events and deliveries that are not done."""
    resource = BacklogResource.of(await show_backlog(staff))
    return private(request, document(resource, links.ADMIN_BACKLOG, related=_RELATED))


ROUTES: Final = (list_events, get_event, replay_event, list_deliveries, get_backlog)

_RELATED: Final = {"events": links.ADMIN_EVENTS}


def _told(request: AnyRequest, told: ToldEvent) -> Reply:
    return private(request, document(ToldEventResource.of(told), links.admin_event(told.event.id), related=_RELATED))
