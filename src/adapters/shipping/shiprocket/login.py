"""Logging in to Shiprocket, as seldom as can be: too many logins, good or bad, lock the account."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from datetime import timedelta
from math import ceil
from typing import Annotated, Final

import httpx
import msgspec

from adapters.shipping.shiprocket.account import ShiprocketAccount
from adapters.shipping.shiprocket.answers import read_answer
from adapters.shipping.shiprocket.wire import Answer, Request, Wire
from ports.carrier import CarrierRefused, CarrierUnavailable
from ports.token_store import TokenStore

logger = logging.getLogger(__name__)

LIFETIME: Final = timedelta(days=8)
"""How long a token is used. It is valid for ten days, and can't be renewed."""

COOL_DOWN: Final = timedelta(minutes=10)
"""How long nobody logs in after Shiprocket has refused to let us in."""

BREATH: Final = timedelta(seconds=10)
"""How long nobody logs in after a login without an answer: it may have counted all the same."""

_DEADLINE: Final = 10.0
_LEASE: Final = timedelta(seconds=12)
_LOOK_AGAIN: Final = 0.1


class _LoginAnswer(msgspec.Struct, frozen=True):
    token: Annotated[str, msgspec.Meta(pattern=r"\A[A-Za-z0-9._~+/=-]{1,4096}\Z")]


class ShiprocketLogin:
    """The account's token, shared by all processes and fetched by one of them at a time.

    `monotonic` gives seconds.
    """

    def __init__(
        self,
        wire: Wire,
        account: ShiprocketAccount,
        tokens: TokenStore,
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._wire = wire
        self._account = account
        self._tokens = tokens
        self._monotonic = monotonic
        self._own: str | None = None
        self._refused: str | None = None
        self._cold_until = 0.0
        self._fetching: asyncio.Task[str] | None = None

    async def token(self) -> str:
        """A token that was not refused so far. Raises CarrierUnavailable when none can be had now."""
        if self._own is not None:
            return self._own
        if self._fetching is None or self._fetching.done():
            # A task of its own: a caller who goes away must not leave a login behind that nobody heard of.
            self._fetching = asyncio.create_task(self._fetch())
            self._fetching.add_done_callback(_heard)
        return await asyncio.shield(self._fetching)

    async def renewed(self, refused: str) -> str:
        """Another token than the one that was just refused (401). Raises CarrierUnavailable."""
        self._refused = refused
        if self._own == refused:
            self._own = None
        return await self.token()

    async def useless(self) -> CarrierUnavailable:
        """Note that even a new token was refused: logging in once more won't help before a while."""
        return await self._resting(COOL_DOWN)

    async def _fetch(self) -> str:
        """The token of whoever was first: of the store, or by logging in."""
        while True:
            lease = await self._tokens.lease(self._account.key, _LEASE)
            try:
                shared = await self._tokens.get(self._account.key)
                if shared is not None and shared != self._refused:
                    self._own = shared
                    return shared
                await self._check_rest()
                if lease is not None:
                    self._own = await self._log_in()
                    return self._own
            finally:
                if lease is not None:
                    await self._tokens.release(self._account.key, lease)
            await asyncio.sleep(_LOOK_AGAIN)

    async def _log_in(self) -> str:
        answer = await self._answer()
        if answer is None or answer.status >= httpx.codes.INTERNAL_SERVER_ERROR:
            raise await self._resting(BREATH)
        try:
            token = read_answer(answer, _LoginAnswer).token
        except (CarrierUnavailable, CarrierRefused):
            raise await self._resting(COOL_DOWN if answer.status >= httpx.codes.BAD_REQUEST else BREATH) from None
        await self._tokens.put(self._account.key, token, LIFETIME)
        return token

    async def _answer(self) -> Answer | None:
        credentials = {"email": self._account.email, "password": self._account.password}
        try:
            async with asyncio.timeout(_DEADLINE):
                return await self._wire.ask(Request("/auth/login", body=credentials), token=None)
        except (TimeoutError, CarrierUnavailable):
            return None

    async def _resting(self, rest: timedelta) -> CarrierUnavailable:
        """Have nobody log in for a while, and say so."""
        logger.error("shiprocket lets us not in; nobody logs in for %d s", rest.seconds)
        self._cold_until = self._monotonic() + rest.total_seconds()
        await self._tokens.cool_down(self._account.key, rest)
        return _no_login(rest.total_seconds())

    async def _check_rest(self) -> None:
        """Raise CarrierUnavailable while nobody is to log in, be it for this process's failure or another's."""
        shared = (await self._tokens.cooling(self._account.key)).total_seconds()
        left = max(shared, self._cold_until - self._monotonic())
        if left > 0:
            raise _no_login(left)


def _no_login(seconds: float) -> CarrierUnavailable:
    return CarrierUnavailable("not let in", retry_after=ceil(seconds))


def _heard(task: asyncio.Task[str]) -> None:
    """Take note of a failure, so that asyncio doesn't complain of one that all callers have left behind."""
    if not task.cancelled():
        task.exception()
