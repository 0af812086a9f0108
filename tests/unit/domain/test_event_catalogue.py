"""Every kind of event can be found by its name, so that what was kept can be told again."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module

import domain
from domain.event_catalogue import EVENTS
from domain.events import DomainEvent


def kinds_below(kind: type[DomainEvent]) -> Iterator[type[DomainEvent]]:
    """Every kind of event that has a name of its own."""
    for child in kind.__subclasses__():
        if "name" in vars(child) and child.__module__.startswith("domain."):
            yield child
        yield from kinds_below(child)


def test_no_event_of_the_domain_is_missing() -> None:
    """One that is missing, or hidden by another of the same name, could be written and never be read."""
    for module in pkgutil.walk_packages(domain.__path__, "domain."):
        import_module(module.name)

    # `slots=True` makes a class anew: the first one may still be about until it is collected.
    told = {f"{kind.__module__}.{kind.__qualname__}" for kind in kinds_below(DomainEvent)}

    assert told == {f"{kind.__module__}.{kind.__qualname__}" for kind in EVENTS.values()}


def test_an_event_is_found_by_its_name() -> None:
    """Names say what happened to what: "order.placed"."""
    assert all(kind.name == name for name, kind in EVENTS.items())
    assert all(name.count(".") == 1 and name == name.lower() for name in EVENTS)
