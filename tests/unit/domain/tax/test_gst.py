"""The rate of a line fits its own taxable value, on every invoice date."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import DomainError, InvalidValue
from domain.money import Money
from domain.tax.gst import (
    FOOTWEAR_RATES,
    GstRateRow,
    PriceInForbiddenBand,
    TaxKind,
    forbidden_band,
    in_forbidden_band,
    lowest_price_above_band,
    rate_of_line,
    rates_on,
    split_tax,
)

TODAY = date(2026, 11, 22)
BEFORE_REFORM = date(2025, 9, 21)

any_row = st.sampled_from(FOOTWEAR_RATES)
any_kind = st.sampled_from(list(TaxKind))
some_pairs = st.integers(min_value=1, max_value=10)


@pytest.mark.parametrize(
    ("on", "threshold", "low_bp"),
    [
        (date(2017, 7, 1), 50_000, 500),
        (date(2018, 7, 26), 50_000, 500),
        (date(2018, 7, 27), 100_000, 500),
        (date(2021, 12, 31), 100_000, 500),
        (date(2022, 1, 1), 100_000, 1200),
        (date(2025, 9, 21), 100_000, 1200),
        (date(2025, 9, 22), 250_000, 500),
        (TODAY, 250_000, 500),
    ],
)
def test_the_invoice_date_picks_the_rates(on: date, threshold: int, low_bp: int) -> None:
    """A row holds from its first day until the day before the next one's."""
    row = rates_on(on)
    assert (row.threshold, row.low_bp, row.high_bp) == (Money(threshold), low_bp, 1800)


def test_there_are_no_rates_before_gst() -> None:
    """An invoice of 30 June 2017 is no invoice of this shop."""
    with pytest.raises(InvalidValue) as refused:
        rates_on(date(2017, 6, 30))
    assert refused.value.field == "on"


def test_the_rows_follow_one_another_in_time() -> None:
    """The search for a row relies on their order."""
    days = [row.valid_from for row in FOOTWEAR_RATES]
    assert days == sorted(set(days))


@pytest.mark.parametrize(
    ("on", "low_end", "high_end"),
    [(TODAY, 262_500, 295_000), (BEFORE_REFORM, 112_000, 118_000), (date(2021, 12, 31), 105_000, 118_000)],
)
def test_the_forbidden_band_is_that_of_the_date(on: date, low_end: int, high_end: int) -> None:
    """The low end may be charged, the high end may not, the paisa above it may."""
    assert forbidden_band(on) == (Money(low_end), Money(high_end))
    assert not in_forbidden_band(Money(low_end), on)
    assert in_forbidden_band(Money(low_end + 1), on)
    assert in_forbidden_band(Money(high_end), on)
    assert not in_forbidden_band(Money(high_end + 1), on)
    assert lowest_price_above_band(on) == Money(high_end + 1)


def fits(net: int, quantity: int, row: GstRateRow) -> set[int]:
    """The rates whose own taxable value falls on their own side of the threshold."""
    limit = row.threshold.minor * quantity
    at_low = Fraction(net * 10_000, 10_000 + row.low_bp)
    at_high = Fraction(net * 10_000, 10_000 + row.high_bp)
    return ({row.low_bp} if at_low <= limit else set()) | ({row.high_bp} if at_high > limit else set())


def rates_given(net: int, quantity: int, row: GstRateRow) -> set[int]:
    """What the row says, an impossible price being no rate."""
    try:
        return {row.rate_of(Money(net), quantity)}
    except PriceInForbiddenBand:
        return set()


@pytest.mark.parametrize("row", FOOTWEAR_RATES, ids=lambda row: str(row.valid_from))
@pytest.mark.parametrize("quantity", [1, 2, 3, 7, 10])
def test_the_rate_fits_itself_paisa_by_paisa_around_every_boundary(row: GstRateRow, quantity: int) -> None:
    """Around both ends of the band the answer is exactly what self-consistency leaves."""
    for end in row.forbidden_band:
        for net in range(end.minor * quantity - 150, end.minor * quantity + 151):
            assert rates_given(net, quantity, row) == fits(net, quantity, row)


@given(any_row, some_pairs, st.integers(min_value=0, max_value=10_000_000))
def test_the_rate_fits_itself_at_any_price(row: GstRateRow, quantity: int, net: int) -> None:
    """Never two rates, none only in the band, and otherwise the one that fits."""
    assert rates_given(net, quantity, row) == fits(net, quantity, row)


