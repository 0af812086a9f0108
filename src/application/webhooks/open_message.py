"""Read a message that is kept in the inbox."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from application.operations.ask_operator import OperatorDesk
from domain.operations.task import TaskKind
from domain.operations.webhooks import WebhookReceived
from ports.clock import Clock
from ports.deliveries import DeliveryKey
from ports.transactions import Begin
from ports.webhooks import WebhookUnreadable

N = TypeVar("N")


@dataclass(frozen=True, slots=True)
class MessageOpener:
    """What all who take messages have in common: one that can't be read goes to a person, and is done with."""

    begin: Begin
    desk: OperatorDesk
    clock: Clock

    async def open(self, event: WebhookReceived, key: DeliveryKey, read: Callable[[bytes], N | None]) -> N | None:
        """What the message says; None when there is nothing in it for us. Raises NotFound."""
        async with self.begin() as tx:
            message = await tx.inbox.get(event.aggregate_id)
        try:
            return read(message.body)
        except WebhookUnreadable as unreadable:
            async with self.begin() as tx:
                if await tx.receipts.record(key, self.clock.now()):
                    detail = f"message {message.id}: {unreadable.reason}"
                    await self.desk.ask(tx, TaskKind.WEBHOOK_UNREADABLE, f"messages of {event.provider}", detail)
            return None
