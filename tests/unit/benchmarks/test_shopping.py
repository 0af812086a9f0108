"""Shoppers speak the HTTP contract, each on their own behalf."""

from __future__ import annotations

import json
from typing import Any

from benchmarks.http1 import Response
from benchmarks.load import Unit
from benchmarks.shopping import (
    API,
    SANDBOX,
    AddToCart,
    BeginPayments,
    BegunPayment,
    FillCarts,
    PlaceOrders,
    PreparedCart,
    Purchase,
    possible_choices,
)

CHOICE = {"productId": "oxford-roma", "styleId": "CAPTOE", "quantity": 1}
CARTS = [PreparedCart(f"token-{number}", {"pincode": "560001", "state": "Karnataka"}, 100) for number in range(3)]


def answer(content: object = None, **headers: str) -> Response:
    head = "HTTP/1.1 200 OK" + "".join(f"\r\n{name.replace('_', '-')}: {value}" for name, value in headers.items())
    return Response(200, head.encode(), json.dumps({"data": content}).encode())


def follow(unit: Unit, *answers: Response) -> tuple[list[tuple[int, str]], object]:
    """The requests of a unit (server, and method with path), and what it made."""
    asked = [next(unit), *(unit.send(each) for each in answers[:-1])]
    try:
        unit.send(answers[-1])
    except StopIteration as end:
        return [(server, sent.split(b" HTTP")[0].decode()) for server, sent in asked], end.value
    raise AssertionError("the unit asks for more")


def key_of(sent: bytes) -> bytes:
    return next(line for line in sent.split(b"\r\n") if line.startswith(b"Idempotency-Key"))


def test_a_purchase_goes_from_the_cart_to_the_confirmed_payment() -> None:
    proof = {"razorpay_order_id": "o", "razorpay_payment_id": "p", "razorpay_signature": "s"}
    asked, _ = follow(
        next(Purchase("shop", [CHOICE]).units(0)),
        answer(X_Cart_Token="t"),
        answer(),
        answer({"total": {"amount": 100}}),
        answer({"id": "7"}, X_Order_Token="o"),
        answer({"checkout": {"sandbox": {"payUrl": "http://bank:1/v1/_control/orders/o/pay"}}}),
        Response(200, b"", json.dumps(proof).encode()),
        answer(),
    )
    assert asked == [
        (API, "POST /api/v1/cart/items"),
        (API, "GET /api/v1/cart"),
        (API, "POST /api/v1/checkout/quote"),
        (API, "POST /api/v1/orders"),
        (API, "POST /api/v1/orders/7/payments"),
        (SANDBOX, "POST /v1/_control/orders/o/pay"),
        (API, "POST /api/v1/orders/7/payments/confirm"),
    ]


def test_a_prepared_cart_has_two_designs_and_the_quoted_total() -> None:
    units = FillCarts("shop", [CHOICE, CHOICE], wanted=1).units(0)
    asked, cart = follow(next(units), answer(X_Cart_Token="t"), answer(), answer({"total": {"amount": 4200}}))
    assert [request for _, request in asked] == [
        "POST /api/v1/cart/items",
        "POST /api/v1/cart/items",
        "POST /api/v1/checkout/quote",
    ]
    assert isinstance(cart, PreparedCart)
    assert (cart.token, cart.total) == ("t", 4200)
    assert next(units, None) is None


def test_a_begun_payment_is_of_an_order_whose_buyer_is_at_the_gateway() -> None:
    units = BeginPayments("shop", [CHOICE], wanted=1).units(0)
    asked, payment = follow(
        next(units),
        answer(X_Cart_Token="t"),
        answer({"total": {"amount": 4200}}),
        answer({"id": "7"}, X_Order_Token="o"),
        answer({"checkout": {"orderId": "order_1", "amount": 4200}}),
    )
    assert [request for _, request in asked][-2:] == ["POST /api/v1/orders", "POST /api/v1/orders/7/payments"]
    assert payment == BegunPayment("order_1", 4200)
    assert next(units, None) is None


def test_every_cart_is_ordered_once_under_a_key_of_its_own() -> None:
    journey = PlaceOrders("shop", list(CARTS))
    sent = [next(unit)[1] for shopper in range(2) for unit in journey.units(shopper)]
    assert len(sent) == len(CARTS)
    assert len({key_of(each) for each in sent}) == len(CARTS)
    assert {each.split(b"X-Cart-Token: ")[1].split(b"\r\n")[0].decode() for each in sent} == {c.token for c in CARTS}


def test_a_guest_keeps_the_token_of_the_first_addition_and_gets_a_new_cart_later() -> None:
    units = AddToCart("shop", [CHOICE]).units(0)
    tokens = []
    for _ in range(9):
        unit = next(units)
        sent = next(unit)[1]
        tokens.append(b"X-Cart-Token" in sent)
        assert next_or_none(unit, answer(X_Cart_Token="t")) is None
    assert tokens == [False, True, True, True, False, True, True, True, False]


def next_or_none(unit: Unit, response: Response) -> Any:  # Any: a step, if there is one
    try:
        return unit.send(response)
    except StopIteration:
        return None


def test_choices_name_what_the_page_offers() -> None:
    page = {
        "productId": "oxford-roma",
        "styles": [{"id": "style"}],
        "soles": [{"id": "sole"}],
        "materials": [{"id": "calf", "colors": [{"id": "black"}, {"id": "tan"}]}],
        "sizes": [{"system": "EU", "values": ["42", "42.5"]}, {"system": "UK", "values": ["8"]}],
        "widths": ["F"],
    }
    choices = list(possible_choices(page))
    assert len(choices) == 4
    assert {(each["colorId"], each["size"]["value"]) for each in choices} == {
        ("black", "42"), ("black", "42.5"), ("tan", "42"), ("tan", "42.5"),
    }  # fmt: skip
    assert {each["size"]["system"] for each in choices} == {"EU"}
