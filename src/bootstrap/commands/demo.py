"""`shoes demo`: buy a pair over HTTP, online and on delivery, and tell each step."""

from __future__ import annotations

import os
import sys
import uuid
from dataclasses import dataclass
from typing import Any, Final

import click
import httpx

from bootstrap.commands.follow import Workshop, follow
from bootstrap.settings import Settings

Json = dict[str, Any]  # Any: another program's JSON, read by the names of the HTTP contract

_PRODUCT: Final = "oxford-roma"
_CHOICE: Final[Json] = {
    "styleId": "CAPTOE",
    "soleId": "GOODYEAR-LEATHER",
    "materialId": "CALF",
    "colorId": "CALF-COGNAC",
    "size": {"system": "EU", "value": "42.5"},
    "width": "F",
    "monogram": "MB",
}
_BENGALURU: Final[Json] = {
    "name": "Meera Bhat",
    "line1": "14 Church Street",
    "line2": None,
    "city": "Bengaluru",
    "state": "Karnataka",
    "pincode": "560001",
    "country": "IN",
    "phone": "+919999999999",
}
_MUMBAI: Final[Json] = _BENGALURU | {"city": "Mumbai", "state": "Maharashtra", "pincode": "400001"}


class DemoFailed(click.ClickException):
    """A step got another answer than the contract promises."""


@dataclass(slots=True)
class _Customer:
    """A guest with a browser: keeps the tokens that the shop hands out."""

    http: httpx.Client
    cart_token: str | None = None
    order_token: str | None = None

    def call(self, method: str, url: str, body: Json | None = None, *, once: bool = False) -> Any:  # Any: see Json
        """The `data` of an answer. Raises DemoFailed with the problem's own words."""
        headers = {
            "X-Cart-Token": self.cart_token,
            "X-Order-Token": self.order_token,
            "Idempotency-Key": str(uuid.uuid4()) if once else None,
        }
        try:
            answer = self.http.request(method, url, json=body, headers={k: v for k, v in headers.items() if v})
        except httpx.HTTPError as error:
            raise DemoFailed(f"{self.http.base_url} does not answer ({error}): is `shoes up` running?") from error
        if not answer.is_success:
            raise DemoFailed(f"{method} {url} answered {answer.status_code}: {answer.text}")
        self.cart_token = answer.headers.get("x-cart-token", self.cart_token)
        self.order_token = answer.headers.get("x-order-token", self.order_token)
        return answer.json()["data"]


@click.command()
@click.option("--base-url", help="Where the API is; default: http://127.0.0.1:SHOES_PORT.")
@click.option("--follow", "is_followed", is_flag=True, help="Go on to the customer's door, with every mail.")
def demo(*, base_url: str | None, is_followed: bool) -> None:
    """Buy a pair over HTTP, prepaid and on delivery, from design to CONFIRMED, or to DELIVERED."""
    settings = Settings.from_environment(os.environ)
    url = base_url or f"http://127.0.0.1:{settings.port}"
    with httpx.Client(base_url=f"{url.rstrip('/')}/api/v1", timeout=30) as http:
        workshop = Workshop(http, settings.var, settings.operator_token) if is_followed else None
        _browse(_Customer(http))
        for buy in (_buy_prepaid, _buy_on_delivery):
            customer = _Customer(http)
            order = buy(customer)
            if workshop is not None:
                follow(workshop, order, lambda: customer.call("GET", f"/orders/{order}/tracking"))  # noqa: B023  # ends before the next one
    click.echo(f"\nBoth orders are {'DELIVERED' if is_followed else 'CONFIRMED'}.")


def _browse(customer: _Customer) -> None:
    products = customer.call("GET", "/products?limit=3")
    _tell("The catalogue opens with", ", ".join(f"{each['title']} ({each['price']['formatted']})" for each in products))
    product = customer.call("GET", f"/products/{_PRODUCT}")
    _tell(
        product["title"],
        f"{len(product['styles'])} styles, {len(product['soles'])} soles, "
        f"{sum(len(each['colors']) for each in product['materials'])} colours",
    )