@given(
    st.integers(min_value=1, max_value=1_000_000),
    st.integers(min_value=0, max_value=4_999),
    st.integers(min_value=5_000, max_value=10_000),
    some_pairs,
    st.integers(min_value=-3, max_value=3),
)
def test_the_rate_fits_itself_where_the_band_ends_within_a_paisa(
    threshold: int, low_bp: int, high_bp: int, quantity: int, step: int
) -> None:
    """Rates to come may not end on whole paise: several pairs are still judged exactly."""
    row = GstRateRow(TODAY, Money(threshold), low_bp, high_bp)
    for rate_bp in (low_bp, high_bp):
        net = max(0, threshold * quantity * (10_000 + rate_bp) // 10_000 + step)
        assert rates_given(net, quantity, row) == fits(net, quantity, row)
    low_end, high_end = (price.minor for price in row.forbidden_band)
    for price in (low_end, low_end + 1, high_end, high_end + 1):
        assert (low_end < price <= high_end) == (fits(price, 1, row) == set())


@given(any_row, some_pairs, any_kind, st.data())
def test_the_printed_taxable_value_agrees_with_the_printed_rate(
    row: GstRateRow, quantity: int, kind: TaxKind, draw: st.DataObject
) -> None:
    """Rounding never puts the taxable value on the wrong side of the threshold."""
    low_end, high_end = row.forbidden_band
    below = draw.draw(st.integers(min_value=0, max_value=300))
    above = draw.draw(st.integers(min_value=1, max_value=300))
    limit = row.threshold * quantity
    for net in (low_end * quantity - Money(below), high_end * quantity + Money(above)):
        rate_bp = row.rate_of(net, quantity)
        assert (split_tax(net, rate_bp, kind).taxable <= limit) == (rate_bp == row.low_bp)


@given(some_pairs, st.integers(min_value=0, max_value=10_000_000))
def test_a_price_is_in_the_band_just_when_a_line_of_it_has_no_rate(quantity: int, price: int) -> None:
    """The catalogue's check of a price and the invoice's of a line never disagree."""
    refused = rates_given(price * quantity, quantity, rates_on(TODAY)) == set()
    assert in_forbidden_band(Money(price), TODAY) == refused


def test_a_line_in_the_band_is_refused_with_the_bounds_per_pair() -> None:
    """The refusal says what was charged for how many, and between which prices it lies."""
    with pytest.raises(PriceInForbiddenBand) as refused:
        rate_of_line(Money(560_001), 2, TODAY)
    assert isinstance(refused.value, DomainError)
    assert refused.value.code == "validation-error"
    assert (refused.value.net, refused.value.quantity) == (Money(560_001), 2)
    assert (refused.value.low_end, refused.value.high_end) == (Money(262_500), Money(295_000))
    assert "₹2,625.00" in str(refused.value)
    assert "₹2,950.00" in str(refused.value)


def test_a_discount_moves_a_line_to_the_lower_slab() -> None:
    """A pair at ₹3,000 bears 18 %, with 20 % off it bears 5 %, and a little off is refused."""
    assert rate_of_line(Money(300_000), 1, TODAY) == 1800
    assert rate_of_line(Money(240_000), 1, TODAY) == 500
    with pytest.raises(PriceInForbiddenBand):
        rate_of_line(Money(290_000), 1, TODAY)


def test_a_discount_that_does_not_divide_by_the_pairs_is_judged_by_the_total() -> None:
    """Three pairs at one paisa over three times the limit are over it."""
    assert rate_of_line(Money(3 * 262_500), 3, TODAY) == 500
    with pytest.raises(PriceInForbiddenBand):
        rate_of_line(Money(3 * 262_500 + 1), 3, TODAY)
    with pytest.raises(PriceInForbiddenBand):
        rate_of_line(Money(3 * 295_000), 3, TODAY)
    assert rate_of_line(Money(3 * 295_000 + 1), 3, TODAY) == 1800


def test_the_same_line_bears_the_rate_of_its_invoice_date() -> None:
    """A pair at ₹2,000 went from 18 % to 5 % overnight."""
    reform = FOOTWEAR_RATES[-1].valid_from
    assert rate_of_line(Money(200_000), 1, reform - timedelta(days=1)) == 1800
    assert rate_of_line(Money(200_000), 1, reform) == 500


def test_a_pair_given_away_bears_the_lower_rate_of_nothing() -> None:
    """A coupon may take the whole price."""
    assert rate_of_line(Money(0), 1, TODAY) == 500
    assert split_tax(Money(0), 500, TaxKind.CGST_SGST).total == Money(0)


@pytest.mark.parametrize(("net", "quantity", "field"), [(-1, 1, "net"), (100, 0, "quantity"), (100, -2, "quantity")])
def test_a_line_of_no_pairs_or_of_less_than_nothing_has_no_rate(net: int, quantity: int, field: str) -> None:
    """Such lines are mistakes of the caller, named as such."""
    with pytest.raises(InvalidValue) as refused:
        rate_of_line(Money(net), quantity, TODAY)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("threshold", "low_bp", "high_bp", "field"),
    [(0, 500, 1800, "threshold"), (100, -1, 5, "low_bp"), (100, 500, 500, "low_bp"), (100, 500, 10_001, "low_bp")],
)
def test_rates_that_make_no_sense_cannot_exist(threshold: int, low_bp: int, high_bp: int, field: str) -> None:
    """A threshold is positive, and the lower rate below the higher."""
    with pytest.raises(InvalidValue) as refused:
        GstRateRow(TODAY, Money(threshold), low_bp, high_bp)
    assert refused.value.field == field
