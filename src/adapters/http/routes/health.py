"""Whether the shop is alive, and whether all that it needs is."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

import msgspec

from adapters.http.contract import Contract, endpoint
from adapters.http.errors import Refusal
from adapters.http.exchange import AnyRequest
from adapters.http.reply import JSON, NO_STORE, Reply
from adapters.http.schemas.health import AliveResource, Condition, ReadyResource
from adapters.http.use_cases import Provided

HealthChecks = Mapping[str, Callable[[], Awaitable[object]]]
"""By the name of what the shop needs: something that raises when it is down."""

TAG: Final = "Operations"
_PATIENCE: Final = 2.0  # seconds: a balancer asks often, and what takes longer is of no use to a customer

_LOG: Final = logging.getLogger(__name__)


@endpoint(
    "GET",
    "/api/health",
    Contract(operation="getHealth", tag=TAG, summary="Whether this process answers", answers=AliveResource, bare=True),
)
async def get_health(request: AnyRequest) -> Reply:
    """Asks nobody."""
    return _told(AliveResource(status="up"))


@endpoint(
    "GET",
    "/api/health/ready",
    Contract(
        operation="getReadiness",
        tag=TAG,
        summary="Whether everything that is needed answers",
        answers=ReadyResource,
        bare=True,
    ),
)
async def get_readiness(request: AnyRequest, health_checks: Provided[HealthChecks]) -> Reply:
    """Asks every dependency, all at once."""
    conditions = await asyncio.gather(*(_condition(name, check) for name, check in health_checks.items()))
    checks = dict(zip(health_checks, conditions, strict=True))
    if "down" in conditions:
        raise Refusal(
            "service-unavailable",
            "Something that the shop needs is down.",
            headers={"Retry-After": "5"},
            members={"checks": checks},
        )
    return _told(ReadyResource(status="up", checks=checks))


ROUTES: Final = (get_health, get_readiness)


async def _condition(name: str, check: Callable[[], Awaitable[object]]) -> Condition:
    try:
        async with asyncio.timeout(_PATIENCE):
            await check()
    except Exception as error:  # noqa: BLE001  # whatever a dependency fails with, it is down
        _LOG.warning("%s is down: %s", name, type(error).__name__)
        return "down"
    return "up"


def _told(resource: msgspec.Struct) -> Reply:
    return Reply(200, (JSON, NO_STORE), msgspec.json.encode(resource))
