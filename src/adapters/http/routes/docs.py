"""The OpenAPI document, and Swagger UI to read it in, from files on this machine alone."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from litestar import MediaType
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from adapters.http.exchange import AnyRequest
from adapters.http.links import DOCS, OPENAPI
from adapters.http.openapi.document import openapi_text
from adapters.http.preconditions import has_seen
from adapters.http.reply import JSON, Header, Reply
from domain.errors import NotFound

_HTML: Final[Header] = (b"content-type", b"text/html; charset=utf-8")
_CSS: Final[Header] = (b"content-type", b"text/css; charset=utf-8")
_JS: Final[Header] = (b"content-type", b"text/javascript; charset=utf-8")
_DAY: Final = b"public, max-age=86400"
_ALWAYS_ASK: Final = b"no-cache"

_PAGE: Final = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Italian Shoes: the API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{DOCS}/swagger-ui.css">
</head>
<body>
<div id="swagger-ui"></div>
<script src="{DOCS}/swagger-ui-bundle.js"></script>
<script src="{DOCS}/start.js"></script>
</body>
</html>
""".encode()

_START: Final = f"""SwaggerUIBundle({{
  url: "{OPENAPI}",
  dom_id: "#swagger-ui",
  deepLinking: true,
  validatorUrl: null,
}});
""".encode()

# Our names for the files of the package that brings Swagger UI.
_FILES: Final = {
    "swagger-ui.css": (_CSS, "swagger_style.css"),
    "swagger-ui-bundle.js": (_JS, "swagger_bundle.js"),
}


def _get(path: str) -> HTTPRouteHandler:
    return HTTPRouteHandler(path, http_method=["GET", "HEAD"], media_type=MediaType.JSON)


@_get(OPENAPI)
async def get_openapi(request: AnyRequest) -> Reply:
    """The OpenAPI 3.1 document of the routes of this application."""
    return _told(request, openapi_text().encode(), JSON, _ALWAYS_ASK)


@_get(DOCS)
async def get_docs(request: AnyRequest) -> Reply:
    """Swagger UI."""
    return _told(request, _PAGE, _HTML, _ALWAYS_ASK)


@_get(f"{DOCS}/{{name:str}}")
async def get_docs_file(request: AnyRequest, name: FromPath[str]) -> Reply:
    """A script or a style sheet of Swagger UI."""
    if name == "start.js":
        return _told(request, _START, _JS, _ALWAYS_ASK)
    if name not in _FILES:
        raise NotFound("file", name)
    content_type, file = _FILES[name]
    return _told(request, _bundled(file), content_type, _DAY)


ROUTES: Final = (get_openapi, get_docs, get_docs_file)


@cache
def _bundled(file: str) -> bytes:
    # Found, not imported: importing the package reads every viewer that it brings into memory.
    package = find_spec("offapi")
    if package is None or package.origin is None:
        raise NotFound("file", file)
    return (Path(package.origin).parent / file).read_bytes()


def _told(request: AnyRequest, content: bytes, content_type: Header, cache_control: bytes) -> Reply:
    tag = f'"{hashlib.blake2b(content, digest_size=16).hexdigest()}"'.encode()
    headers = [(b"etag", tag), (b"cache-control", cache_control)]
    if has_seen(request.scope, tag):
        return Reply(304, headers)
    return Reply(200, [content_type, *headers], content)
