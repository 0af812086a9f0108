"""Whatever a stranger sends is refused with the right problem document, and changes nothing."""

from __future__ import annotations

import gzip
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from adapters.memory.shop import MemoryShop
from tests.builders import id_of
from tests.http.guest import ADDRESS, CHOICE, WISH, Guest, data, faults, order_form, problem
from tests.http.operator import SIGNED_IN

pytestmark = pytest.mark.anyio

BODIED = [
    ("POST", "/products/oxford-roma/quote"),
    ("POST", "/designs"),
    ("POST", "/cart/items"),
    ("PATCH", "/cart/items/8Z3K5QW7D0RT"),
    ("POST", "/checkout/quote"),
    ("POST", "/orders"),
    ("POST", "/orders/IS-2026-000001/cancel"),
    ("POST", "/orders/IS-2026-000001/payments/confirm"),
    ("POST", "/admin/orders/IS-2026-000001/cancel"),
    ("POST", "/admin/orders/IS-2026-000001/refunds"),
    ("POST", "/admin/orders/IS-2026-000001/shipments"),
    ("POST", "/admin/orders/IS-2026-000001/shipments/awb"),
    ("POST", "/admin/orders/IS-2026-000001/shipments/cancel"),
    ("POST", "/admin/orders/IS-2026-000001/shipments/failed-delivery"),
    ("POST", f"/admin/events/{id_of('event')}/replay"),
]
HEADERS = {"Content-Type": "application/json", "Idempotency-Key": "1", "X-Order-Token": "y" * 43}


async def send(http: httpx.AsyncClient, method: str, path: str, body: bytes, **headers: str) -> httpx.Response:
    """Bytes as they are; `Content_Type=""` for none."""
    signed_in = SIGNED_IN if path.startswith("/admin") else {}
    sent = HEADERS | signed_in | {name.replace("_", "-"): value for name, value in headers.items()}
    kept = {name: value for name, value in sent.items() if value}
    return await http.request(method, f"/api/v1{path}", content=body, headers=kept)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"{",
        b"{'a': 1}",
        b'{"a": 1,}',
        b'{"a": NaN}',
        b'{"a": -Infinity}',
        b'{"a": 01}',
        b'{"a": "\x00"}',
        b'{"a": "\t"}',
        b'{"a": "\xff"}',
        b'\xef\xbb\xbf{"a": 1}',
        b'{"a": "\\x41"}',
        b'{"a": 1} trailing',
        b'{"a": 1, "a": 2}',
        b"[" * 100_000,
        b'{"a":' * 20_000 + b"1" + b"}" * 20_000,
        b'{"a": ' + b"9" * 5_000 + b"}",
        '{"a": 1}'.encode("utf-16"),
    ],
    ids=lambda body: repr(body[:24]),
)
@pytest.mark.parametrize(("method", "path"), BODIED)
async def test_what_is_not_json(http: httpx.AsyncClient, method: str, path: str, body: bytes) -> None:
    """400 malformed-json, however it is broken."""
    problem(await send(http, method, path, body), "malformed-json")


@pytest.mark.parametrize(
    "content_type",
    ["", "text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin-1", "application/jsonp"],
)
@pytest.mark.parametrize(("method", "path"), BODIED)
async def test_what_does_not_claim_to_be_json(
    http: httpx.AsyncClient, method: str, path: str, content_type: str
) -> None:
    """415, even if it is."""
    problem(await send(http, method, path, b"{}", Content_Type=content_type), "unsupported-media-type")


async def test_a_compressed_body(http: httpx.AsyncClient) -> None:
    """415: a small one could be a very large one."""
    body = json.dumps(CHOICE).encode()
    path = "/products/oxford-roma/quote"
    problem(await send(http, "POST", path, gzip.compress(body), Content_Encoding="gzip"), "unsupported-media-type")
    assert data(await send(http, "POST", path, body, Content_Encoding="identity"))


@pytest.mark.parametrize(
    "content_type", ["Application/JSON", 'application/json;charset="UTF-8"', "application/json ; charset=utf-8"]
)
async def test_json_by_its_other_names(http: httpx.AsyncClient, content_type: str) -> None:
    """Media types are written in any case, and UTF-8 may be named."""
    body = json.dumps(CHOICE).encode()
    assert data(await send(http, "POST", "/products/oxford-roma/quote", body, Content_Type=content_type))


@pytest.mark.parametrize("body", [b"null", b"[]", b"7", b'"text"', b"true", b"[{}]"])
@pytest.mark.parametrize(("method", "path"), BODIED)
async def test_what_is_not_an_object(http: httpx.AsyncClient, method: str, path: str, body: bytes) -> None:
    """One fault, of the whole body."""
    assert faults(await send(http, method, path, body)) == {"": "type"}


@pytest.mark.parametrize(
    ("method", "path"),
    [*BODIED, ("DELETE", "/cart"), ("POST", "/orders/IS-2026-000001/payments"), ("POST", "/nowhere")],
)
async def test_a_body_above_the_limit(http: httpx.AsyncClient, method: str, path: str) -> None:
    """413, by its announced length, before anything else is looked at."""
    problem(await send(http, method, path, b" " * (1 << 20) + b" "), "payload-too-large")
    assert (await send(http, method, path, b" " * (1 << 20))).status_code != 413


