"""Every route × every kind of caller: who gets in, and what the others learn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import httpx
import pytest

from adapters.http.contract import CONTRACT
from adapters.http.routes.table import VERSIONED
from adapters.memory.shop import MemoryShop
from tests.http.guest import API, CHOICE, WISH, Guest, order_form
from tests.http.operator import SIGNED_IN, needed, stuck

pytestmark = pytest.mark.anyio

NOBODY: Final = "nobody"
PRETENDER: Final = "somebody who tries to sign in"
STRANGER: Final = "a guest with a cart and an order of their own"
OWNER: Final = "the guest whose cart and order it is"
OPERATOR: Final = "who holds the operator token"
CALLERS: Final = (NOBODY, PRETENDER, STRANGER, OWNER, OPERATOR)
UNSIGNED: Final = (401, 401, 401, 401, 401)
STAFF_ONLY: Final = (401, 401, 401, 401, 200)


@dataclass(frozen=True, slots=True)
class Row:
    """A route, and the status that each caller gets, in the order of CALLERS."""

    method: str
    path: str
    statuses: tuple[int, int, int, int, int]
    body: dict[str, Any] | None = None


_DESIGN: Final = {"productId": "oxford-roma", **CHOICE}
_QUOTE: Final = {"shippingAddress": {"pincode": "560001"}, "paymentMethod": "PREPAID"}
_PROOF: Final = {"razorpay_order_id": "a", "razorpay_payment_id": "b", "razorpay_signature": "c"}
_RECEIPT: Final = {"awb": "7840123456", "courier": "Blue Dart"}
_OUT: Final = {"direction": "OUTBOUND"}
_NEWS: Final = {"direction": "OUTBOUND", "status": "PICKED_UP"}
_WISH: Final = {"wish": "TRY_AGAIN", "comment": "after six"}

MATRIX: Final = {
    "listProducts": Row("GET", "/products", (200, 200, 200, 200, 200)),
    "getProduct": Row("GET", "/products/oxford-roma", (200, 200, 200, 200, 200)),
    "listMaterialsOfProduct": Row("GET", "/products/oxford-roma/materials", (200, 200, 200, 200, 200)),
    "listStylesOfProduct": Row("GET", "/products/oxford-roma/styles", (200, 200, 200, 200, 200)),
    "listSolesOfProduct": Row("GET", "/products/oxford-roma/soles", (200, 200, 200, 200, 200)),
    "quoteDesign": Row("POST", "/products/oxford-roma/quote", (200, 200, 200, 200, 200), CHOICE),
    "listMaterials": Row("GET", "/materials", (200, 200, 200, 200, 200)),
    "getMaterial": Row("GET", "/materials/CALF", (200, 200, 200, 200, 200)),
    "listColorsOfMaterial": Row("GET", "/materials/CALF/colors", (200, 200, 200, 200, 200)),
    "listStyles": Row("GET", "/styles", (200, 200, 200, 200, 200)),
    "listSoles": Row("GET", "/soles", (200, 200, 200, 200, 200)),
    "getFacets": Row("GET", "/catalogue/facets", (200, 200, 200, 200, 200)),
    "saveDesign": Row("POST", "/designs", (201, 201, 201, 201, 201), _DESIGN),
    "getDesign": Row("GET", "/designs/{line}", (200, 200, 200, 200, 200)),
    "getCart": Row("GET", "/cart", (200, 401, 200, 200, 401)),
    "addToCart": Row("POST", "/cart/items", (201, 401, 201, 201, 401), WISH),
    "changeCartItem": Row("PATCH", "/cart/items/{line}", (404, 401, 404, 200, 401), {"quantity": 2}),
    "removeCartItem": Row("DELETE", "/cart/items/{line}", (404, 401, 404, 200, 401)),
    "clearCart": Row("DELETE", "/cart", (204, 401, 204, 204, 401)),
    "quoteCheckout": Row("POST", "/checkout/quote", (409, 401, 200, 200, 401), _QUOTE),
    "placeOrder": Row("POST", "/orders", (409, 401, 201, 201, 401), order_form()),
    "getOrder": Row("GET", "/orders/{order}", (401, 401, 404, 200, 401)),
    "cancelOrder": Row("POST", "/orders/{order}/cancel", (401, 401, 404, 200, 401), {"reason": "no"}),
    "getTimeline": Row("GET", "/orders/{order}/timeline", (401, 401, 404, 200, 401)),
    "startPayment": Row("POST", "/orders/{order}/payments", (401, 401, 404, 201, 401)),
    "confirmPayment": Row("POST", "/orders/{order}/payments/confirm", (401, 401, 404, 401, 401), _PROOF),
    "trackOrder": Row("GET", "/orders/{order}/tracking", (401, 401, 404, 200, 401)),
    "startReturn": Row("POST", "/orders/{order}/returns", (401, 401, 404, 409, 401)),
    "receivePaymentWebhook": Row("POST", "/webhooks/payments/razorpay", UNSIGNED, {}),
    "receiveCourierWebhook": Row("POST", "/webhooks/courier", UNSIGNED, {}),
    "receiveMailWebhook": Row("POST", "/webhooks/mail", UNSIGNED, {}),
    "planProduction": Row("GET", "/admin/production/2026-W51", STAFF_ONLY),
    "listOrders": Row("GET", "/admin/orders", STAFF_ONLY),
    "showOrder": Row("GET", "/admin/orders/{order}", STAFF_ONLY),
    "startProduction": Row("POST", "/admin/orders/{order}/start-production", (401, 401, 401, 401, 409)),
    "markReady": Row("POST", "/admin/orders/{order}/ready", (401, 401, 401, 401, 409)),
    "cancelForBuyer": Row("POST", "/admin/orders/{order}/cancel", STAFF_ONLY, {"reason": "no"}),
    "requestRefund": Row("POST", "/admin/orders/{order}/refunds", (401, 401, 401, 401, 409), {"reason": "no"}),
    "listShipments": Row("GET", "/admin/orders/{order}/shipments", STAFF_ONLY),
    "bookShipment": Row("POST", "/admin/orders/{order}/shipments", (401, 401, 401, 401, 409), {}),
    "enterAwb": Row("POST", "/admin/orders/{order}/shipments/awb", (401, 401, 401, 401, 404), _RECEIPT),
    "cancelShipment": Row("POST", "/admin/orders/{order}/shipments/cancel", (401, 401, 401, 401, 404), _OUT),
    "reportParcel": Row("POST", "/admin/orders/{order}/shipments/report", (401, 401, 401, 401, 404), _NEWS),
    "answerFailedDelivery": Row(
        "POST", "/admin/orders/{order}/shipments/failed-delivery", (401, 401, 401, 401, 404), _WISH
    ),
    "listEvents": Row("GET", "/admin/events", STAFF_ONLY),
    "getEvent": Row("GET", "/admin/events/{event}", STAFF_ONLY),
    "replayEvent": Row("POST", "/admin/events/{event}/replay", STAFF_ONLY, {}),
    "listDeliveries": Row("GET", "/admin/deliveries", STAFF_ONLY),
    "getBacklog": Row("GET", "/admin/backlog", STAFF_ONLY),
    "listTasks": Row("GET", "/admin/tasks", STAFF_ONLY),
    "finishTask": Row("POST", "/admin/tasks/{task}/finish", STAFF_ONLY),
}


def test_every_route_is_in_the_matrix() -> None:
    """A new route needs a row: who may call it is never left open."""
    assert {handler.opt[CONTRACT].operation for handler in VERSIONED} == set(MATRIX)


@pytest.mark.parametrize("operation", MATRIX)
async def test_who_gets_in(
    operation: str, http: httpx.AsyncClient, guest: Guest, stranger: Guest, memory: MemoryShop
) -> None:
    """Each caller gets their status; what they did to others' things is nothing."""
    row = MATRIX[operation]
    order = (await guest.buy())["extId"]
    line = (await guest.add())["items"][0]["id"]
    await guest.send("POST", "/designs", _DESIGN)
    await stranger.buy(notes="the stranger's")
    await stranger.add(size={"system": "EU", "value": "41"})
    event, task = await stuck(memory, "tell_order_placed"), await needed(memory, "a parcel")
    path = row.path.format(order=order, line=line, event=event, task=task)
    seen = []
    for caller, headers in {
        NOBODY: {},
        PRETENDER: {"Authorization": "Bearer x", **_held(guest)},
        STRANGER: _held(stranger),
        OWNER: _held(guest),
        OPERATOR: SIGNED_IN,
    }.items():
        sent = {**headers, "Idempotency-Key": "matrix"}
        answer = await http.request(row.method, API + path, json=row.body, headers=sent)
        seen.append(answer.status_code)
        if caller not in {OWNER, OPERATOR}:
            assert order not in answer.text.replace(path, "")
    assert tuple(seen) == row.statuses, dict(zip(CALLERS, seen, strict=True))


def _held(guest: Guest) -> dict[str, str]:
    return {"X-Cart-Token": guest.cart_token or "", "X-Order-Token": guest.order_token or ""}
