"""Idempotency keys of one transaction."""

from __future__ import annotations

from typing import Final

import msgspec

from adapters.db.errors import LockTimeout
from adapters.db.session import Session, Statement
from adapters.db.statements import as_json
from ports.idempotency import IdempotencyInFlight, IdempotencyKey, IdempotencyKeyReused, IdempotencyKeys, R

# Inserting waits for whoever inserts the same key; a row kept for too long is taken over.
# A row that is neither is locked all the same, until the end of our transaction.
_CLAIM: Final = Statement("""
    INSERT INTO idempotency_key AS held (scope, key, fingerprint) VALUES (:scope, :key, :fingerprint)
    ON CONFLICT (scope, key) DO UPDATE
    SET fingerprint = excluded.fingerprint, result = NULL, created_at = excluded.created_at
    WHERE held.created_at < now() - interval '24 hours'
    RETURNING key
""")
_FIRST: Final = Statement("""
    SELECT fingerprint, CAST(result AS text) AS result FROM idempotency_key WHERE scope = :scope AND key = :key
""")
_COMPLETE: Final = Statement("""
    UPDATE idempotency_key SET result = :result WHERE scope = :scope AND key = :key
""")


class SqlIdempotencyKeys(IdempotencyKeys):
    """Waits for a concurrent claim as long as the database's lock timeout allows."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def claim(self, key: IdempotencyKey, returns: type[R]) -> R | None:
        """See IdempotencyKeys."""
        try:
            ours = await self._session.row(_CLAIM, scope=key.scope, key=key.key, fingerprint=key.fingerprint)
        except LockTimeout:
            raise IdempotencyInFlight from None
        if ours is not None:
            return None
        first = await self._session.row(_FIRST, scope=key.scope, key=key.key)
        if first is None:
            return None
        if first["fingerprint"] != key.fingerprint:
            raise IdempotencyKeyReused
        if first["result"] is None:
            return None
        return msgspec.json.decode(first["result"], type=returns)

    async def complete(self, key: IdempotencyKey, result: object) -> None:
        """See IdempotencyKeys."""
        await self._session.row(_COMPLETE, scope=key.scope, key=key.key, result=as_json(result))
