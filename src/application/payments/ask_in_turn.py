"""Ask a gateway about one thing after the other."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, TypeVar

from domain.errors import DomainError
from ports.errors import StaleAggregate
from ports.payment_gateway import GatewayUnavailable

_log = logging.getLogger(__name__)
_IN_A_ROW: Final = 3

T = TypeVar("T")


async def ask_in_turn(
    things: Sequence[T], ask: Callable[[T], Awaitable[None]], put_off: Callable[[T], Awaitable[None]]
) -> int:
    """Returns about how many of the things something was learnt.

    What can't be asked about is put off, so that it stands in no other's way. When the gateway
    says nothing about several in a row, it is down, and the others wait for the next round.
    """
    learnt = silent = 0
    for thing in things:
        try:
            await ask(thing)
            learnt, silent = learnt + 1, 0
        except GatewayUnavailable as unavailable:
            await put_off(thing)
            silent += 1
            if silent == _IN_A_ROW:
                _log.warning("the gateway is not asked any further for now: %s", unavailable)
                break
        except (DomainError, StaleAggregate):
            _log.exception("%s could not be asked about", thing)
            await put_off(thing)
    return learnt
