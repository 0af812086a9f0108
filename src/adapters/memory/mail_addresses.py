"""Addresses that get no mail any more, in memory."""

from __future__ import annotations

from datetime import datetime

from adapters.memory.tables import Tables
from domain.customers.email import Email
from ports.mail_addresses import MailAddresses


class MemoryMailAddresses(MailAddresses):
    """Of one transaction. The case in which an address is written makes no difference."""

    def __init__(self, tables: Tables) -> None:
        self._reasons = tables.undeliverable

    async def mark_undeliverable(self, address: Email, reason: str, at: datetime) -> None:
        """See MailAddresses."""
        self._reasons.setdefault(address.value.lower(), reason)

    async def undeliverable(self, address: Email) -> str | None:
        """See MailAddresses."""
        return self._reasons.get(address.value.lower())
