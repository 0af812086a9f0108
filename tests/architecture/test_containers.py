"""The parts lists are complete: every part can be built, and is what it is said to be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
from dependency_injector.containers import Container
from dependency_injector.providers import DependenciesContainer, Dependency

import application.saga
from bootstrap.adapters import Adapters
from bootstrap.backoffice import BackOffice
from bootstrap.container import Shop
from bootstrap.memory import MemoryAdapters
from bootstrap.routes import use_cases
from bootstrap.saga import Saga
from bootstrap.settings import Settings
from domain.event_catalogue import EVENTS

_NO_HANDLERS: Final = {"__init__", "post", "tell_buyer"}
SETTINGS = Settings.from_environment(
    {"SHOES_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", "SHOES_REDIS_URL": "redis://127.0.0.1:1/0"}
)


def real() -> Container:
    """The adapters of production; building them connects to nothing."""
    return Adapters(settings=SETTINGS)


def memory() -> Container:
    """The adapters in memory."""
    return MemoryAdapters(now=datetime.now(UTC))


@pytest.mark.parametrize("parts", [Shop, BackOffice, Saga])
@pytest.mark.parametrize("ports", [real, memory])
def test_every_provider_of_a_parts_list_builds(
    ports: Callable[[], Container], parts: type[Shop | BackOffice | Saga]
) -> None:
    """No use case and no handler lacks a port, on either set of adapters."""
    listed = parts(ports=ports()).providers
    built = {name: provider() for name, provider in listed.items() if not isinstance(provider, DependenciesContainer)}
    assert len(built) > 5
    assert None not in built.values()


def test_every_handler_takes_part_in_the_saga() -> None:
    """A handler that is written and not listed would never hear of anything."""
    written = {
        file.stem for file in Path(application.saga.__file__).parent.glob("*.py") if file.stem not in _NO_HANDLERS
    }

    assert set(Saga(ports=memory()).handlers()) == written


def test_handlers_listen_to_events_that_there_are() -> None:
    """By their names, in lanes that workers work in."""
    for subscription in Saga(ports=memory()).subscriptions():
        assert subscription.event in EVENTS


@pytest.mark.parametrize("ports", [real, memory])
def test_every_adapter_builds(ports: type[Container]) -> None:
    """No adapter lacks what it is made of."""
    container = ports()
    built = {name: provider() for name, provider in container.providers.items() if not isinstance(provider, Dependency)}
    assert None not in built.values()


def test_both_sets_of_adapters_name_the_same_ports() -> None:
    """What a use case finds in production it finds in memory, so that either can stand in for the other."""
    own = {"settings", "database", "redis", "cache_redis", "http_client", "now", "shop"}
    own |= {"token_store", "shiprocket_account", "shiprocket_client"}
    assert set(Adapters.providers) - own == set(MemoryAdapters.providers) - own


def test_the_routes_get_every_use_case() -> None:
    """Each provider handed to the HTTP adapter gives something."""
    wired = use_cases(Shop(ports=memory()))
    assert all(getattr(wired, name)() is not None for name in type(wired).__slots__)
