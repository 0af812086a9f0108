"""Amounts stay exact: nothing is lost, invented or rounded twice."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import InvalidValue
from domain.money import Money, divide_half_up

paise = st.integers(min_value=-(10**12), max_value=10**12)
some_weights = st.lists(st.integers(min_value=0, max_value=10**8), min_size=1, max_size=30).filter(any)


@given(paise, st.integers(min_value=-(10**6), max_value=10**6).filter(bool))
def test_rounding_goes_to_the_nearest_and_from_the_middle_away_from_zero(numerator: int, denominator: int) -> None:
    """A quotient is the exact one rounded half away from zero, whatever the signs."""
    exact = Fraction(numerator, denominator)
    nearest = floor(abs(exact) + Fraction(1, 2))
    assert divide_half_up(numerator, denominator) == (nearest if exact > 0 else -nearest)


@pytest.mark.parametrize(
    ("numerator", "denominator", "rounded"),
    [(1, 2, 1), (3, 2, 2), (5, 2, 3), (-1, 2, -1), (-5, 2, -3), (5, -2, -3), (49, 100, 0), (51, 100, 1), (0, 7, 0)],
)
def test_a_middle_is_never_rounded_to_the_even_neighbour(numerator: int, denominator: int, rounded: int) -> None:
    """Halves go up in size, to odd and even alike."""
    assert divide_half_up(numerator, denominator) == rounded


@pytest.mark.parametrize("minor", [1.0, True, "1", None])
def test_an_amount_that_is_no_whole_number_cannot_exist(minor: object) -> None:
    """Floats, booleans and texts are refused at birth."""
    with pytest.raises(InvalidValue) as refused:
        Money(minor)  # type: ignore[arg-type]  # the wrong type is the point
    assert refused.value.field == "minor"


def test_an_amount_in_another_currency_cannot_exist() -> None:
    """The shop sells in rupees only."""
    with pytest.raises(InvalidValue) as refused:
        Money(1, "USD")
    assert refused.value.field == "currency"


def test_an_amount_never_changes() -> None:
    """Money is a value: it can be shared without fear."""
    with pytest.raises(FrozenInstanceError):
        Money(1).minor = 2  # type: ignore[misc]  # the assignment is the point


@given(paise, paise, st.integers(min_value=-100, max_value=100))
def test_arithmetic_is_that_of_whole_paise(a: int, b: int, times: int) -> None:
    """Sum, difference, product and negation are exact."""
    assert Money(a) + Money(b) == Money(a + b)
    assert Money(a) - Money(b) == Money(a - b)
    assert Money(a) * times == Money(a * times)
    assert -Money(a) == Money(-a)


@given(paise, paise)
def test_amounts_compare_as_their_paise_do(a: int, b: int) -> None:
    """Order, equality, hash and truth follow the amount."""
    assert (Money(a) < Money(b), Money(a) <= Money(b)) == (a < b, a <= b)
    assert (Money(a) > Money(b), Money(a) >= Money(b)) == (a > b, a >= b)
    assert (Money(a) == Money(b)) == (a == b)
    assert hash(Money(a)) == hash(Money(a))
    assert bool(Money(a)) == (a != 0)


@given(st.lists(paise, max_size=20))
def test_a_total_is_the_sum_and_of_nothing_it_is_zero(amounts: list[int]) -> None:
    """Any number of amounts can be totalled, none included."""
    assert Money.total(Money(amount) for amount in amounts) == Money(sum(amounts))
    assert Money.total([]) == Money.zero()


@given(paise, some_weights)
def test_an_allocation_loses_no_paisa(amount: int, weights: list[int]) -> None:
    """The shares add up to what was split, one for each weight."""
    shares = Money(amount).allocate(weights)
    assert len(shares) == len(weights)
    assert Money.total(shares) == Money(amount)


@given(paise, some_weights)
def test_every_share_is_within_a_paisa_of_the_exact_proportion(amount: int, weights: list[int]) -> None:
    """No share is off by a whole paisa, and no weight means no share."""
    for share, weight in zip(Money(amount).allocate(weights), weights, strict=True):
        assert abs(share.minor - Fraction(amount * weight, sum(weights))) < 1
        if weight == 0:
            assert share == Money(0)


@given(paise, some_weights, st.integers(min_value=1, max_value=1000))
def test_an_allocation_depends_on_the_proportions_alone(amount: int, weights: list[int], scale: int) -> None:
    """The same proportions split alike, time after time and at every scale."""
    shares = Money(amount).allocate(weights)
    assert Money(amount).allocate(tuple(weights)) == shares
    assert Money(amount).allocate([weight * scale for weight in weights]) == shares


@given(paise, some_weights)
def test_a_heavier_weight_never_gets_the_smaller_share(amount: int, weights: list[int]) -> None:
    """Spare paise don't turn the order of the shares round."""
    sizes = [abs(share.minor) for share in Money(amount).allocate(weights)]
    by_weight = sorted(zip(weights, sizes, strict=True))
    assert [size for _, size in by_weight] == sorted(sizes)


@given(paise, some_weights)
def test_giving_back_splits_as_taking_did(amount: int, weights: list[int]) -> None:
    """A negative amount is split like the positive one, with the sign turned."""
    assert Money(-amount).allocate(weights) == tuple(-share for share in Money(amount).allocate(weights))


@pytest.mark.parametrize(
    ("amount", "weights", "shares"),
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (101, [1, 1, 1], [34, 34, 33]),
        (10, [1, 2, 4], [1, 3, 6]),
        (1, [0, 1, 1], [0, 1, 0]),
        (0, [3, 4], [0, 0]),
    ],
)
def test_spare_paise_go_to_the_largest_remainders_and_ties_to_the_earlier(
    amount: int, weights: list[int], shares: list[int]
) -> None:
    """Who gets a spare paisa is settled: largest remainder, then position."""
    assert Money(amount).allocate(weights) == tuple(Money(share) for share in shares)


@pytest.mark.parametrize("weights", [[], [0], [0, 0], [3, -1], [-1, -2]])
def test_there_is_no_allocation_over_nothing_or_over_negative_weights(weights: list[int]) -> None:
    """Weights are not negative, and not all zero."""
    with pytest.raises(InvalidValue) as refused:
        Money(100).allocate(weights)
    assert refused.value.field == "weights"


@pytest.mark.parametrize(
    ("minor", "shown"),
    [
        (0, "₹0.00"),
        (5, "₹0.05"),
        (99_999, "₹999.99"),
        (100_000, "₹1,000.00"),
        (12_345_600, "₹1,23,456.00"),
        (123_456_750, "₹12,34,567.50"),
        (1_000_000_000, "₹1,00,00,000.00"),
        (-12_345_600, "-₹1,23,456.00"),
        (-1, "-₹0.01"),
    ],
)
def test_an_amount_is_shown_in_lakh_and_crore(minor: int, shown: str) -> None:
    """Grouping is three digits, then twos, with two decimals."""
    assert str(Money(minor)) == Money(minor).formatted == shown
