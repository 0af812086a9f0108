"""The split of a line's tax goes to the right treasuries and loses no paisa."""

from __future__ import annotations

from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import InvalidValue
from domain.money import Money
from domain.tax.gst import LineTax, TaxKind, split_tax, tax_kind
from domain.tax.states import GST_STATES, GstState

any_kind = st.sampled_from(list(TaxKind))
any_rate = st.sampled_from([0, 500, 1200, 1800, 2800]) | st.integers(min_value=0, max_value=10_000)
totals = st.integers(min_value=0, max_value=10**10).map(Money)


@pytest.mark.parametrize(
    ("seller", "buyer", "kind"),
    [
        ("KA", "KA", TaxKind.CGST_SGST),
        ("KA", "TN", TaxKind.IGST),
        ("CH", "CH", TaxKind.CGST_UTGST),
        ("CH", "PB", TaxKind.IGST),
        ("KA", "CH", TaxKind.IGST),
        ("DL", "DL", TaxKind.CGST_SGST),
        ("PY", "PY", TaxKind.CGST_SGST),
        ("JK", "JK", TaxKind.CGST_SGST),
        ("LA", "LA", TaxKind.CGST_UTGST),
    ],
)
def test_the_two_states_settle_which_taxes_are_borne(seller: str, buyer: str, kind: TaxKind) -> None:
    """Within a State it is SGST, within a territory without legislature UTGST, else IGST."""
    assert tax_kind(GstState.parse(seller), GstState.parse(buyer)) is kind


@given(st.sampled_from(GST_STATES), st.sampled_from(GST_STATES))
def test_igst_is_borne_just_when_the_states_differ(seller: GstState, buyer: GstState) -> None:
    """No pair of states is left out."""
    assert (tax_kind(seller, buyer) is TaxKind.IGST) == (seller != buyer)


@given(totals, any_rate, any_kind)
def test_value_and_taxes_add_up_to_what_was_paid(inclusive: Money, rate_bp: int, kind: TaxKind) -> None:
    """No paisa is lost between the price and the three columns of the invoice."""
    tax = split_tax(inclusive, rate_bp, kind)
    assert tax.taxable + tax.total == inclusive
    assert tax.cgst + tax.sgst + tax.igst == tax.total
    assert (tax.kind, tax.rate_bp) == (kind, rate_bp)


@given(totals, any_rate, st.sampled_from([TaxKind.CGST_SGST, TaxKind.CGST_UTGST]))
def test_centre_and_state_take_the_same_half_rounded_half_up(inclusive: Money, rate_bp: int, kind: TaxKind) -> None:
    """Each half is the exact half rounded once, so the two never differ by a paisa."""
    tax = split_tax(inclusive, rate_bp, kind)
    exact = Fraction(inclusive.minor * rate_bp, 2 * (10_000 + rate_bp))
    assert tax.cgst == tax.sgst == Money(floor(exact + Fraction(1, 2)))
    assert tax.igst == Money(0)


@given(totals, any_rate)
def test_igst_is_the_whole_tax_rounded_once_half_up(inclusive: Money, rate_bp: int) -> None:
    """Between States there is one tax, and one rounding."""
    tax = split_tax(inclusive, rate_bp, TaxKind.IGST)
    exact = Fraction(inclusive.minor * rate_bp, 10_000 + rate_bp)
    assert tax.igst == tax.total == Money(floor(exact + Fraction(1, 2)))
    assert tax.cgst == tax.sgst == Money(0)


@pytest.mark.parametrize(
    ("inclusive", "rate_bp", "kind", "taxable", "cgst", "igst"),
    [
        (649_900, 1800, TaxKind.CGST_SGST, 550_762, 49_569, 0),
        (649_900, 1800, TaxKind.CGST_UTGST, 550_762, 49_569, 0),
        (649_900, 1800, TaxKind.IGST, 550_763, 0, 99_137),
        (262_500, 500, TaxKind.CGST_SGST, 250_000, 6_250, 0),
        (21, 500, TaxKind.CGST_SGST, 19, 1, 0),  # a half of exactly 0.5 paise
        (59, 1800, TaxKind.CGST_SGST, 49, 5, 0),  # of exactly 4.5: up, not to the even 4
        (1, 1800, TaxKind.IGST, 1, 0, 0),
    ],
)
def test_worked_examples_of_the_split(
    inclusive: int, rate_bp: int, kind: TaxKind, taxable: int, cgst: int, igst: int
) -> None:
    """The figures worked out by hand, to the paisa."""
    assert split_tax(Money(inclusive), rate_bp, kind) == LineTax(
        kind, rate_bp, Money(taxable), Money(cgst), Money(cgst), Money(igst)
    )


@pytest.mark.parametrize(
    ("inclusive", "rate_bp", "field"),
    [(-1, 500, "inclusive"), (100, -1, "rate_bp"), (100, -10_000, "rate_bp"), (100, 10_001, "rate_bp")],
)
def test_a_negative_sale_or_an_impossible_rate_has_no_tax(inclusive: int, rate_bp: int, field: str) -> None:
    """What can't be sold is not taxed."""
    with pytest.raises(InvalidValue) as refused:
        split_tax(Money(inclusive), rate_bp, TaxKind.IGST)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("kind", "amounts", "field"),
    [
        (TaxKind.IGST, (100, 1, 0, 5), "cgst"),
        (TaxKind.IGST, (100, 0, 1, 5), "cgst"),
        (TaxKind.CGST_SGST, (100, 5, 5, 1), "igst"),
        (TaxKind.CGST_UTGST, (100, 5, 4, 0), "sgst"),
        (TaxKind.CGST_SGST, (-1, 5, 5, 0), "taxable"),
        (TaxKind.CGST_SGST, (100, -5, -5, 0), "taxable"),
    ],
)
def test_a_tax_line_that_contradicts_its_kind_cannot_exist(
    kind: TaxKind, amounts: tuple[int, int, int, int], field: str
) -> None:
    """IGST goes alone, the halves are equal, and nothing is negative."""
    with pytest.raises(InvalidValue) as refused:
        LineTax(kind, 500, *(Money(amount) for amount in amounts))
    assert refused.value.field == field
