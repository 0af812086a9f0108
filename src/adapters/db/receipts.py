"""What became of deliveries, in the transaction of their effect."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from adapters.db.session import Session, Statement
from domain.errors import NotFound
from ports.deliveries import DeliveryKey, Receipts

_RECORD: Final = Statement("""
    UPDATE delivery SET state = 'DONE', handled_at = :now, error = NULL
    WHERE event_id = :event_id AND handler = :handler AND state <> 'DONE' RETURNING handler
""")
_BURY: Final = Statement("""
    UPDATE delivery SET state = 'DEAD', error = :error
    WHERE event_id = :event_id AND handler = :handler AND state = 'PENDING' RETURNING handler
""")
_REVIVE: Final = Statement("""
    UPDATE delivery SET state = 'PENDING', attempts = 0, due_at = :now
    WHERE event_id = :event_id AND handler = :handler AND state = 'DEAD' RETURNING handler
""")


class SqlReceipts(Receipts):
    """Of one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def record(self, key: DeliveryKey, now: datetime) -> bool:
        """See Receipts."""
        return await self._session.row(_RECORD, event_id=key.event_id, handler=key.handler, now=now) is not None

    async def bury(self, key: DeliveryKey, error: str) -> bool:
        """See Receipts."""
        return await self._session.row(_BURY, event_id=key.event_id, handler=key.handler, error=error) is not None

    async def revive(self, key: DeliveryKey, now: datetime) -> None:
        """See Receipts."""
        if await self._session.row(_REVIVE, event_id=key.event_id, handler=key.handler, now=now) is None:
            raise NotFound("dead delivery", key)
        self._session.has_news = True
