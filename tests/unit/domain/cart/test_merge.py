"""A guest who signs in finds everything in one cart, once."""

from __future__ import annotations

from copy import deepcopy
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cart.cart import MOST_PAIRS, Cart, CartLine, CustomerCart
from domain.cart.errors import NotMergeable
from domain.cart.merge import merge
from domain.money import Money
from tests.builders import NOW, a_cart, a_design, fresh_id
from tests.builders.carts import CartBuilder

LATER = NOW + timedelta(minutes=1)
DESIGNS = [a_design().in_size(size).build() for size in ("41", "42", "42.5", "43")]

some_lines = st.dictionaries(st.sampled_from(range(4)), st.integers(1, MOST_PAIRS), max_size=4)


def filled(cart: CartBuilder, contents: dict[int, int], price: int = 1_299_900) -> Cart:
    """A cart with pairs of some of the designs."""
    for number, pairs in contents.items():
        cart = cart.holding(DESIGNS[number], pairs=pairs, price=price)
    return cart.build()


def quantities(cart: Cart) -> dict[int, int]:
    """Pairs by number of the design."""
    return {DESIGNS.index(line.design): line.quantity for line in cart.lines}


@given(some_lines, some_lines)
def test_no_design_is_lost_and_pairs_add_up_to_ten_at_most(mine: dict[int, int], guests: dict[int, int]) -> None:
    """Every design of either cart is there, with the pairs of both, capped."""
    merged = merge(filled(a_cart().of_customer(), mine), filled(a_cart(), guests), at=LATER)
    assert quantities(merged) == {
        number: min(MOST_PAIRS, mine.get(number, 0) + guests.get(number, 0)) for number in mine | guests
    }


@given(some_lines, some_lines)
def test_merging_again_changes_nothing_more(mine: dict[int, int], guests: dict[int, int]) -> None:
    """A login that is repeated doesn't double the cart."""
    guest = filled(a_cart(), guests)
    once = merge(filled(a_cart().of_customer(), mine), guest, at=LATER)
    twice = merge(once, guest, at=LATER)
    assert (twice.lines, twice.merged) == (once.lines, once.merged)


@given(some_lines, some_lines, some_lines)
def test_two_guest_carts_may_come_in_any_order(
    mine: dict[int, int], phone: dict[int, int], desk: dict[int, int]
) -> None:
    """Who was a guest on the phone and at the desk ends up with the same cart either way."""
    customer = filled(a_cart().of_customer(), mine)
    first, second = filled(a_cart(), phone), filled(a_cart(), desk)
    one_way = merge(merge(customer, first, at=LATER), second, at=LATER)
    other_way = merge(merge(customer, second, at=LATER), first, at=LATER)
    assert quantities(one_way) == quantities(other_way)
    assert one_way.merged == other_way.merged == {first.id, second.id}


@given(some_lines, some_lines)
def test_neither_cart_is_changed(mine: dict[int, int], guests: dict[int, int]) -> None:
    """Merging is a pure function: only its result is new."""
    customer, guest = filled(a_cart().of_customer(), mine), filled(a_cart(), guests)
    before = deepcopy((customer, guest))
    merge(customer, guest, at=LATER)
    for cart, was in zip((customer, guest), before, strict=True):
        assert (cart.id, cart.owner, cart.lines, cart.merged) == (was.id, was.owner, was.lines, was.merged)
        assert (cart.updated_at, cart.version) == (was.updated_at, was.version)


def test_the_result_is_the_customer_s_cart() -> None:
    """Identity, owner and version are the customer's; the guest's cart is remembered by its id."""
    earlier = fresh_id()
    customer = filled(a_cart().of_customer().merged_with(earlier), {0: 1})
    customer.version = 7
    guest = filled(a_cart(), {1: 2})
    merged = merge(customer, guest, at=LATER)
    assert (merged.id, merged.owner, merged.version) == (customer.id, customer.owner, 7)
    assert isinstance(merged.owner, CustomerCart)
    assert merged.merged == {earlier, guest.id}
    assert (merged.updated_at, merged.expires_at) == (LATER, None)


def test_the_customer_s_lines_stay_first_and_in_their_places() -> None:
    """What was there doesn't jump about; what is new comes after it."""
    customer, guest = filled(a_cart().of_customer(), {2: 1, 0: 1}), filled(a_cart(), {3: 1, 0: 4, 1: 1})
    assert list(quantities(merge(customer, guest, at=LATER))) == [2, 0, 3, 1]


def test_the_price_seen_last_as_a_guest_is_the_one_that_was_agreed_to() -> None:
    """It was the same person who looked, so a change since then is shown and none before it."""
    customer, guest = (
        filled(a_cart().of_customer(), {0: 1, 1: 1}, price=1_000),
        filled(a_cart(), {0: 1, 2: 1}, price=1_200),
    )
    merged = merge(customer, guest, at=LATER)
    assert {line.design: line.seen_price for line in merged.lines} == {
        DESIGNS[0]: Money(1_200),
        DESIGNS[1]: Money(1_000),
        DESIGNS[2]: Money(1_200),
    }


def test_a_merged_cart_that_has_grown_since_is_not_merged_again() -> None:
    """Once a guest's cart was taken over it is spent, whatever it holds."""
    customer, guest = filled(a_cart().of_customer(), {}), filled(a_cart(), {0: 1})
    once = merge(customer, guest, at=LATER)
    guest.lines = (CartLine(DESIGNS[0], 9, Money(1_000)),)
    assert quantities(merge(once, guest, at=LATER)) == {0: 1}


def test_what_was_taken_out_after_a_merge_does_not_come_back_with_the_next_login() -> None:
    """A repeated merge restores nothing."""
    customer, guest = filled(a_cart().of_customer(), {}), filled(a_cart(), {0: 1, 1: 1})
    merged = merge(customer, guest, at=LATER)
    merged.remove(DESIGNS[0].code, at=LATER)
    assert quantities(merge(merged, guest, at=LATER)) == {1: 1}


@pytest.mark.parametrize(
    ("into", "out_of"),
    [
        (a_cart().of_customer(), a_cart().of_customer()),
        (a_cart(), a_cart()),
        (a_cart(), a_cart().of_customer()),
    ],
    ids=["customer into customer", "guest into guest", "customer into guest"],
)
def test_nobody_else_s_cart_is_ever_merged(into: CartBuilder, out_of: CartBuilder) -> None:
    """Only a guest's cart goes into a customer's."""
    with pytest.raises(NotMergeable) as refused:
        merge(filled(into, {0: 1}), filled(out_of, {1: 1}), at=LATER)
    assert refused.value.code == "conflict"
