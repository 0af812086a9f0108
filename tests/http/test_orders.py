"""Guests order what is in their carts, once, and alone see and cancel what they ordered."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from adapters.memory.shop import MemoryShop
from domain.catalogue.product import Product
from tests.builders import a_product, catalogue_of, id_of, shelves_for, weeks_from
from tests.http.conftest import OXFORD
from tests.http.guest import ADDRESS, WISH, Guest, data, faults, order_form, problem

pytestmark = pytest.mark.anyio


async def test_a_guest_orders_the_cart(guest: Guest) -> None:
    """The order as it stays, where it is, and the key to it."""
    await guest.add(quantity=2)
    form = order_form(expectedTotal=2_599_800, notes=" Wide toes, please. ")
    answer = await guest.post_once("/orders", form)
    order = data(answer, 201)
    assert answer.headers["location"] == f"/api/v1/orders/{order['extId']}"
    assert answer.headers["x-order-token"] == guest.order_token
    assert answer.headers["cache-control"] == "no-store"
    assert "idempotent-replayed" not in answer.headers
    assert (order["status"], order["paymentStatus"], order["fulfillmentStatus"]) == (
        "PENDING",
        "PENDING",
        "UNFULFILLED",
    )
    assert (order["paymentMethod"], order["currency"]) == ("PREPAID", "INR")
    assert (order["customerEmail"], order["customerPhone"]) == ("asha@example.com", "+919876543210")
    (item,) = order["items"]
    assert (item["productTitle"], item["hsn"], item["quantity"]) == ("Oxford Roma", "64035119", 2)
    assert item["tax"]["kind"] == "CGST_SGST"
    assert item["tax"]["cgst"] == item["tax"]["sgst"]
    taxes = [item["tax"][name]["amount"] for name in ("cgst", "sgst", "igst")]
    assert item["tax"]["taxable"]["amount"] + sum(taxes) == 2_599_800 == order["total"]["amount"]
    assert order["shippingAddress"] == ADDRESS | {"line2": None, "country": "IN"}
    assert order["billingAddress"] is None
    assert order["notes"] == "Wide toes, please."
    assert order["promisedWeek"] == "2026-W52"
    assert order["holdExpiresAt"] == "2026-12-01T10:30:00Z"
    assert order["_links"] == {
        "self": f"/api/v1/orders/{order['extId']}",
        "timeline": f"/api/v1/orders/{order['extId']}/timeline",
        "cancel": f"/api/v1/orders/{order['extId']}/cancel",
        "pay": f"/api/v1/orders/{order['extId']}/payments",
    }
    assert data(await guest.get(f"/orders/{order['extId']}")) == order
    assert data(await guest.get(f"/orders/{order['id']}")) == order
    assert data(await guest.get("/cart"))["items"] == []


async def test_an_order_paid_on_delivery_is_confirmed_at_once(guest: Guest) -> None:
    """It can be cancelled, but there is nothing to pay."""
    order = await guest.buy(paymentMethod="COD", expectedTotal=1_304_800)
    assert (order["status"], order["codFee"]["amount"]) == ("CONFIRMED", 4_900)
    assert "cancel" in order["_links"]
    assert "pay" not in order["_links"]


async def test_the_same_request_again_gets_the_first_answer(guest: Guest) -> None:
    """However the body is spaced and ordered, and whatever the cart holds since."""
    await guest.add()
    first = await guest.post_once("/orders", order_form(), key="buy 1")
    cart_token, order_token = guest.cart_token, guest.order_token
    await guest.add(size={"system": "EU", "value": "41"})
    new_cart, guest.cart_token = guest.cart_token, cart_token
    again = await guest.post_once("/orders", dict(reversed(order_form(notes=None).items())), key="buy 1")
    assert data(again, 201) == data(first, 201)
    assert again.headers["idempotent-replayed"] == "true"
    assert guest.order_token == order_token
    guest.cart_token = new_cart
    assert data(await guest.get("/cart"))["itemCount"] == 1


async def test_a_key_is_for_one_request(guest: Guest, stranger: Guest) -> None:
    """Another body is refused; another caller's same key is another key."""
    await guest.add()
    data(await guest.post_once("/orders", order_form(), key="buy-1"), 201)
    problem(await guest.post_once("/orders", order_form(notes="x"), key="buy-1"), "idempotency-key-reused")
    await stranger.add()
    answer = await stranger.post_once("/orders", order_form(), key="buy-1")
    assert data(answer, 201)
    assert "idempotent-replayed" not in answer.headers


