"""One application for all tests: it takes longer to build than most of them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import fields
from datetime import datetime
from typing import Any

from adapters.http.app import create_app
from adapters.http.use_cases import UseCases
from adapters.memory.clock import MemoryClock
from ports.clock import Clock
from tests.builders import NOW
from tests.http.operator import OPERATOR_TOKEN


class Stage(Clock):
    """The application, and the shop that it serves at the moment.

    That it can be changed under the application's feet is what providers promise.
    """

    use_cases: UseCases

    def __init__(self) -> None:
        self.clock: Clock = MemoryClock(NOW)
        self.health_checks: dict[str, Callable[[], Awaitable[object]]] = {}
        deferred: dict[str, Any] = {field.name: self._deferred(field.name) for field in fields(UseCases)}
        # Any: Litestar spells ASGI's types more narrowly than those who call it.
        self.app: Any = create_app(
            UseCases(**deferred), clock=self, health_checks=self.health_checks, operator_token=OPERATOR_TOKEN
        )

    def serve(self, use_cases: UseCases, clock: Clock) -> None:
        """From now on, this shop."""
        self.use_cases = use_cases
        self.clock = clock
        self.health_checks.clear()

    def now(self) -> datetime:
        """The shop's time."""
        return self.clock.now()

    def _deferred(self, name: str) -> Callable[[], object]:
        def provider() -> object:
            provided: object = getattr(self.use_cases, name)()
            return provided

        return provider
