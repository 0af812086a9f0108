"""The one price pipeline loses no paisa, and never prices a line that no GST rate fits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import InvalidValue
from domain.money import NOTHING, Money
from domain.pricing.pipeline import PriceableLine, PricedBasket, TaxContext, price_basket
from domain.tax.gst import PriceInForbiddenBand, TaxKind, split_tax
from domain.tax.states import GstState

TODAY = date(2026, 12, 1)
KARNATAKA, MAHARASHTRA, LADAKH = (GstState.by_code(code) for code in ("29", "27", "38"))
WITHIN = TaxContext(TODAY, KARNATAKA, KARNATAKA)
BETWEEN = TaxContext(TODAY, KARNATAKA, MAHARASHTRA)
LOW_END, HIGH_END = 262_500, 295_000

contexts = st.sampled_from([WITHIN, BETWEEN, TaxContext(TODAY, LADAKH, LADAKH)])
unit_prices = st.one_of(
    st.integers(1, LOW_END),
    st.integers(HIGH_END + 1, 10_000_000),
    st.sampled_from([LOW_END, HIGH_END + 1, HIGH_END + 2, 300_000, 1_299_900]),
).map(Money)
baskets = st.lists(
    st.builds(PriceableLine, key=st.sampled_from("ABCDEF"), unit_price=unit_prices, quantity=st.integers(1, 10)),
    min_size=1,
    max_size=5,
)
discounts = st.one_of(st.just(0), st.integers(1, 500_000), st.integers(1, 200_000_000)).map(Money)
fees = st.sampled_from([0, 1, 4_900, 9_901, 25_000]).map(Money)


def line(paise: int, quantity: int = 1, key: str = "A") -> PriceableLine:
    """A line at that unit price."""
    return PriceableLine(key, Money(paise), quantity)


def priced(
    lines: Sequence[PriceableLine],
    discount: int = 0,
    context: TaxContext = WITHIN,
    shipping: int = 0,
    cod: int = 0,
) -> PricedBasket:
    """A basket, amounts in paise."""
    return price_basket(lines, context, discount=Money(discount), shipping_fee=Money(shipping), cod_fee=Money(cod))


@given(baskets, contexts, discounts, fees, fees)
def test_everything_adds_up_to_the_paisa(
    lines: list[PriceableLine], context: TaxContext, discount: Money, shipping: Money, cod: Money
) -> None:
    """Lines, discount and fees make the total, and the taxes of all of them the tax total."""
    basket = price_basket(lines, context, discount=discount, shipping_fee=shipping, cod_fee=cod)
    assert basket.subtotal == Money(sum(each.unit_price.minor * each.quantity for each in lines))
    assert basket.total == basket.subtotal - basket.discount + shipping + cod
    assert basket.total == Money.total(each.net for each in basket.lines) + shipping + cod
    assert basket.discount == Money.total(each.discount for each in basket.lines)
    taxes = [*(each.tax for each in basket.lines), basket.shipping.tax, basket.cod.tax]
    assert basket.tax_total == Money.total(tax.total for tax in taxes)
    assert (basket.shipping.amount, basket.cod.amount) == (shipping, cod)


@given(baskets, contexts, discounts, fees)
def test_every_tax_is_contained_in_what_is_paid_and_splits_by_state(
    lines: list[PriceableLine], context: TaxContext, discount: Money, fee: Money
) -> None:
    """Taxable value and tax make the amount; CGST equals SGST at home, IGST stands alone elsewhere."""
    basket = price_basket(lines, context, discount=discount, shipping_fee=fee, cod_fee=fee)
    charges = [(each.net, each.tax) for each in basket.lines]
    for amount, tax in [*charges, (fee, basket.shipping.tax), (fee, basket.cod.tax)]:
        assert tax.taxable + tax.total == amount
        assert tax.cgst + tax.sgst + tax.igst == tax.total
        if context.seller == context.place_of_supply:
            assert (tax.cgst, tax.igst) == (tax.sgst, NOTHING)
        else:
            assert (tax.kind, tax.cgst, tax.sgst) == (TaxKind.IGST, NOTHING, NOTHING)


@given(baskets, contexts, discounts)
def test_a_line_keeps_its_identity_and_is_its_subtotal_less_its_share(
    lines: list[PriceableLine], context: TaxContext, discount: Money
) -> None:
    """Lines come back in order, none below nothing, none dearer than before the discount."""
    basket = price_basket(lines, context, discount=discount)
    for given_line, each in zip(lines, basket.lines, strict=True):
        assert (each.key, each.unit_price, each.quantity) == (
            given_line.key,
            given_line.unit_price,
            given_line.quantity,
        )
        assert each.subtotal == given_line.unit_price * given_line.quantity
        assert each.net == each.subtotal - each.discount
        assert NOTHING <= each.discount <= each.subtotal


@given(baskets, contexts, discounts)
def test_no_discount_lands_a_line_where_no_rate_fits(
    lines: list[PriceableLine], context: TaxContext, discount: Money
) -> None:
    """A pair costs at most ₹2,625.00 or more than ₹2,950.00 after any discount, and bears that side's rate."""
    for each in price_basket(lines, context, discount=discount).lines:
        if each.net.minor <= LOW_END * each.quantity:
            assert each.tax.rate_bp == 500
        else:
            assert each.net.minor > HIGH_END * each.quantity
            assert each.tax.rate_bp == 1800


