"""Fault 9: what a design is quoted at is what the cart, the checkout, the order and the gateway ask for, to the paisa.

SHOES_TEST_RANDOM_CARTS says how many carts, SHOES_TEST_RANDOM_SEED which. Invoices join the
chain when they exist; that a full refund is what was paid is a property of the domain.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

from tests.faults.door import Answer, Door, Json
from tests.faults.gateway import Gateway
from tests.faults.guests import Guest, Place, order_form
from tests.faults.market import Market, open_market
from tests.faults.random_carts import RandomCart, RandomCarts, Sums, taxes_in, twins

CARTS: Final = int(os.environ.get("SHOES_TEST_RANDOM_CARTS", "1000"))
SEED: Final = os.environ.get("SHOES_TEST_RANDOM_SEED", "1")
SHOPPERS: Final = 24  # at the same time


@pytest.fixture
def market(tmp_path: Path) -> Iterator[Market]:
    """Enough of everything, and cash is taken for dear orders too."""
    with open_market(tmp_path, slow=False, cod_limit_rupees="200000") as market:
        market.sell(list(twins(market.products(), datetime.now(UTC).date())))
        market.fill()
        yield market


def test_what_is_quoted_is_what_is_asked_for(market: Market, tell: Callable[[str], None]) -> None:
    """Every line, tax, fee and total agrees all the way, and with what price list and law make of it."""
    began = time.monotonic()
    walk = Walk(market, RandomCarts(market.products(), SEED), tell)

    market.run(walk.all())

    seconds = time.monotonic() - began
    tell(f"random carts: {walk.done} bought in {seconds:.0f} s ({walk.done / seconds:.0f}/s), {walk.told()}")
    assert walk.done == CARTS
    assert market.contradictions() == {}


class Walk:
    """Many shoppers, each with one cart after the other."""

    def __init__(self, market: Market, carts: RandomCarts, tell: Callable[[str], None]) -> None:
        self._doors = market.doors
        self._gateway = Gateway(market)
        self._carts = carts
        self._numbers = iter(range(CARTS))
        self._tell = tell
        self.done = self.lines = self.on_delivery = self.within_state = self.lower_rate = 0

    def told(self) -> str:
        """What the carts were like."""
        return (
            f"{self.lines} lines ({self.lower_rate} at 5 %), {self.on_delivery} on delivery, "
            f"{self.within_state} within the State"
        )

    async def all(self) -> None:
        """To the last cart."""
        async with asyncio.TaskGroup() as shoppers:
            for number in range(SHOPPERS):
                shoppers.create_task(self._shop(self._doors[number % len(self._doors)]))

    async def _shop(self, door: Door) -> None:
        for number in self._numbers:
            cart = self._carts.cart(number)
            try:
                await self._buy(Guest(door), cart)
            except AssertionError as disagreement:
                disagreement.add_note(f"cart {cart.number}: {cart}")
                raise
            self.done += 1
            if self.done % 5_000 == 0:
                self._tell(f"random carts: {self.done} of {CARTS}")

    async def _buy(self, guest: Guest, cart: RandomCart) -> None:
        sums = cart.sums()
        for code, wish in cart.wishes.items():
            check_quote(await guest.quote(wish, cart.place), code, sums[code])
            await guest.put(wish)
        check_cart(await guest.cart(), sums)
        method, quote = await self._checkout(guest, cart)
        check_checkout(quote, sums, cart.place)
        ordered = await guest.order(order_form(cart.place, method, paise(quote["total"])))
        assert ordered.verdict == (201, None), ordered.response.body
        check_order(ordered.data, sums, quote)
        if method == "PREPAID":
            await self._pay(guest, ordered)
        self.lines += len(sums)
        self.on_delivery += method == "COD"
        self.within_state += any(line.cgst for line in sums.values())
        self.lower_rate += sum(line.rate == 5 for line in sums.values())

    async def _checkout(self, guest: Guest, cart: RandomCart) -> tuple[str, Json]:
        """The quote for the way of paying that the shopper wants, or else can have."""
        quote = await guest.checkout(cart.place, cart.method)
        if cart.method == "PREPAID" or quote["cashOnDelivery"]["available"]:
            return cart.method, quote
        refused = await guest.order(order_form(cart.place, "COD", paise(quote["total"])))
        assert refused.verdict == (422, "cod-not-available")
        return "PREPAID", await guest.checkout(cart.place, "PREPAID")

    async def _pay(self, guest: Guest, ordered: Answer) -> None:
        order, payment = ordered.data, await guest.pay(ordered)
        announced = await self._gateway.order(payment["providerOrderId"])
        amounts = {paise(payment["amount"]), payment["checkout"]["amount"], announced["amount"]}
        assert amounts == {paise(order["total"])}
        assert (announced["receipt"], announced["currency"]) == (order["extId"], "INR")


def check_quote(quote: Json, code: str, sums: Sums) -> None:
    """A line before it is in any cart."""
    assert quote["designCode"] == code
    assert sum(paise(part["amount"]) for part in quote["breakdown"]) == sums.unit_price
    assert (paise(quote["unitPrice"]), paise(quote["lineTotal"])) == (sums.unit_price, sums.total)
    assert (quote["tax"]["rate"], paise(quote["tax"]["amount"])) == (sums.rate, sums.tax)
    assert quote["available"]


def check_cart(cart: Json, sums: dict[str, Sums]) -> None:
    """The lines in the cart."""
    found = {
        item["designCode"]: (paise(item["unitPrice"]), item["quantity"], paise(item["lineTotal"]))
        for item in cart["items"]
    }
    assert found == {code: (line.unit_price, line.quantity, line.total) for code, line in sums.items()}
    goods = sum(line.total for line in sums.values())
    assert (paise(cart["subtotal"]), paise(cart["discount"]), paise(cart["total"])) == (goods, 0, goods)


def check_checkout(quote: Json, sums: dict[str, Sums], place: Place) -> None:
    """The lines with their taxes, the fees at the highest rate of the lines, and what it all comes to."""
    assert lines_of(quote["lines"]) == sums
    highest = max(line.rate for line in sums.values())
    tax, total = sum(line.tax for line in sums.values()), sum(line.total for line in sums.values())
    for fee, split in ((quote["shippingFee"], quote["shippingTax"]), (quote["codFee"], quote["codTax"])):
        amount = paise(fee)
        taxes = taxes_in(amount, highest, place)
        assert (paise(split["cgst"]), paise(split["sgst"]), paise(split["igst"])) == taxes
        assert paise(split["taxable"]) == amount - sum(taxes)
        tax, total = tax + sum(taxes), total + amount
    assert (paise(quote["taxTotal"]), paise(quote["total"])) == (tax, total)


def check_order(order: Json, sums: dict[str, Sums], quote: Json) -> None:
    """The order is what was quoted."""
    assert lines_of(order["items"]) == sums
    agreed = ("subtotal", "discount", "shippingFee", "codFee", "taxTotal", "total")
    assert {name: order[name] for name in agreed} == {name: quote[name] for name in agreed}


def lines_of(lines: list[Json]) -> dict[str, Sums]:
    """The lines of a checkout or of an order."""
    assert all(paise(line["discount"]) == 0 for line in lines)
    return {
        line["designCode"]: Sums(
            unit_price=paise(line["unitPrice"]),
            quantity=line["quantity"],
            total=paise(line["lineTotal"]),
            rate=line["tax"]["rate"],
            taxable=paise(line["tax"]["taxable"]),
            cgst=paise(line["tax"]["cgst"]),
            sgst=paise(line["tax"]["sgst"]),
            igst=paise(line["tax"]["igst"]),
        )
        for line in lines
    }


def paise(money: Json) -> int:
    """An amount of the contract."""
    amount: int = money["amount"]
    return amount
