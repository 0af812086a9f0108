"""The limit of a GET: a Litestar handler that does nothing but return the bytes.

`python -m benchmarks.bare` is `shoes serve` in all but the application: the same server with the same settings.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Final

from granian import Granian
from litestar import Litestar, get

from bootstrap.commands import serve

PAGES: Final = "BENCHMARK_PAGES"  # names a directory with a file for each page: `index` holds their paths in order


def create() -> Litestar:
    """An application with one route for each page, answering with the page's bytes (a Granian factory)."""
    pages = Path(os.environ[PAGES])
    paths = (pages / "index").read_text().splitlines()
    routes = [_route(path, (pages / str(number)).read_bytes()) for number, path in enumerate(paths)]
    return Litestar([*routes, _route("/ready", b"{}")], openapi_config=None, logging_config=None)


def keep(pages: dict[str, bytes], directory: Path) -> None:
    """Write what `create` reads; `pages` by path, without a query string."""
    directory.mkdir(parents=True)
    (directory / "index").write_text("\n".join(pages))
    for number, page in enumerate(pages.values()):
        (directory / str(number)).write_bytes(page)


def _route(path: str, page: bytes) -> Any:  # Any: what Litestar's decorator makes
    @get(path, media_type="application/json")
    async def bare() -> bytes:
        return page

    return bare


def _serve() -> None:
    def bare_server(target: str, **settings: Any) -> Any:  # Any: Granian's own, passed on untouched
        return Granian("benchmarks.bare:create", **settings)

    serve.Granian = bare_server  # type: ignore[assignment,attr-defined]  # everything else is to stay as it is
    serve.serve()


if __name__ == "__main__":
    _serve()