async def test_a_body_without_a_length_above_the_limit(http: httpx.AsyncClient) -> None:
    """413 as soon as it is too long: the rest isn't waited for."""
    sent = 0

    async def long() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 100:
            sent += 1
            yield b" " * 65_536

    answer = await http.post("/api/v1/orders", content=long(), headers=HEADERS)
    problem(answer, "payload-too-large")
    assert sent <= 18


@pytest.mark.parametrize("length", ["9" * 5_000, "1048577"])
async def test_an_announced_length_above_the_limit(http: httpx.AsyncClient, length: str) -> None:
    """413, whatever follows."""
    problem(await send(http, "POST", "/orders", b"{}", Content_Length=length), "payload-too-large")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"styleId": None}, {"/styleId": "type"}),
        ({"styleId": 1}, {"/styleId": "type"}),
        ({"styleId": ""}, {"/styleId": "pattern"}),
        ({"styleId": "x" * 41}, {"/styleId": "pattern"}),
        ({"styleId": "CAP\x00TOE"}, {"/styleId": "character"}),
        ({"styleId": "CAP\ud800TOE"}, {"/styleId": "character"}),
        ({"CAP\x00TOE": 1}, {"": "character"}),
        ({"monogram": "x" * 11}, {"/monogram": "maxLength"}),
        ({"monogram": ["M"]}, {"/monogram": "type"}),
        ({"quantity": 0}, {"/quantity": "minimum"}),
        ({"quantity": -1}, {"/quantity": "minimum"}),
        ({"quantity": 10**40}, {"/quantity": "maximum"}),
        ({"quantity": 1.5}, {"/quantity": "type"}),
        ({"quantity": 1e999}, None),
        ({"quantity": "1"}, {"/quantity": "type"}),
        ({"quantity": True}, {"/quantity": "type"}),
        ({"quantity": None}, {"/quantity": "type"}),
        ({"size": "42"}, {"/size": "type"}),
        ({"size": {"system": "JP", "value": 42}}, {"/size/system": "enum", "/size/value": "type"}),
        ({"size": {"system": ["EU"], "value": "042"}}, {"/size/system": "enum", "/size/value": "pattern"}),
        ({"size": {}}, {"/size/system": "required", "/size/value": "required"}),
        ({"width": "f"}, {"/width": "pattern"}),
        ({"a/b~c": 1}, {"/a~1b~0c": "unknown"}),
        ({"__proto__": {}}, {"/__proto__": "unknown"}),
        ({"style_id": "CAPTOE"}, {"/style_id": "unknown"}),
    ],
)
async def test_a_bad_member(
    guest: Guest, http: httpx.AsyncClient, change: dict[str, Any], fault: dict[str, str] | None
) -> None:
    """Of the right code, at the right place, wherever a choice is sent."""
    for path in ("/products/oxford-roma/quote", "/cart/items"):
        wish = (CHOICE if "quote" in path else WISH) | change
        answer = await send(http, "POST", path, json.dumps(wish).encode())
        if fault is None:
            problem(answer, "malformed-json")
        else:
            assert faults(answer) == fault
    assert data(await guest.get("/cart"))["items"] == []


async def test_an_escaped_backslash_is_no_null_character(http: httpx.AsyncClient) -> None:
    """What only looks like one is read as it is written; a whole surrogate pair is a character."""
    body = json.dumps(order_form(notes="\\u0000 and \\ud800 and 👞")).encode()
    problem(await send(http, "POST", "/orders", body), "cart-empty")


async def test_an_endless_list_of_faults_ends(http: httpx.AsyncClient) -> None:
    """After every field of the form, and so many unknown members that nobody reads on."""
    body = json.dumps({f"member{number}": 1 for number in range(50_000)}).encode()
    answer = await send(http, "POST", "/designs", body)
    assert len(faults(answer)) == 100
    assert {"/productId", "/styleId", "/size", "/member0"} <= set(faults(answer))
    assert len(answer.json()["detail"]) < 500
    nulls = json.dumps({"styleId": ["\x00"] * 50_000}).encode()
    assert len(problem(await send(http, "POST", "/designs", nulls), "validation-error")["errors"]) == 100


@pytest.mark.parametrize("method", ["PUT", "TRACE", "BREW", "PATCH"])
async def test_a_method_that_nobody_offers(http: httpx.AsyncClient, method: str) -> None:
    """405, also when it is no method at all."""
    problem(await http.request(method, "/api/v1/orders"), "method-not-allowed")


async def test_nothing_changes(guest: Guest, memory: MemoryShop) -> None:
    """After every refusal of this module's kinds, the cart is as it was and no order is there."""
    cart = await guest.add()
    before = len(memory.outbox)
    line = cart["items"][0]["id"]
    for method, path, body in [
        ("POST", "/cart/items", WISH | {"quantity": 99}),
        ("POST", "/cart/items", WISH | {"width": "H"}),
        ("PATCH", f"/cart/items/{line}", {"quantity": 99}),
        ("PATCH", f"/cart/items/{line}", {}),
        ("POST", "/orders", order_form(expectedTotal=1)),
        ("POST", "/orders", order_form(shippingAddress=ADDRESS | {"city": ""})),
        ("POST", "/orders", order_form(x=1)),
    ]:
        answer = await guest.send(method, path, body, Idempotency_Key="1")
        assert 400 <= answer.status_code < 500
    assert data(await guest.get("/cart")) == cart
    assert len(memory.outbox) == before