async def test_a_write_that_counts_needs_a_key(guest: Guest) -> None:
    """Of 1 to 255 printable ASCII characters."""
    await guest.add()
    problem(await guest.send("POST", "/orders", order_form()), "idempotency-key-missing")
    for key in ("", "x" * 256, "tab\there", "\xfc"):
        answer = await guest.send("POST", "/orders", order_form(), Idempotency_Key=key)
        assert faults(answer) == {"/Idempotency-Key": "pattern"}
    assert data(await guest.post_once("/orders", order_form(), key="~ " + "x" * 253), 201)


async def test_a_stale_total_is_refused_with_the_new_one(guest: Guest) -> None:
    """And nothing is ordered."""
    await guest.add()
    document = problem(await guest.post_once("/orders", order_form(expectedTotal=1)), "price-changed")
    assert document["actual"] == {"amount": 1_299_900, "currency": "INR", "formatted": "₹12,999.00"}
    assert document["expected"]["amount"] == 1
    assert data(await guest.get("/cart"))["itemCount"] == 1


async def test_what_is_sold_out_is_told_in_the_catalogues_words(guest: Guest, memory: MemoryShop) -> None:
    """The options that there is not enough of, and nothing of how stock is kept."""
    few = [replace(item, on_hand=1) for item in shelves_for(OXFORD)]
    async with memory.begin() as tx:
        await tx.catalogue.apply(catalogue_of(OXFORD, stock=few))
    await guest.add(quantity=2)
    answer = await guest.post_once("/orders", order_form(expectedTotal=2_599_800))
    assert problem(answer, "out-of-stock")["missing"] == [
        {"option": "color", "extId": "CALF-COGNAC"},
        {"option": "sole", "extId": "GOODYEAR-LEATHER", "size": "42.5"},
    ]
    assert "leather:" not in answer.text
    assert "box" not in answer.text


async def test_an_order_belongs_to_who_holds_its_token(guest: Guest, stranger: Guest) -> None:
    """Without one: who are you? With a wrong one: there is no such order. Everywhere."""
    order = await guest.buy()
    await stranger.buy()
    path = f"/orders/{order['extId']}"
    asked = [("GET", path), ("GET", f"{path}/timeline"), ("POST", f"{path}/cancel"), ("POST", f"{path}/payments")]
    for method, each in asked:
        body = {"reason": "mine now"} if each.endswith("cancel") else None
        token, stranger.order_token = stranger.order_token, None
        problem(await stranger.send(method, each, body, Idempotency_Key="1"), "unauthorized")
        stranger.order_token = "malformed"
        problem(await stranger.send(method, each, body, Idempotency_Key="2"), "resource-not-found")
        stranger.order_token = token
        problem(await stranger.send(method, each, body, Idempotency_Key="3"), "resource-not-found")
    assert data(await guest.get(path)) == order


@pytest.mark.parametrize("reference", ["IS-2026-999999", str(id_of("no order")), "x", "IS-2026-00001%0A", "%00", "'--"])
async def test_an_order_that_is_not(guest: Guest, reference: str) -> None:
    """Whatever it is called."""
    await guest.buy()
    problem(await guest.get(f"/orders/{reference}"), "resource-not-found")


async def test_cancelling(guest: Guest) -> None:
    """Once, with its reason; then it can be done no more, and again with the same key is the same answer."""
    order = await guest.buy()
    path = f"/orders/{order['extId']}/cancel"
    cancelled = data(await guest.post_once(path, {"reason": "too late"}, key="c1"))
    assert (cancelled["status"], cancelled["cancellationReason"]) == ("CANCELLED", "too late")
    assert set(cancelled["_links"]) == {"self", "timeline"}
    again = await guest.post_once(path, {"reason": "too late"}, key="c1")
    assert data(again) == cancelled
    assert again.headers["idempotent-replayed"] == "true"
    assert faults(await guest.post_once(path, {"reason": " "})) == {"/reason": "pattern"}


async def test_what_is_being_made_is_not_cancelled(guest: Guest, memory: MemoryShop) -> None:
    """409, saying how far it is."""
    placed = await guest.buy(paymentMethod="COD", expectedTotal=1_304_800)
    async with memory.begin() as tx:
        order = await tx.orders.get(UUID(placed["id"]))
        order.start_production(memory.clock.now())
        await tx.orders.save(order)
    answer = await guest.post_once(f"/orders/{placed['extId']}/cancel", {"reason": "no"})
    assert "IN_PRODUCTION" in problem(answer, "order-not-cancellable")["detail"]
    assert "cancel" not in data(await guest.get(f"/orders/{placed['extId']}"))["_links"]


