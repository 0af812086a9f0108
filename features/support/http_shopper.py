"""Customers of the shop over HTTP, who send what a browser would send."""

from __future__ import annotations

from typing import Any

import httpx

from features.support.http_calls import Json, answered, fresh_key
from features.support.seen import (
    CartSeen,
    Choice,
    OrderSeen,
    ParcelSeen,
    PaymentSeen,
    Place,
    Proof,
    QuoteSeen,
    Shopper,
    fresh_email,
)


class HttpShopper(Shopper):
    """A guest with a browser."""

    def __init__(self, http: httpx.Client) -> None:
        self.email = fresh_email()
        self._http = http
        self._cart_token: str | None = None
        self._order_token: str | None = None

    def quote(self, choice: Choice, quantity: int) -> QuoteSeen:
        body = {**_choice(choice), "quantity": quantity, "pincode": None}
        quote = self._call("POST", f"/products/{choice.product}/quote", body)
        return QuoteSeen(
            code=quote["designCode"],
            unit_price=quote["unitPrice"]["amount"],
            line_total=quote["lineTotal"]["amount"],
            breakdown={part["code"]: part["amount"]["amount"] for part in quote["breakdown"]},
            tax_rate=quote["tax"]["rate"],
            tax=quote["tax"]["amount"]["amount"],
            week=quote["promisedWeek"],
            available=quote["available"],
        )

    def save_design(self, choice: Choice) -> str:
        code: str = self._call("POST", "/designs", {"productId": choice.product, **_choice(choice)})["code"]
        return code

    def open_design(self, code: str) -> Choice:
        design = self._call("GET", f"/designs/{code}")
        chosen = design["choice"]
        return Choice(
            product=design["productId"],
            style=chosen["styleId"],
            sole=chosen["soleId"],
            material=chosen["materialId"],
            color=chosen["colorId"],
            size=chosen["size"]["value"],
            width=chosen["width"],
            monogram=chosen["monogram"],
        )

    def add(self, choice: Choice, quantity: int) -> CartSeen:
        body = {"productId": choice.product, **_choice(choice), "quantity": quantity}
        return _cart(self._call("POST", "/cart/items", body))

    def change(self, line: str, quantity: int) -> CartSeen:
        return _cart(self._call("PATCH", f"/cart/items/{line}", {"quantity": quantity}))

    def remove(self, line: str) -> CartSeen:
        self._call("DELETE", f"/cart/items/{line}")
        return self.cart()

    def cart(self) -> CartSeen:
        return _cart(self._call("GET", "/cart"))

    def checkout_total(self, place: Place, method: str) -> int:
        body = {"shippingAddress": {"pincode": place.pincode, "state": place.state}, "paymentMethod": method}
        total: int = self._call("POST", "/checkout/quote", body)["total"]["amount"]
        return total

    def order(self, place: Place, method: str, expected_total: int, key: str) -> OrderSeen:
        body = {
            "email": self.email,
            "phone": "+919999999999",
            "shippingAddress": _address(place),
            "billingAddress": None,
            "gstin": None,
            "paymentMethod": method,
            "expectedTotal": expected_total,
            "notes": None,
        }
        return _order(self._call("POST", "/orders", body, key=key))

    def find_order(self, order_id: str) -> OrderSeen:
        return _order(self._call("GET", f"/orders/{order_id}"))

    def timeline(self, order_id: str) -> list[str]:
        return [entry["event"] for entry in self._call("GET", f"/orders/{order_id}/timeline")]

    def cancel(self, order_id: str) -> OrderSeen:
        return _order(self._call("POST", f"/orders/{order_id}/cancel", {"reason": "changed my mind"}, key=fresh_key()))

    def start_payment(self, order_id: str) -> PaymentSeen:
        payment = self._call("POST", f"/orders/{order_id}/payments", key=fresh_key())
        self._pay_url = payment["checkout"]["sandbox"]["payUrl"]
        return PaymentSeen(payment["checkout"]["amount"], payment["providerOrderId"])

    def play(self, payment: PaymentSeen, outcome: str) -> Proof:
        answer = httpx.post(self._pay_url, json={"outcome": outcome}, timeout=30).json()
        return Proof(
            payment.provider_order_id, answer.get("razorpay_payment_id", ""), answer.get("razorpay_signature", "")
        )

    def confirm(self, order_id: str, proof: Proof) -> None:
        body = {
            "razorpay_order_id": proof.order_id,
            "razorpay_payment_id": proof.payment_id,
            "razorpay_signature": proof.signature,
        }
        self._call("POST", f"/orders/{order_id}/payments/confirm", body, key=fresh_key())

    def parcels(self, order_id: str) -> list[ParcelSeen]:
        parcels = self._call("GET", f"/orders/{order_id}/tracking")["parcels"]
        return [
            ParcelSeen(each["courier"], each["awb"], each["status"], tuple(scan["text"] for scan in each["scans"]))
            for each in parcels
        ]

    def send_back(self, order_id: str) -> None:
        self._call("POST", f"/orders/{order_id}/returns", key=fresh_key())

    def _call(self, method: str, url: str, body: Json | None = None, key: str | None = None) -> Any:
        headers = {"X-Cart-Token": self._cart_token, "X-Order-Token": self._order_token, "Idempotency-Key": key}
        answer = self._http.request(method, url, json=body, headers={k: v for k, v in headers.items() if v})
        self._cart_token = answer.headers.get("x-cart-token", self._cart_token)
        self._order_token = answer.headers.get("x-order-token", self._order_token)
        return answered(answer)


def _choice(choice: Choice) -> Json:
    return {
        "styleId": choice.style,
        "soleId": choice.sole,
        "materialId": choice.material,
        "colorId": choice.color,
        "size": {"system": choice.system, "value": choice.size},
        "width": choice.width,
        "monogram": choice.monogram,
    }


def _address(place: Place) -> Json:
    return {
        "name": "Meera Bhat",
        "line1": "14 Church Street",
        "line2": None,
        "city": place.city,
        "state": place.state,
        "pincode": place.pincode,
        "country": "IN",
        "phone": "+919999999999",
    }


def _cart(cart: Json) -> CartSeen:
    return CartSeen(
        lines=tuple(item["id"] for item in cart["items"]),
        pairs=cart["itemCount"],
        total=cart["total"]["amount"],
        price_changed=any(item["priceChanged"] for item in cart["items"]),
        available=all(item["available"] for item in cart["items"]),
    )


def _order(order: Json) -> OrderSeen:
    taxes = [item["tax"] for item in order["items"]]
    return OrderSeen(
        id=order["id"],
        number=order["extId"],
        status=order["status"],
        payment_status=order["paymentStatus"],
        fulfillment_status=order["fulfillmentStatus"],
        total=order["total"]["amount"],
        refunded=order["refunded"]["amount"],
        subtotal=order["subtotal"]["amount"],
        shipping_fee=order["shippingFee"]["amount"],
        cod_fee=order["codFee"]["amount"],
        tax_total=order["taxTotal"]["amount"],
        unit_prices=tuple(item["unitPrice"]["amount"] for item in order["items"]),
        taxes=tuple((tax["cgst"]["amount"], tax["sgst"]["amount"], tax["igst"]["amount"]) for tax in taxes),
        week=order["promisedWeek"],
    )
