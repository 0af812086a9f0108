"""Where the tokens of third parties' accounts are shared by the processes of the shop."""

from __future__ import annotations

from abc import abstractmethod
from datetime import timedelta
from typing import Protocol


class TokenStore(Protocol):
    """Tokens by account, and who may fetch the next one.

    `account` is a name without a secret in it. A store that doesn't answer behaves as an
    empty one that nobody else uses: no method raises for it, and every process then has a
    token of its own.
    """

    @abstractmethod
    async def get(self, account: str) -> str | None:
        """The token that was put last, unless it has expired."""

    @abstractmethod
    async def put(self, account: str, token: str, lifetime: timedelta) -> None:
        """Keep a token for at most `lifetime`."""

    @abstractmethod
    async def lease(self, account: str, lifetime: timedelta) -> str | None:
        """The right to fetch a token, for `lifetime` or until it is released; None: somebody else has it."""

    @abstractmethod
    async def release(self, account: str, lease: str) -> None:
        """Give a lease back; nothing happens when it has run out and is perhaps another's by now."""

    @abstractmethod
    async def cool_down(self, account: str, time: timedelta) -> None:
        """Note that nobody is to fetch a token for that time."""

    @abstractmethod
    async def cooling(self, account: str) -> timedelta:
        """How long nobody is to fetch a token; zero: it may be fetched now."""
