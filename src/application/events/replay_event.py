"""Give dead deliveries another life."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from application.events.show_event import ShowEvent, ToldEvent
from domain.actor import Actor
from domain.errors import DomainError
from domain.permissions import Permission, require
from ports.clock import Clock
from ports.deliveries import DeliveryKey
from ports.event_views import DeliveryState
from ports.transactions import Begin


class NothingToReplay(DomainError):
    """No delivery of the event waits for an operator (at that handler)."""

    code = "conflict"

    def __init__(self, event_id: UUID, handler: str | None) -> None:
        at = f" at {handler}" if handler else ""
        super().__init__(f"no delivery of event {event_id}{at} is dead")
        self.event_id = event_id
        self.handler = handler


@dataclass(frozen=True, slots=True)
class ReplayEventCommand:
    """Which event, and at which handler; None: at all where it is dead."""

    actor: Actor
    event_id: UUID
    handler: str | None


@dataclass(frozen=True, slots=True)
class ReplayEvent:
    """Makes dead deliveries of an event due again, with all their attempts; returns the event after it.

    Those that are done stay done. Raises Forbidden, NotFound, NothingToReplay.
    """

    begin: Begin
    show: ShowEvent
    clock: Clock

    async def __call__(self, command: ReplayEventCommand) -> ToldEvent:
        require(command.actor, Permission.EVENTS_REPLAY)
        told = await self.show(command.actor, command.event_id)
        dead = [
            DeliveryKey(each.event_id, each.handler)
            for each in told.deliveries
            if each.state is DeliveryState.DEAD and command.handler in (None, each.handler)
        ]
        if not dead:
            raise NothingToReplay(command.event_id, command.handler)
        async with self.begin() as tx:
            for key in dead:
                await tx.receipts.revive(key, self.clock.now())
        return await self.show(command.actor, command.event_id)
