"""Quote, cart, checkout and order never differ, by not a paisa."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.memory.shipping_rates import FREE
from application.checkout.quote_checkout import QuoteCheckoutQuery
from application.designs.quote_design import QuoteDesignQuery
from domain.actor import Customer
from domain.catalogue.product import Product
from domain.money import Money
from domain.ordering.status import PaymentMethod
from tests.builders import a_design, a_product, fresh_id
from tests.builders.designs import DesignBuilder
from tests.unit.application.workshop import BENGALURU, COD, MUMBAI, PREPAID, Workshop, form, wish

DEAR = a_product().with_monogram().build()
CHEAP = a_product().called("slipper-capri").priced(110_000).taking_days(3).build()
ODD = a_product().called("boot-torino").priced(777_777).taking_days(40).build()


@dataclass(frozen=True, slots=True)
class Basket:
    """What somebody buys, where it goes and how it is paid."""

    lines: tuple[tuple[DesignBuilder, int], ...]
    place: str
    method: PaymentMethod
    fee: int


def designs_of(product: Product) -> st.SearchStrategy[DesignBuilder]:
    """Any design of a product."""
    plain = a_design().of(product)
    return st.builds(
        lambda style, sole, material, color, size, monogram: replace(
            plain,
            style=style,
            sole=sole,
            material=material,
            color=f"{material}-{color}",
            size_eu=size,
            monogram=monogram if product.monogram else None,
        ),
        st.sampled_from(["CAPTOE", "BROGUE"]),
        st.sampled_from(["GOODYEAR", "RUBBER"]),
        st.sampled_from(["CALF", "SUEDE"]),
        st.sampled_from(["COGNAC", "BLACK"]),
        st.sampled_from(product.sizes),
        st.sampled_from([None, "A", "B.C"]),
    )


baskets = st.builds(
    Basket,
    st.lists(
        st.tuples(st.one_of(*map(designs_of, (DEAR, CHEAP, ODD))), st.integers(1, 3)),
        min_size=1,
        max_size=4,
        unique_by=lambda line: line[0].build().code,
    ).map(tuple),
    st.sampled_from(["560001", "400001"]),
    st.sampled_from([PREPAID, COD]),
    st.sampled_from([0, 1, 9_901]),
)


@settings(max_examples=60)
@given(baskets)
def test_a_quote_is_what_the_cart_says_is_what_the_order_costs(basket: Basket) -> None:
    """Prices and taxes of every line and of the whole, on all the ways to them, and what the gateway asks for."""
    asyncio.run(compare(basket))


async def compare(basket: Basket) -> None:
    """Buy a basket, and look at every price on the way."""
    workshop = await Workshop.opened(DEAR, CHEAP, ODD)
    workshop.memory.shipping_rates.offer = replace(FREE, fee=Money(basket.fee))
    customer = Customer(fresh_id())
    quotes = []
    for design, pairs in basket.lines:
        query = QuoteDesignQuery(wish(design), pairs, basket.place)
        quotes.append(await workshop.use.quote_design()(query))
        await workshop.add(customer, design, pairs)

    cart = await workshop.use.get_cart()(customer)
    assert [item.unit_price for item in cart.items] == [quote.unit_price.amount for quote in quotes]
    assert [item.line_total for item in cart.items] == [quote.line_total for quote in quotes]

    query_checkout = QuoteCheckoutQuery(customer, basket.place, None, basket.method)
    checkout = (await workshop.use.quote_checkout()(query_checkout)).checkout
    assert [line.tax for line in checkout.basket.lines] == [quote.tax for quote in quotes]
    assert checkout.basket.subtotal == cart.total == Money.total(quote.line_total for quote in quotes)

    method = PREPAID if checkout.cod_refusal else basket.method
    if method is not basket.method:
        query_checkout = replace(query_checkout, payment_method=method)
        checkout = (await workshop.use.quote_checkout()(query_checkout)).checkout
    address = BENGALURU if basket.place == "560001" else MUMBAI
    order = (await workshop.place(customer, form(checkout.basket.total.minor, method, address))).order
    assert (order.subtotal, order.discount, order.total) == (cart.subtotal, Money(0), checkout.basket.total)
    assert order.total == order.subtotal + order.shipping_fee + order.cod_fee
    assert order.tax_total == checkout.basket.tax_total
    for line, quote in zip(order.lines, quotes, strict=True):
        assert (line.design_code, line.quantity) == (quote.design_code, quote.quantity)
        assert (line.unit_price, line.line_total, line.tax) == (quote.unit_price.amount, quote.line_total, quote.tax)
        assert line.breakdown == quote.unit_price.breakdown
    if method is PREPAID:
        started = await workshop.start_payment(customer, order)
        assert started.payment.amount == started.checkout.amount == order.total


@pytest.mark.anyio
async def test_the_week_of_a_quote_is_the_week_of_the_order(workshop: Workshop) -> None:
    """What was promised before ordering is promised by it, as long as nobody comes between."""
    guest = await workshop.guest_with()
    quote = await workshop.use.quote_design()(QuoteDesignQuery(wish(), 1, None))
    checkout = await workshop.use.quote_checkout()(QuoteCheckoutQuery(guest, "560001", None, PREPAID))
    order = (await workshop.place(guest)).order
    assert quote.promised_week == checkout.promised_week == order.promised_week
