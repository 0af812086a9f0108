"""Addresses that get no mail any more."""

from __future__ import annotations

from abc import abstractmethod
from datetime import datetime
from typing import Protocol

from domain.customers.email import Email


class MailAddresses(Protocol):
    """What is known of addresses, inside a transaction."""

    @abstractmethod
    async def mark_undeliverable(self, address: Email, reason: str, at: datetime) -> None:
        """Send nothing there from now on. The first reason stays."""

    @abstractmethod
    async def undeliverable(self, address: Email) -> str | None:
        """Why nothing is sent there; None when nothing is against it."""
