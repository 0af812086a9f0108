"""What the cart costs, delivered: fees, taxes, week and courier, as the order will have them."""

from __future__ import annotations

import pytest

from adapters.memory.shop import MemoryShop
from domain.customers.pincode import PinCode
from domain.money import Money
from domain.shipping.rates import ShippingQuote
from tests.http.guest import Guest, data, faults, problem

pytestmark = pytest.mark.anyio


async def test_a_checkout_quote(guest: Guest, memory: MemoryShop) -> None:
    """Paid on delivery in another state: IGST on goods and fees, and a total that is their sum."""
    memory.shipping_rates.offer = ShippingQuote(Money(11_800), True, Money(5_900), "Swift", 4)
    await guest.add()
    body = {"shippingAddress": {"pincode": "400001"}, "paymentMethod": "COD"}
    quote = data(await guest.send("POST", "/checkout/quote", body))
    assert quote["subtotal"]["amount"] == 1_299_900
    assert quote["shippingFee"]["amount"] == 11_800
    assert quote["shippingTax"]["igst"]["amount"] == 1_800
    assert quote["cashOnDelivery"] == {
        "available": True,
        "fee": {"amount": 5_900, "currency": "INR", "formatted": "₹59.00"},
        "reason": None,
    }
    assert quote["codFee"]["amount"] == 5_900
    (line,) = quote["lines"]
    assert line["tax"]["kind"] == "IGST"
    assert line["tax"]["rate"] == 18
    assert line["tax"]["taxable"]["amount"] + line["tax"]["igst"]["amount"] == 1_299_900
    assert quote["taxTotal"]["amount"] == line["tax"]["igst"]["amount"] + 1_800 + 900
    assert quote["total"]["amount"] == 1_317_600
    assert quote["promisedWeek"] == "2026-W52"
    assert quote["courier"] == {"name": "Swift", "transitDays": 4}
    assert quote["_links"] == {"cart": "/api/v1/cart", "orders": "/api/v1/orders"}


async def test_why_cash_is_not_taken(guest: Guest, memory: MemoryShop) -> None:
    """It is said, not refused: the customer may pay otherwise."""
    memory.shipping_rates.offer = ShippingQuote(Money(0), False, Money(0), "Swift", 4)
    await guest.add()
    body = {"shippingAddress": {"pincode": "560001"}, "paymentMethod": "COD"}
    assert (
        data(await guest.send("POST", "/checkout/quote", body))["cashOnDelivery"]["reason"]
        == "Swift takes no cash there"
    )


async def test_where_nobody_delivers(guest: Guest, memory: MemoryShop) -> None:
    """A courier that doesn't go there, and a PIN code that isn't."""
    memory.shipping_rates.set_offer(PinCode("190001"), None)
    await guest.add()
    body = {"shippingAddress": {"pincode": "190001"}, "paymentMethod": "PREPAID"}
    problem(await guest.send("POST", "/checkout/quote", body), "not-serviceable")
    body["shippingAddress"] = {"pincode": "999999"}
    assert faults(await guest.send("POST", "/checkout/quote", body)) == {"/shippingAddress/pincode": "invalid"}


async def test_an_empty_cart_has_no_price(guest: Guest) -> None:
    """Nor has no cart."""
    body = {"shippingAddress": {"pincode": "560001"}, "paymentMethod": "PREPAID"}
    problem(await guest.send("POST", "/checkout/quote", body), "cart-empty")


async def test_every_bad_member_at_once(guest: Guest) -> None:
    """Down to the innermost."""
    body = {"shippingAddress": {"pincode": "56001", "state": "Narnia", "city": "?"}, "paymentMethod": "BARTER"}
    assert faults(await guest.send("POST", "/checkout/quote", body)) == {
        "/shippingAddress/pincode": "pattern",
        "/shippingAddress/state": "invalid",
        "/shippingAddress/city": "unknown",
        "/paymentMethod": "enum",
    }


async def test_a_carrier_that_does_not_answer(guest: Guest, memory: MemoryShop) -> None:
    """503, and when to try again."""
    await guest.add()
    memory.shipping_rates.unavailable = True
    body = {"shippingAddress": {"pincode": "560001"}, "paymentMethod": "PREPAID"}
    answer = await guest.send("POST", "/checkout/quote", body)
    problem(answer, "service-unavailable")
    assert answer.headers["retry-after"] == "1"
    assert "shipping" not in answer.text
