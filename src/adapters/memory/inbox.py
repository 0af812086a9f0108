"""Messages of third parties, in memory."""

from __future__ import annotations

from copy import deepcopy
from datetime import timedelta
from uuid import UUID

from adapters.memory.tables import Tables
from domain.errors import NotFound
from domain.operations.webhooks import InboxMessage
from ports.webhooks import Inbox


class MemoryInbox(Inbox):
    """Messages of one transaction."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def add(self, message: InboxMessage) -> bool:
        """See Inbox."""
        is_rejected = message.rejection is not None
        key = (message.provider, message.provider_event_id, is_rejected)
        before = self._tables.inbox.get(key)
        is_new = before is None or (is_rejected and before.received_at <= message.received_at - timedelta(minutes=1))
        if is_new:
            self._tables.keep(self._tables.inbox, key, message)
        return is_new

    async def get(self, message_id: UUID) -> InboxMessage:
        """See Inbox."""
        for message in self._tables.inbox.values():
            if message.id == message_id:
                return deepcopy(message)
        raise NotFound("message", message_id)
