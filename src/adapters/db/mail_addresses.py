"""Addresses that get no mail any more, of one transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from adapters.db.session import Session, Statement
from domain.customers.email import Email
from ports.mail_addresses import MailAddresses

_MARK: Final = Statement("""
    INSERT INTO undeliverable_address (address, reason, marked_at) VALUES (:address, :reason, :at)
    ON CONFLICT (address) DO NOTHING
""")
_REASON: Final = Statement("SELECT reason FROM undeliverable_address WHERE address = :address")


class SqlMailAddresses(MailAddresses):
    """Whatever the case in which an address is written: no mailbox differs from another by that alone."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def mark_undeliverable(self, address: Email, reason: str, at: datetime) -> None:
        """See MailAddresses."""
        await self._session.row(_MARK, address=address.value.lower(), reason=reason, at=at)

    async def undeliverable(self, address: Email) -> str | None:
        """See MailAddresses."""
        row = await self._session.row(_REASON, address=address.value.lower())
        return row["reason"] if row else None
