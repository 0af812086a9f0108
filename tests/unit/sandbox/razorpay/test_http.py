"""The sandbox's HTTP manners: authentication, unknown addresses, broken bodies, the control endpoints."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from litestar.testing import TestClient

from sandbox.razorpay.app import create_app
from sandbox.razorpay.entities import Entity
from sandbox.razorpay.events import razorpay_webhooks
from sandbox.razorpay.ledger import Ledger
from tests.unit.sandbox.razorpay.account import KEY_ID, KEY_SECRET, RazorpayAccountHolder


@pytest.mark.parametrize(
    "auth", [None, (KEY_ID, "wrong"), ("rzp_test_Other", KEY_SECRET), ("", ""), ("é", "é"), (KEY_ID, "")]
)
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/orders"),
        ("POST", "/v1/orders"),
        ("GET", "/v1/payments/pay_00000000000000"),
        ("POST", "/v1/payments/pay_00000000000000/refund"),
        ("GET", "/v1/refunds/rfnd_00000000000000"),
    ],
)
def test_wrong_keys_are_401(
    razorpay: RazorpayAccountHolder, auth: tuple[str, str] | None, method: str, path: str
) -> None:
    """With the documented body."""
    response = razorpay.client.request(method, path, auth=auth)

    assert response.status_code == 401
    assert response.json() == {"error": {"code": "BAD_REQUEST_ERROR", "description": "Authentication failed"}}


@pytest.mark.parametrize(("method", "path"), [("GET", "/v1/nowhere"), ("DELETE", "/v1/orders"), ("GET", "/orders")])
def test_an_unknown_address_or_method_is_404(razorpay: RazorpayAccountHolder, method: str, path: str) -> None:
    """In Razorpay's shape."""
    response = razorpay.client.request(method, path, auth=(KEY_ID, KEY_SECRET))

    assert response.status_code == 404
    assert response.json()["error"]["description"] == "The requested URL was not found on the server."


@pytest.mark.parametrize("body", [b"{", b"[]", b'"order"', b"\xff", b"null", b"[" * 100_000, b'{"amount": NaN}'])
def test_a_body_that_is_no_json_object_is_400(razorpay: RazorpayAccountHolder, body: bytes) -> None:
    """Never a 500."""
    response = razorpay.client.post("/v1/orders", content=body, auth=(KEY_ID, KEY_SECRET))

    assert response.status_code == 400
    assert response.json()["error"]["code"] == "BAD_REQUEST_ERROR"


@pytest.mark.parametrize("prefix", ["", "/v1"])
def test_the_control_endpoints_stand_at_the_root_and_under_v1(razorpay: RazorpayAccountHolder, prefix: str) -> None:
    """Without keys: a browser plays the customer."""
    order = razorpay.order()

    paid = razorpay.client.post(f"{prefix}/_control/orders/{order['id']}/pay", json={"outcome": "success"})
    held = razorpay.client.get(f"{prefix}/_control/state")

    assert paid.json()["razorpay_order_id"] == order["id"]
    assert [each["id"] for each in held.json()["orders"]] == [order["id"]]
    assert [each["id"] for each in held.json()["payments"]] == [paid.json()["razorpay_payment_id"]]
    assert held.json()["refunds"] == []
    assert KEY_SECRET not in held.text


def test_health_needs_no_keys(razorpay: RazorpayAccountHolder) -> None:
    """Whoever started the sandbox waits for it."""
    assert razorpay.client.get("/health").status_code == 200


def test_a_person_can_look_into_the_books(razorpay: RazorpayAccountHolder) -> None:
    """On a page without scripts, on which nothing that was sent is taken for HTML."""
    order = razorpay.order(notes={"a": "<script>"})

    page = razorpay.client.get("/")

    assert page.headers["content-type"].startswith("text/html")
    assert order["id"] in page.text
    assert "<script>" not in page.text


def test_a_fault_strikes_the_api_and_not_the_controls(razorpay: RazorpayAccountHolder) -> None:
    """Whoever ordered it can still look and take it back."""
    order = razorpay.order()
    fault = {"kind": "status", "status": 503, "path": "/v1/*", "times": 2}
    assert razorpay.client.post("/v1/_control/faults", json=fault).status_code == 201

    razorpay.pay(order)
    assert razorpay.client.get("/v1/payments", auth=(KEY_ID, KEY_SECRET)).status_code == 503
    assert razorpay.client.delete("/_control/faults").status_code == 204

    assert razorpay.ask("GET", "/payments")["count"] == 1


def test_what_can_not_be_recorded_did_not_happen() -> None:
    """A full disk is a 500 in Razorpay's shape, and there is no order that a restart would forget."""

    def full_disk(_: Sequence[Entity]) -> None:
        raise OSError("no space left")

    ledger = Ledger(KEY_SECRET, record=full_disk)
    app = create_app(ledger, razorpay_webhooks(None, "secret"), key_id=KEY_ID, key_secret=KEY_SECRET)
    with TestClient(app, raise_server_exceptions=False) as client:
        response = client.post("/v1/orders", json={"amount": 100, "currency": "INR"}, auth=(KEY_ID, KEY_SECRET))

    assert response.status_code == 500
    assert response.json()["error"]["code"] == "SERVER_ERROR"
    assert "space" not in response.text
    assert ledger.contents().orders == []
