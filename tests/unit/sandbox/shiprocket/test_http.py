"""The sandbox's HTTP manners: unknown addresses, broken bodies, faults to order, the control endpoints."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from litestar.testing import TestClient

from sandbox.shiprocket.entities import Entity
from sandbox.shiprocket.ledger import Ledger
from tests.unit.sandbox.shiprocket.account import EMAIL, PASSWORD, ShiprocketAccountHolder, an_order, sandbox

POSTS = [
    "/orders/create/adhoc",
    "/orders/create",
    "/orders/create/return",
    "/orders/update/adhoc",
    "/orders/address/update",
    "/orders/cancel",
    "/orders/cancel/shipment/awbs",
    "/orders/print/invoice",
    "/courier/assign/awb",
    "/courier/generate/pickup",
    "/courier/generate/label",
    "/courier/generate/label-invoice",
    "/courier/track/awbs",
    "/manifests/generate",
    "/manifests/print",
    "/settings/company/addpickup",
    "/ndr/1/action",
]


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/nowhere", 404), ("PUT", "/orders", 405)])
def test_an_unknown_address_or_method(shiprocket: ShiprocketAccountHolder, method: str, path: str, status: int) -> None:
    """In Dingo's shape."""
    answer = shiprocket.ask(method, path, status=status)

    assert answer["status_code"] == status
    assert answer["message"].startswith(f"{status} ")


@pytest.mark.parametrize("path", POSTS)
def test_a_body_that_is_no_json_object_has_no_fields(shiprocket: ShiprocketAccountHolder, path: str) -> None:
    """422, as for an empty one; never a 500."""
    headers = {"authorization": f"Bearer {shiprocket.token}"}
    for body in (b"", b"{", b"[]", b'"order"', b"\xff", b"null", b"[" * 100_000, b'{"order_id": NaN}'):
        response = shiprocket.client.post(f"/v1/external{path}", content=body, headers=headers)

        assert response.status_code == 422, (body[:10], response.text)


@pytest.mark.parametrize(
    "odd",
    [
        [],
        {},
        [[]],
        [{}],
        "x",
        -1,
        0.5,
        1e300,
        10**400,
        True,
        "9" * 400,
        "é",
        "x\x00",
    ],
)
def test_odd_values_are_refused_and_nothing_breaks(shiprocket: ShiprocketAccountHolder, odd: object) -> None:
    """Of whatever type, in every field: a refusal in Shiprocket's shape."""
    for field in an_order():
        answer = shiprocket.client.post(
            "/v1/external/orders/create/adhoc",
            json=an_order() | {field: odd},
            headers={"authorization": f"Bearer {shiprocket.token}"},
        )
        assert answer.status_code in (200, 400, 422) or "foreach" in answer.text, (field, answer.text)


@pytest.mark.parametrize("prefix", ["", "/v1/external"])
def test_the_control_endpoints_need_no_token(stranger: ShiprocketAccountHolder, prefix: str) -> None:
    """At the root, and under the base URL. Nothing secret is shown."""
    held = stranger.client.get(f"{prefix}/_control/state")

    assert held.json()["orders"] == []
    assert held.json()["settings"]["journey"] == "delivered"
    assert PASSWORD not in held.text


def test_people_see_a_page(shiprocket: ShiprocketAccountHolder) -> None:
    """With what it holds."""
    shiprocket.order("SC-<1001>")

    page = shiprocket.client.get("/")

    assert page.headers["content-type"].startswith("text/html")
    assert "SC-&lt;1001&gt;" in page.text


@pytest.mark.parametrize(
    ("method", "path", "wish"),
    [
        ("PATCH", "/settings", {"journey": "around the world"}),
        ("PATCH", "/settings", {"unknown": 1}),
        ("PATCH", "/settings", []),
        ("PUT", "/wallet", {}),
        ("PUT", "/wallet", {"balance": "much"}),
        ("POST", "/journeys", {"journey": "lost"}),
        ("POST", "/parcels/SC-1001/advance", {"steps": 0}),
    ],
)
def test_a_wrong_wish_is_told(stranger: ShiprocketAccountHolder, method: str, path: str, wish: object) -> None:
    """400: ours are not Shiprocket's manners."""
    stranger.control(method, path, wish, status=400)


def test_an_unknown_parcel_does_not_move(stranger: ShiprocketAccountHolder) -> None:
    """404."""
    stranger.control("POST", "/parcels/SC-1001/advance", status=404)


def test_faults_strike_shiprocket_and_spare_the_control(shiprocket: ShiprocketAccountHolder) -> None:
    """The login too: a wall before it, then a limit."""
    html = {"kind": "status", "path": "*/auth/login", "status": 403, "body": "Access forbidden"}
    limit = {"kind": "status", "status": 429, "body": {"message": "Too Many Attempts.", "status_code": 429}}
    shiprocket.control("POST", "/faults", [html, limit], status=201)

    login = shiprocket.client.post("/v1/external/auth/login", json={"email": EMAIL, "password": PASSWORD})
    shiprocket.control("GET", "/state")
    limited = shiprocket.ask("GET", "/orders", status=429)

    assert (login.status_code, login.text) == (403, "Access forbidden")
    assert limited["message"] == "Too Many Attempts."
    shiprocket.ask("GET", "/orders")


def test_a_fault_after_the_work_leaves_an_order(shiprocket: ShiprocketAccountHolder) -> None:
    """Which a repetition finds."""
    shiprocket.control("POST", "/faults", {"kind": "malformed", "path": "*/orders/create/adhoc"}, status=201)
    address, headers = "/v1/external/orders/create/adhoc", {"authorization": f"Bearer {shiprocket.token}"}

    torn = shiprocket.client.post(address, json=an_order(), headers=headers)
    whole = shiprocket.client.post(address, json=an_order(), headers=headers)

    assert torn.text == whole.text[: len(torn.text)]
    assert len(shiprocket.ask("GET", "/orders")["data"]) == 1


def test_health_needs_no_token(stranger: ShiprocketAccountHolder) -> None:
    """Whoever started the sandbox waits for it."""
    assert stranger.client.get("/health").status_code == 200


def test_what_can_not_be_recorded_did_not_happen() -> None:
    """A full disk is a 500, and nothing is there that a restart would forget."""

    def full_disk(_: Sequence[Entity]) -> None:
        raise OSError("no space left")

    ledger = Ledger(record=full_disk)
    with TestClient(sandbox(ledger), raise_server_exceptions=False) as client:
        response = client.put("/_control/wallet", json={"balance": 5})

    assert response.status_code == 500
    assert response.json() == {"message": "Internal Server Error", "status_code": 500}
    assert ledger.contents() == Ledger().contents()
