"""Idempotency keys of one transaction."""

from __future__ import annotations

from typing import Final

import msgspec

from adapters.db.errors import LockTimeout
from adapters.db.session import Session, Statement
from adapters.db.statements import as_json
from ports.idempotency import IdempotencyInFlight, IdempotencyKey, IdempotencyKeyReused, IdempotencyKeys, R

# Waits for whoever is inserting the same key; what is committed is neither locked nor waited
# for, so that a result is given to any number of callers at once.
_CLAIM: Final = Statement("""
    INSERT INTO idempotency_key (scope, key, fingerprint) VALUES (:scope, :key, :fingerprint)
    ON CONFLICT (scope, key) DO NOTHING RETURNING key
""")
_FIRST: Final = Statement("""
    SELECT fingerprint, CAST(result AS text) AS result, created_at < now() - interval '24 hours' AS is_old
    FROM idempotency_key WHERE scope = :scope AND key = :key
""")
# Of those who find a key that is too old, or was claimed and never completed, one gets it.
_TAKE_OVER: Final = Statement("""
    UPDATE idempotency_key SET fingerprint = :fingerprint, result = NULL, created_at = now()
    WHERE scope = :scope AND key = :key AND (result IS NULL OR created_at < now() - interval '24 hours')
    RETURNING key
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
        while not await self._gets(_CLAIM, key):
            first = await self._session.row(_FIRST, scope=key.scope, key=key.key)
            if first is None:
                continue  # removed meanwhile
            if first["fingerprint"] != key.fingerprint and not first["is_old"]:
                raise IdempotencyKeyReused
            if first["result"] is not None and not first["is_old"]:
                return msgspec.json.decode(first["result"], type=returns)
            if await self._gets(_TAKE_OVER, key):
                return None
        return None

    async def complete(self, key: IdempotencyKey, result: object) -> None:
        """See IdempotencyKeys."""
        await self._session.row(_COMPLETE, scope=key.scope, key=key.key, result=as_json(result))

    async def _gets(self, statement: Statement, key: IdempotencyKey) -> bool:
        try:
            row = await self._session.row(statement, scope=key.scope, key=key.key, fingerprint=key.fingerprint)
        except LockTimeout:
            raise IdempotencyInFlight from None
        return row is not None