@given(baskets, contexts, discounts)
def test_a_discount_is_shared_in_proportion_and_cut_only_where_it_must_be(
    lines: list[PriceableLine], context: TaxContext, discount: Money
) -> None:
    """A line gets exactly its share, or as much of it as keeps its pairs a paisa above the band."""
    basket = price_basket(lines, context, discount=discount)
    whole = min(discount, basket.subtotal)
    shares = whole.allocate([each.subtotal.minor for each in lines])
    for each, share in zip(basket.lines, shares, strict=True):
        net_of_share = (each.subtotal - share).minor
        if LOW_END * each.quantity < net_of_share <= HIGH_END * each.quantity:
            assert each.net == Money(HIGH_END + 1) * each.quantity
            assert each.discount < share
        else:
            assert each.discount == share


@given(baskets, contexts, fees, fees)
def test_a_basket_without_discount_is_the_sum_of_its_quotes(
    lines: list[PriceableLine], context: TaxContext, shipping: Money, cod: Money
) -> None:
    """What was quoted for each design alone is what the order says: price and tax, line by line."""
    basket = price_basket(lines, context, shipping_fee=shipping, cod_fee=cod)
    quotes = [price_basket([each], context).lines[0] for each in lines]
    assert list(basket.lines) == quotes


@given(baskets, contexts, discounts, fees, fees)
def test_fees_bear_the_highest_rate_among_the_lines(
    lines: list[PriceableLine], context: TaxContext, discount: Money, shipping: Money, cod: Money
) -> None:
    """Delivery goes with the goods, and is taxed as the dearest of them."""
    basket = price_basket(lines, context, discount=discount, shipping_fee=shipping, cod_fee=cod)
    highest = max(each.tax.rate_bp for each in basket.lines)
    kind = basket.lines[0].tax.kind
    assert basket.shipping.tax == split_tax(shipping, highest, kind)
    assert basket.cod.tax == split_tax(cod, highest, kind)


def test_a_fee_beside_a_cheap_and_a_dear_pair_bears_18_percent() -> None:
    """The order of the lines has no say in it."""
    for lines in ([line(200_000), line(1_299_900)], [line(1_299_900), line(200_000)]):
        basket = priced(lines, shipping=11_800)
        assert [each.tax.rate_bp for each in basket.lines] == [500 if each == line(200_000) else 1800 for each in lines]
        assert basket.shipping.tax.total == Money(1_800)


