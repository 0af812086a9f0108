"""Balancers learn whether the process is alive, and whether the shop is open."""

from __future__ import annotations

import httpx
import pytest

from tests.http.guest import problem
from tests.http.stage import Stage

pytestmark = pytest.mark.anyio


async def works() -> None:
    """A dependency that answers."""


async def fails() -> None:
    """A dependency that is down."""
    raise ConnectionError("postgres://user:secret@host")


async def test_alive(http: httpx.AsyncClient, served: Stage) -> None:
    """Whatever is down."""
    served.health_checks["postgres"] = fails
    answer = await http.get("/api/health")
    assert (answer.status_code, answer.json()) == (200, {"status": "up"})
    assert answer.headers["cache-control"] == "no-store"


async def test_ready(http: httpx.AsyncClient, served: Stage) -> None:
    """Every dependency by its name."""
    served.health_checks.update(postgres=works, redis=works)
    answer = await http.get("/api/health/ready")
    assert answer.json() == {"status": "up", "checks": {"postgres": "up", "redis": "up"}}


async def test_not_ready(http: httpx.AsyncClient, served: Stage) -> None:
    """503 with what is down, but nothing of why."""
    served.health_checks.update(postgres=fails, redis=works)
    answer = await http.get("/api/health/ready")
    assert problem(answer, "service-unavailable")["checks"] == {"postgres": "down", "redis": "up"}
    assert answer.headers["retry-after"] == "5"
    assert "secret" not in answer.text
