"""What can be done at each path.

Litestar answers OPTIONS by itself, but with the methods of whichever route came first at
a path. So OPTIONS has a route of its own, which has to be registered before the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from litestar.handlers import HTTPRouteHandler

from adapters.http.reply import NO_STORE, Reply


def options_for(handlers: Iterable[HTTPRouteHandler]) -> Iterator[HTTPRouteHandler]:
    """A route for OPTIONS at every path of the handlers."""
    offered: dict[str, set[str]] = {}
    for handler in handlers:
        for path in handler.paths:
            offered.setdefault(path, {"OPTIONS"}).update(handler.http_methods)
    for path, methods in offered.items():
        yield _options(path, ", ".join(sorted(methods)).encode())


def _options(path: str, allowed: bytes) -> HTTPRouteHandler:
    @HTTPRouteHandler(path, http_method=["OPTIONS"], status_code=200)
    async def tell_methods() -> Reply:
        return Reply(204, ((b"allow", allowed), NO_STORE))

    return tell_methods