async def test_a_timeline(guest: Guest) -> None:
    """What happened, oldest first."""
    order = await guest.buy()
    await guest.post_once(f"/orders/{order['extId']}/cancel", {"reason": "no"})
    answer = await guest.get(f"/orders/{order['extId']}/timeline")
    assert [entry["event"] for entry in data(answer)] == ["order.placed", "order.cancelled"]
    assert data(answer)[1] == {"at": "2026-12-01T10:00:00Z", "event": "order.cancelled", "detail": "no"}
    assert answer.json()["links"]["related"] == {"order": f"/api/v1/orders/{order['extId']}"}


async def test_a_booked_up_workshop(guest: Guest, memory: MemoryShop) -> None:
    """No week has room for so many pairs."""
    async with memory.begin() as tx:
        await tx.catalogue.apply(catalogue_of(OXFORD, weeks=weeks_from(capacity=0)))
    await guest.add()
    problem(await guest.post_once("/orders", order_form()), "capacity-exhausted")


async def test_an_empty_cart_is_not_ordered(guest: Guest) -> None:
    """Nor is no cart."""
    problem(await guest.post_once("/orders", order_form()), "cart-empty")
    line = (await guest.add())["items"][0]["id"]
    await guest.send("DELETE", f"/cart/items/{line}")
    problem(await guest.post_once("/orders", order_form()), "cart-empty")


async def test_cash_that_is_not_taken(guest: Guest) -> None:
    """Above the limit an order is paid online."""
    await guest.add(quantity=2)
    form = order_form(paymentMethod="COD", expectedTotal=2_604_700)
    problem(await guest.post_once("/orders", form), "cod-not-available")


async def test_what_left_the_catalogue_is_not_ordered(guest: Guest, memory: MemoryShop) -> None:
    """422, blaming nothing that was sent."""
    await guest.add()
    gone: Product = a_product().called("oxford-roma").inactive().build()
    async with memory.begin() as tx:
        await tx.catalogue.apply(catalogue_of(gone))
    assert faults(await guest.post_once("/orders", order_form()), "design-not-buildable") == {"": "product-gone"}
    assert WISH["productId"] == gone.product_id


async def test_every_bad_member_of_an_order_at_once(guest: Guest) -> None:
    """What no schema knows (an e-mail address, a state, a GSTIN) together with what it knows."""
    await guest.add()
    bad = {
        "email": "not an address",
        "phone": "12345 67890",
        "shippingAddress": ADDRESS | {"pincode": "0", "state": "Narnia", "phone": 5, "planet": "Earth"},
        "billingAddress": "the same",
        "gstin": "29ABCDE1234F1ZX",
        "paymentMethod": "BARTER",
        "expectedTotal": "1299900",
        "coupon": "FREE",
    }
    assert faults(await guest.post_once("/orders", bad)) == {
        "/email": "invalid",
        "/phone": "invalid",
        "/shippingAddress/state": "invalid",
        "/shippingAddress/pincode": "pattern",
        "/shippingAddress/phone": "type",
        "/shippingAddress/planet": "unknown",
        "/billingAddress": "type",
        "/gstin": "invalid",
        "/paymentMethod": "enum",
        "/expectedTotal": "type",
        "/coupon": "unknown",
    }
    assert faults(await guest.post_once("/orders", {"shippingAddress": {}})) == {
        "/email": "required",
        "/phone": "required",
        "/shippingAddress/name": "required",
        "/shippingAddress/line1": "required",
        "/shippingAddress/city": "required",
        "/shippingAddress/state": "required",
        "/shippingAddress/pincode": "required",
        "/shippingAddress/phone": "required",
        "/paymentMethod": "required",
        "/expectedTotal": "required",
    }


async def test_what_the_domain_alone_refuses_is_pointed_to(guest: Guest) -> None:
    """An address with two things wrong that look right."""
    await guest.add()
    address = ADDRESS | {"line1": "???", "pincode": "999999", "city": "two\nlines"}
    assert faults(await guest.post_once("/orders", order_form(shippingAddress=address))) == {
        "/shippingAddress/line1": "invalid",
        "/shippingAddress/city": "invalid",
        "/shippingAddress/pincode": "invalid",
    }
    address = ADDRESS | {"pincode": "999999"}
    assert faults(await guest.post_once("/orders", order_form(billingAddress=address))) == {
        "/billingAddress/pincode": "invalid"
    }
