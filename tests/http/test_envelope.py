"""What every answer has, whatever was asked."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Any

import httpx
import pytest

from adapters.http.middleware.stamp import Stamp
from adapters.memory.shop import MemoryShop
from ports.catalogue_views import CatalogueViews
from tests.builders import NOW
from tests.http.guest import Guest, problem
from tests.http.stage import Stage

pytestmark = pytest.mark.anyio

PRODUCT = "/api/v1/products/oxford-roma"


async def test_a_success_has_data_meta_and_links(guest: Guest) -> None:
    """The envelope is exactly the contract's."""
    answer = await guest.get("/products/oxford-roma", X_Request_Id="my-request.1")
    envelope = answer.json()
    assert list(envelope) == ["success", "data", "meta", "links"]
    assert envelope["success"] is True
    assert list(envelope["meta"]) == ["timestamp", "request_id", "version", "took_ms"]
    assert datetime.fromisoformat(envelope["meta"]["timestamp"]) == NOW
    assert envelope["meta"]["timestamp"].endswith("Z")
    assert envelope["meta"]["request_id"] == "my-request.1" == answer.headers["x-request-id"]
    assert envelope["meta"]["version"] == "v1"
    assert envelope["links"] == {
        "self": PRODUCT,
        "next": None,
        "prev": None,
        "related": {"products": "/api/v1/products"},
    }


@pytest.mark.parametrize(
    "given", ["", "with space", "x" * 129, "ümlaut".encode().decode("latin-1"), "a\tb", '"><script>']
)
async def test_a_malformed_request_id_is_replaced(http: httpx.AsyncClient, given: str) -> None:
    """What comes back is never what a stranger could smuggle into a log."""
    answer = await http.get(PRODUCT, headers={b"X-Request-Id": given.encode("latin-1")})
    assert re.fullmatch("[0-9a-f]{32}", answer.headers["x-request-id"])


@pytest.mark.parametrize("path", [PRODUCT, "/nowhere", "/api/v1/cart", "/api/health", "/api/openapi.json"])
async def test_security_headers_are_on_every_answer(http: httpx.AsyncClient, path: str) -> None:
    """Also on those that no route gives."""
    headers = (await http.get(path)).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert "max-age=31536000" in headers["strict-transport-security"]
    assert "camera=()" in headers["permissions-policy"]


async def test_the_version_may_be_named(http: httpx.AsyncClient) -> None:
    """v1 is spoken, others are not; what has no version takes any."""
    assert (await http.get(PRODUCT, headers={"Accept-Version": "v1"})).status_code == 200
    problem(await http.get(PRODUCT, headers={"Accept-Version": "v2"}), "not-acceptable")
    assert (await http.get("/api/health", headers={"Accept-Version": "v2"})).status_code == 200


async def test_an_unknown_address_is_not_found(http: httpx.AsyncClient) -> None:
    """With a problem document, under the API and beside it."""
    for path in ("/", "/api", "/api/v1", "/api/v1/nothing", f"{PRODUCT}/nothing", "/api/v1/%00", "/%ff%fe"):
        problem(await http.get(path), "resource-not-found")


async def test_a_wrong_method_tells_the_right_ones(http: httpx.AsyncClient) -> None:
    """405 with Allow."""
    answer = await http.put("/api/v1/cart")
    problem(answer, "method-not-allowed")
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD", "DELETE", "OPTIONS"}
    problem(await http.get("/api/v1/orders"), "method-not-allowed")


@pytest.mark.parametrize(("path", "status"), [(PRODUCT, 200), ("/api/v1/products/nothing", 404), ("/nothing", 404)])
async def test_who_may_get_may_head(http: httpx.AsyncClient, served: Stage, path: str, status: int) -> None:
    """The same headers, and no body: of successes and of problems."""
    got = await http.get(path, headers={"X-Request-Id": "same"})
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:  # as a server would, because clients drop such a body themselves
        sent.append(message)

    scope = {
        "type": "http",
        "method": "HEAD",
        "path": path,
        "query_string": b"",
        "headers": [(b"x-request-id", b"same")],
    }
    await served.app(scope, None, send)
    start, body = sent
    assert start["status"] == got.status_code == status
    assert {name.decode(): value.decode() for name, value in start["headers"]} == dict(got.headers)
    assert body["body"] == b""


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("/api/v1/cart", "DELETE, GET, HEAD, OPTIONS"),
        ("/api/v1/cart/items", "OPTIONS, POST"),
        ("/api/v1/cart/items/8Z3K5QW7D0RT", "DELETE, OPTIONS, PATCH"),
        ("/api/health", "GET, HEAD, OPTIONS"),
    ],
)
async def test_options_tells_the_methods(http: httpx.AsyncClient, path: str, methods: str) -> None:
    """Nothing happens, and 204 tells what could: the same as a 405 does."""
    answer = await http.options(path)
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["allow"] == methods
    refused = await http.put(path)
    assert sorted(refused.headers["allow"].split(", ")) == methods.split(", ")


async def test_an_error_of_ours_tells_nothing(
    http: httpx.AsyncClient, served: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    """500 without a word of what went wrong; the log has it, under the request's id."""

    def broken() -> CatalogueViews:
        raise RuntimeError("SELECT secret FROM /etc/passwd")

    served.use_cases = replace(served.use_cases, catalogue=broken)
    answer = await http.get(PRODUCT)
    document = problem(answer, "internal-server-error")
    assert "secret" not in answer.text
    assert document["detail"] == "It is not your fault, and it has been noted."
    (record,) = [record for record in caplog.records if record.name.startswith("adapters.http")]
    assert document["trace_id"] in record.getMessage()
    assert record.exc_info is not None


async def test_the_last_layer_catches_what_all_others_let_through(memory: MemoryShop) -> None:
    """Even a broken framework is a 500 with a problem document."""

    async def broken(*_: object) -> None:
        raise RuntimeError("secret")

    stamp: Any = Stamp(broken, memory.clock)  # Any: as in Stage
    async with httpx.AsyncClient(transport=httpx.ASGITransport(stamp)) as client:
        answer = await client.get("http://shop.test/anything")
    problem(answer, "internal-server-error")
    assert "secret" not in answer.text