def _buy_prepaid(customer: _Customer) -> str:
    click.echo("\nPrepaid, within Karnataka")
    _fill_cart(customer)
    order = _order(customer, _BENGALURU, "PREPAID")
    payment = customer.call("POST", f"/orders/{order['id']}/payments", once=True)
    checkout = payment["checkout"]
    _tell("Payment", f"{payment['provider']} order {checkout['orderId']} over {payment['amount']['formatted']}")
    if "sandbox" not in checkout:
        raise DemoFailed("the gateway is a real one: pay in a browser; the demo plays only with the sandbox")
    proof = httpx.post(checkout["sandbox"]["payUrl"], json={"outcome": "success"}, timeout=30).json()
    _tell("The customer pays", proof["razorpay_payment_id"])
    customer.call("POST", f"/orders/{order['id']}/payments/confirm", proof, once=True)
    return _show_confirmed(customer, order["id"])


def _buy_on_delivery(customer: _Customer) -> str:
    click.echo("\nCash on delivery, to Maharashtra")
    _fill_cart(customer)
    order = _order(customer, _MUMBAI, "COD")
    return _show_confirmed(customer, order["id"])


def _fill_cart(customer: _Customer) -> None:
    quote = customer.call("POST", f"/products/{_PRODUCT}/quote", {**_CHOICE, "quantity": 1, "pincode": None})
    parts = " + ".join(f"{part['label']} {part['amount']['formatted']}" for part in quote["breakdown"])
    _tell(
        f"Design {quote['designCode']}", f"{quote['unitPrice']['formatted']} = {parts}; ready {quote['promisedWeek']}"
    )
    design = customer.call("POST", "/designs", {"productId": _PRODUCT, **_CHOICE})
    _tell("Saved and shareable as", design["code"])
    cart = customer.call("POST", "/cart/items", {"designCode": design["code"], "quantity": 1})
    _tell("Cart", f"{cart['itemCount']} pair, {cart['total']['formatted']}")


def _order(customer: _Customer, address: Json, method: str) -> Json:
    where = {"pincode": address["pincode"], "state": address["state"]}
    quote = customer.call("POST", "/checkout/quote", {"shippingAddress": where, "paymentMethod": method})
    _tell(
        "Checkout",
        f"{quote['total']['formatted']} with {quote['shippingFee']['formatted']} shipping "
        f"and {quote['codFee']['formatted']} COD fee; promised {quote['promisedWeek']}",
    )
    order: Json = customer.call(
        "POST",
        "/orders",
        {
            "email": "meera@example.com",
            "phone": "+919999999999",
            "shippingAddress": address,
            "billingAddress": None,
            "gstin": None,
            "paymentMethod": method,
            "expectedTotal": quote["total"]["amount"],
            "notes": None,
        },
        once=True,
    )
    _tell(f"Order {order['extId']}", f"{order['status']}, {order['total']['formatted']}")
    return order


def _show_confirmed(customer: _Customer, order_id: str) -> str:
    """The number of the order."""
    order = customer.call("GET", f"/orders/{order_id}")
    for item in order["items"]:
        tax = item["tax"]
        _tell(
            f"GST on {item['productTitle']}",
            f"{tax['rate']} % of {tax['taxable']['formatted']}: CGST {tax['cgst']['formatted']}, "
            f"SGST {tax['sgst']['formatted']}, IGST {tax['igst']['formatted']}",
        )
    events = ", ".join(entry["event"] for entry in customer.call("GET", f"/orders/{order_id}/timeline"))
    _tell("Timeline", events)
    _tell(
        f"Order {order['extId']}", f"{order['status']}, payment {order['paymentStatus']}, ready {order['promisedWeek']}"
    )
    if order["status"] != "CONFIRMED":
        raise DemoFailed(f"order {order['extId']} is {order['status']}, not CONFIRMED")
    number: str = order["extId"]
    return number


def _tell(what: str, how: str) -> None:
    click.echo(f"  {what}: {how}")
    sys.stdout.flush()
