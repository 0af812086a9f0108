"""The API explains itself, without the internet."""

from __future__ import annotations

import re

import httpx
import pytest

from tests.http.guest import problem

pytestmark = pytest.mark.anyio


async def test_the_openapi_document(http: httpx.AsyncClient) -> None:
    """OpenAPI 3.1 of every route, revalidated by its entity tag."""
    answer = await http.get("/api/openapi.json")
    assert answer.headers["content-type"] == "application/json"
    document = answer.json()
    assert document["openapi"] == "3.1.0"
    assert document["paths"]["/api/v1/orders"]["post"]["operationId"] == "placeOrder"
    again = await http.get("/api/openapi.json", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_swagger_ui_is_ours_alone(http: httpx.AsyncClient) -> None:
    """Everything that the page loads is here, of the right type, and none of it is inline."""
    page = await http.get("/api-docs")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert "http" not in page.text.replace("http-equiv", "")
    assert not re.search(r"<script>|onload=|style=", page.text)
    loaded = re.findall(r'(?:src|href)="(/[^"]+)"', page.text)
    types = {path: (await http.get(path)).headers["content-type"] for path in loaded}
    assert types == {
        "/api-docs/swagger-ui.css": "text/css; charset=utf-8",
        "/api-docs/swagger-ui-bundle.js": "text/javascript; charset=utf-8",
        "/api-docs/start.js": "text/javascript; charset=utf-8",
    }
    assert '"/api/openapi.json"' in (await http.get("/api-docs/start.js")).text


async def test_swagger_ui_reads_openapi_3_1(http: httpx.AsyncClient) -> None:
    """That is its version 5 or later."""
    bundle = await http.get("/api-docs/swagger-ui-bundle.js")
    assert re.search(r'PACKAGE_VERSION:"[5-9]\.', bundle.text)
    assert bundle.headers["cache-control"] == "public, max-age=86400"
    again = await http.get("/api-docs/swagger-ui-bundle.js", headers={"If-None-Match": bundle.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("name", ["nothing.js", "..%2Fapp.py", "redoc.js"])
async def test_nothing_else_is_served(http: httpx.AsyncClient, name: str) -> None:
    """Least of all files of the machine."""
    problem(await http.get(f"/api-docs/{name}"), "resource-not-found")