def test_an_order_as_it_is_printed() -> None:
    """Two pairs at ₹12,999.00 and one at ₹2,500.00, ₹1,000.00 off, ₹99.00 shipping, ₹49.00 for cash."""
    basket = priced([line(1_299_900, 2), line(250_000, key="B")], discount=100_000, shipping=9_900, cod=4_900)
    dear, cheap = basket.lines
    assert (dear.discount.minor, cheap.discount.minor) == (91_227, 8_773)
    assert (dear.tax.rate_bp, dear.tax.cgst.minor, dear.tax.sgst.minor) == (1800, 191_332, 191_332)
    assert (cheap.tax.rate_bp, cheap.tax.cgst.minor, cheap.tax.sgst.minor) == (500, 5_744, 5_744)
    assert basket.shipping.tax.total.minor == 1_510
    assert basket.cod.tax.total.minor == 748
    assert basket.total.minor == 2 * 1_299_900 + 250_000 - 100_000 + 9_900 + 4_900
    assert basket.tax_total.minor == 2 * 191_332 + 2 * 5_744 + 1_510 + 748


def test_a_discount_that_would_land_in_the_band_stops_above_it() -> None:
    """₹3,000.00 less ₹100.00 would be ₹2,900.00, which can't be sold: it becomes ₹2,950.01."""
    basket = priced([line(300_000)], discount=10_000)
    assert (basket.discount.minor, basket.total.minor) == (4_999, 295_001)


def test_a_discount_that_reaches_below_the_band_is_given_in_full() -> None:
    """₹3,000.00 less ₹500.00 is ₹2,500.00 at the lower rate."""
    basket = priced([line(300_000)], discount=50_000)
    assert (basket.discount.minor, basket.total.minor, basket.lines[0].tax.rate_bp) == (50_000, 250_000, 500)


def test_the_band_is_judged_for_all_pairs_of_a_line_together() -> None:
    """Two pairs for ₹5,900.01 cost ₹2,950.005 each, which is above the band."""
    basket = priced([line(300_000, 2)], discount=9_999)
    assert (basket.discount.minor, basket.lines[0].net.minor) == (9_999, 590_001)
    assert priced([line(300_000, 2)], discount=10_000).lines[0].net.minor == 590_002


def test_the_day_of_the_invoice_decides_which_band() -> None:
    """₹1,150.00 has a rate today, and had none before the reform."""
    assert priced([line(115_000)]).lines[0].tax.rate_bp == 500
    with pytest.raises(PriceInForbiddenBand):
        priced([line(115_000)], context=TaxContext(date(2025, 9, 21), KARNATAKA, KARNATAKA))


@pytest.mark.parametrize("discount", [0, 1_000])
def test_a_pair_priced_within_the_band_has_no_price(discount: int) -> None:
    """Rather no sale than an unlawful tax line, also when a small discount would leave it there."""
    with pytest.raises(PriceInForbiddenBand):
        priced([line(280_000)], discount=discount)


def test_a_discount_larger_than_everything_makes_the_goods_free_and_not_cheaper() -> None:
    """Nobody is paid for shopping; the fees stay due."""
    basket = priced([line(1_299_900, 2), line(200_000)], discount=10**9, shipping=9_900)
    assert (basket.discount, basket.total.minor) == (basket.subtotal, 9_900)
    assert {each.net for each in basket.lines} == {NOTHING}


def test_nothing_cannot_be_priced() -> None:
    """A basket has a line."""
    with pytest.raises(InvalidValue) as refused:
        priced([])
    assert refused.value.field == "lines"


@pytest.mark.parametrize("amounts", [{"discount": -1}, {"shipping": -1}, {"cod": -1}])
def test_neither_discounts_nor_fees_are_negative(amounts: dict[str, int]) -> None:
    """A negative discount would be a surcharge that nobody was told of, a negative fee a payout."""
    with pytest.raises(InvalidValue):
        priced([line(1_299_900)], **amounts)  # type: ignore[arg-type]  # only the three amounts are ever named here


@pytest.mark.parametrize(
    ("paise", "quantity", "field"), [(0, 1, "unit_price"), (-1, 1, "unit_price"), (1, 0, "quantity")]
)
def test_a_line_has_a_price_and_pairs(paise: int, quantity: int, field: str) -> None:
    """A free pair or a line of none cannot come into a basket."""
    with pytest.raises(InvalidValue) as refused:
        line(paise, quantity)
    assert refused.value.field == field
