"""Messages of third parties, of one transaction."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from adapters.db.outbox import pulled_events, telling
from adapters.db.session import Session, Statement
from domain.errors import NotFound
from domain.operations.webhooks import InboxMessage
from ports.webhooks import Inbox

_INTO: Final = """
    INSERT INTO inbox (id, provider, provider_event_id, body, rejection, received_at)
    VALUES (:id, :provider, :provider_event_id, :body, :rejection, :received_at)
    ON CONFLICT (provider, provider_event_id)
"""
# Waits for whoever is keeping the same message.
_KEEP: Final = Statement(f"""
    WITH kept AS ({_INTO} WHERE rejection IS NULL DO NOTHING RETURNING id),
    {telling("WHERE EXISTS (SELECT FROM kept)")}
    SELECT id FROM kept
""")  # noqa: S608  # constants of this package
_KEEP_REJECTED: Final = Statement(f"""
    {_INTO} WHERE rejection IS NOT NULL DO UPDATE
    SET id = excluded.id, body = excluded.body, rejection = excluded.rejection, received_at = excluded.received_at
    WHERE inbox.received_at <= excluded.received_at - interval '1 minute'
    RETURNING id
""")  # noqa: S608  # as above
_GET: Final = Statement("SELECT * FROM inbox WHERE id = :id")


class SqlInbox(Inbox):
    """Writes an event to the outbox with every authentic message."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def add(self, message: InboxMessage) -> bool:
        """See Inbox."""
        row = await self._session.row(
            _KEEP if message.rejection is None else _KEEP_REJECTED,
            id=message.id,
            provider=message.provider,
            provider_event_id=message.provider_event_id,
            body=message.body,
            rejection=message.rejection,
            received_at=message.received_at,
            events=pulled_events(self._session, message),
        )
        message.version = 1
        return row is not None

    async def get(self, message_id: UUID) -> InboxMessage:
        """See Inbox."""
        row = await self._session.row(_GET, id=message_id)
        if row is None:
            raise NotFound("message", message_id)
        return InboxMessage(**row, version=1)
