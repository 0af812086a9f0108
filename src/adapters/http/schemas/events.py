"""Events and their deliveries, for staff."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Raw, UnsetType, field

from adapters.http import links, references
from adapters.http.schemas.base import Cursor, Form, Href, Limit, Moment, Query, Resource
from application.events.show_event import ToldEvent
from ports.event_views import Backlog, DeliveryState, DeliveryView, EventView


class EventListQuery(Query):
    """Which page of which events; all conditions must hold."""

    name: Annotated[str, Meta(pattern=r"^[a-z][a-z_.]{0,99}$", examples=["order.placed"])] | None = None
    aggregate_id: Annotated[str, Meta(pattern=references.ID, description="What it happened to.")] | None = None
    limit: Limit = 20
    cursor: Cursor | None = None

    def question(self) -> tuple[str | None, str | None]:
        """What a cursor belongs to: the page's size may change under way."""
        return self.name, self.aggregate_id


class DeliveryListQuery(Query):
    """Which page of which deliveries."""

    state: Annotated[
        Literal["DEAD", "PENDING"],
        Meta(description="DEAD waits for an operator; PENDING is due, or tried again later."),
    ] = "DEAD"
    limit: Limit = 20
    cursor: Cursor | None = None

    def question(self) -> str:
        """What a cursor belongs to."""
        return self.state


class ReplayForm(Form):
    """What of an event is to be replayed."""

    handler: (
        Annotated[
            str,
            Meta(pattern="^[a-z][a-z0-9_]{0,99}$", description="Null: every handler where it is dead."),
        ]
        | None
    ) = None


class EventHead(Resource):
    """What every event has."""

    id: UUID
    name: Annotated[str, Meta(examples=["order.placed"])]
    aggregate: Annotated[str, Meta(description="What kind of thing it happened to.", examples=["order"])]
    aggregate_id: UUID
    occurred_at: Moment
    payload: Annotated[
        Raw,
        Meta(description="What it tells, as it is kept: it differs by name.", extra_json_schema={"type": "object"}),
    ]


class EventLinks(Resource):
    """Where an event is."""

    self: Href


class EventResource(EventHead):
    """An event in a list."""

    links: EventLinks = field(name="_links")

    @classmethod
    def of(cls, event: EventView) -> EventResource:
        """An event."""
        return cls(
            id=event.id,
            name=event.name,
            aggregate=event.aggregate,
            aggregate_id=event.aggregate_id,
            occurred_at=event.occurred_at,
            payload=Raw(event.payload.encode()),
            links=EventLinks(self=links.admin_event(event.id)),
        )


class DeliveryLinks(Resource):
    """Where its event is, and where it is replayed."""

    event: Href
    replay: Annotated[Href | UnsetType, Meta(description="While it is dead.")]


class DeliveryResource(Resource):
    """What became of an event at one handler."""

    event_id: UUID
    event: Annotated[str, Meta(examples=["order.placed"])]
    aggregate_id: UUID
    handler: Annotated[str, Meta(examples=["tell_order_placed"])]
    lane: Annotated[str, Meta(description="Which workers make it.", examples=["mail"])]
    state: DeliveryState
    attempts: int
    due_at: Annotated[Moment, Meta(description="When the next attempt is due, while PENDING.")]
    error: Annotated[str | None, Meta(description="Of the last attempt.")]
    handled_at: Moment | None
    links: DeliveryLinks = field(name="_links")

    @classmethod
    def of(cls, delivery: DeliveryView) -> DeliveryResource:
        """A delivery."""
        return cls(
            event_id=delivery.event_id,
            event=delivery.event,
            aggregate_id=delivery.aggregate_id,
            handler=delivery.handler,
            lane=delivery.lane,
            state=delivery.state,
            attempts=delivery.attempts,
            due_at=delivery.due_at,
            error=delivery.error,
            handled_at=delivery.handled_at,
            links=DeliveryLinks(
                event=links.admin_event(delivery.event_id), replay=_replay_of(delivery.event_id, [delivery])
            ),
        )


class ToldEventLinks(Resource):
    """Where an event is, and where it is replayed."""

    self: Href
    replay: Annotated[Href | UnsetType, Meta(description="While a delivery of it is dead.")]


class ToldEventResource(EventHead):
    """An event, and what became of it."""

    deliveries: Annotated[list[DeliveryResource], Meta(description="By handler; none before a relay looked at it.")]
    links: ToldEventLinks = field(name="_links")

    @classmethod
    def of(cls, told: ToldEvent) -> ToldEventResource:
        """An event with its deliveries."""
        event = told.event
        return cls(
            id=event.id,
            name=event.name,
            aggregate=event.aggregate,
            aggregate_id=event.aggregate_id,
            occurred_at=event.occurred_at,
            payload=Raw(event.payload.encode()),
            deliveries=[DeliveryResource.of(each) for each in told.deliveries],
            links=ToldEventLinks(self=links.admin_event(event.id), replay=_replay_of(event.id, told.deliveries)),
        )


class BacklogLinks(Resource):
    """Where the deliveries are that wait."""

    pending: Href
    dead: Href


class BacklogResource(Resource):
    """How much waits."""

    in_outbox: Annotated[int, Meta(description="Events that no relay has looked at.")]
    pending: Annotated[int, Meta(description="Deliveries that are due, or tried again later.")]
    dead: Annotated[int, Meta(description="Deliveries that wait for an operator.")]
    links: BacklogLinks = field(name="_links")

    @classmethod
    def of(cls, backlog: Backlog) -> BacklogResource:
        """A backlog."""
        pending, dead = (links.ADMIN_DELIVERIES + DeliveryListQuery(state=each).text() for each in ("PENDING", "DEAD"))
        return cls(
            in_outbox=backlog.in_outbox,
            pending=backlog.pending,
            dead=backlog.dead,
            links=BacklogLinks(pending=pending, dead=dead),
        )


def _replay_of(event_id: UUID, deliveries: Sequence[DeliveryView]) -> Href | UnsetType:
    dead = any(each.state is DeliveryState.DEAD for each in deliveries)
    return f"{links.admin_event(event_id)}/replay" if dead else UNSET
