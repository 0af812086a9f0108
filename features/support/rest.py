"""Whether something in a shop still goes on by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from ports.event_views import DeliveryState, DeliveryView, EventViews

SOON: Final = timedelta(seconds=45)
"""More than any lease, and than the pauses between the few attempts of a feature; less than what is meant to wait."""

_LONGEST_PAUSE: Final = timedelta(seconds=5)
"""Between two attempts; a lease has longer to run."""

_MANY: Final = 1_000


@dataclass(frozen=True, slots=True)
class Unrest:
    """What is about to happen; False: nothing is.

    Events that nobody has looked at, deliveries that are due, and whether something happened
    between the looks at both.
    """

    in_outbox: int
    due: tuple[DeliveryView, ...]
    has_moved: bool

    def __bool__(self) -> bool:
        return bool(self.in_outbox or self.due or self.has_moved)

    def pause(self, now: datetime) -> timedelta:
        """How long nothing happens, because all that goes on is tried again later; none while something is at work."""
        tried_later = all(each.error and now < each.due_at <= now + _LONGEST_PAUSE for each in self.due)
        if self.in_outbox or self.has_moved or not (self.due and tried_later):
            return timedelta(0)
        return min(each.due_at for each in self.due) - now

    def __str__(self) -> str:
        lines = [f"{each.event} at {each.handler}, attempt {each.attempts}: {each.error}" for each in self.due]
        return "\n".join([f"{self.in_outbox} events in the outbox", *lines])


async def unrest(views: EventViews, now: datetime) -> Unrest:
    """What goes on. What waits behind something dead waits for an operator as well, and is not counted."""
    backlog = await views.backlog()  # of one moment
    dead = {(each.aggregate_id, each.lane) for each in await views.deliveries(DeliveryState.DEAD, _MANY)}
    pending = await views.deliveries(DeliveryState.PENDING, _MANY)
    due = [each for each in pending if each.due_at <= now + SOON and (each.aggregate_id, each.lane) not in dead]
    return Unrest(backlog.in_outbox, tuple(due), has_moved=len(pending) != backlog.pending)
