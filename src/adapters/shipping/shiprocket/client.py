"""Calls of Shiprocket's API on behalf of our account."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Final

import httpx

from adapters.shipping.shiprocket.account import ShiprocketAccount
from adapters.shipping.shiprocket.login import ShiprocketLogin
from adapters.shipping.shiprocket.wire import Answer, Request, Wire
from ports.carrier import CarrierUnavailable
from ports.token_store import TokenStore

_NOTHING: Final[Mapping[str, str]] = {}


class ShiprocketClient:
    """Answers of any status but 401, for which it logs in again and asks once more.

    `deadline` is in seconds, for a call with all that belongs to it: a read timeout alone
    never ends an answer that trickles. Every method raises CarrierUnavailable when there is
    no answer.
    """

    def __init__(self, wire: Wire, login: ShiprocketLogin, *, deadline: float) -> None:
        self._wire = wire
        self._login = login
        self._deadline = deadline

    async def get(self, path: str, query: Mapping[str, str] = _NOTHING) -> Answer:
        """Ask for something. Asked twice if there is no answer."""
        return await self._call(Request(path, query))

    async def post(self, path: str, body: object) -> Answer:
        """Have something done. Sent again only if the first try can't have arrived."""
        return await self._call(Request(path, body=body))

    async def _call(self, request: Request) -> Answer:
        try:
            async with asyncio.timeout(self._deadline):
                token = await self._login.token()
                answer = await self._wire.ask(request, token)
                if answer.status == httpx.codes.UNAUTHORIZED:
                    answer = await self._wire.ask(request, await self._login.renewed(token))
        except TimeoutError:
            raise CarrierUnavailable("no answer in time") from None
        if answer.status == httpx.codes.UNAUTHORIZED:
            raise await self._login.useless()
        return answer


def shiprocket_client(
    http: httpx.AsyncClient, account: ShiprocketAccount, tokens: TokenStore, *, deadline: float = 15.0
) -> ShiprocketClient:
    """A client for an account: one for each process, because it remembers the token."""
    wire = Wire(http, account.base_url)
    return ShiprocketClient(wire, ShiprocketLogin(wire, account, tokens), deadline=deadline)
