"""Something needs a person → the workshop gets a mail."""

from __future__ import annotations

from dataclasses import dataclass

from application.events.handler import Handler
from application.saga.post import Post
from domain.operations.events import TaskOpened
from ports.deliveries import DeliveryKey, Lane
from ports.letters import OperatorTaskLetter


@dataclass(frozen=True, slots=True)
class TellOperator(Handler[TaskOpened]):
    """Writes to `operator`, the workshop's own address, even if a mail came back from there once."""

    name = "tell_operator"
    listens_to = TaskOpened
    lane = Lane.MAIL

    operator: str
    post: Post

    async def __call__(self, event: TaskOpened, key: DeliveryKey) -> None:
        """See Handler."""
        letter = OperatorTaskLetter(
            to=self.operator,
            task=event.kind,
            subject=event.subject,
            detail=event.detail,
            opened_at=event.occurred_at,
        )
        await self.post.insist(letter, key)
