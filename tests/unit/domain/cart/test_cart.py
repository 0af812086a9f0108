"""A cart holds what its owner put in: no pair more, none less, and at most ten of a design."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cart.cart import MOST_LINES, MOST_PAIRS, Cart, CartLine, GuestCart
from domain.cart.errors import TooManyLines, TooManyPairs
from domain.design.design import Design
from domain.errors import NotFound
from domain.money import Money
from tests.builders import NOW, a_cart, a_design, fresh_id

LATER = NOW + timedelta(minutes=1)
PRICE = Money(1_299_900)

a_few_designs = st.sampled_from([a_design().in_size(size).build() for size in ("41", "42", "42.5", "43")])
some_pairs = st.integers(min_value=1, max_value=MOST_PAIRS)
additions = st.lists(st.tuples(a_few_designs, some_pairs), max_size=12)


def quantities(cart: Cart) -> dict[str, int]:
    """Pairs by line."""
    return {line.line_id: line.quantity for line in cart.lines}


def added_where_it_fits(cart: Cart, pairs: list[tuple[Design, int]]) -> Counter[str]:
    """Add one after the other, and count what the cart took."""
    taken: Counter[str] = Counter()
    for design, quantity in pairs:
        try:
            cart.add(design, quantity, PRICE, at=LATER)
        except TooManyPairs:
            continue
        taken[design.code] += quantity
    return taken


def full_cart() -> Cart:
    """As many designs as a cart takes."""
    cart = a_cart().build()
    for number in range(MOST_LINES):
        cart.add(a_design().monogrammed(str(number)).build(), 1, PRICE, at=NOW)
    return cart


@given(additions)
def test_a_cart_holds_what_it_took_and_nothing_else(pairs: list[tuple[Design, int]]) -> None:
    """The same design adds up to one line, and a refused addition leaves no trace."""
    cart = a_cart().build()
    taken = added_where_it_fits(cart, pairs)
    assert quantities(cart) == taken
    assert cart.pairs == taken.total()
    assert all(1 <= line.quantity <= MOST_PAIRS for line in cart.lines)


@given(additions, a_few_designs, some_pairs)
def test_an_addition_is_refused_only_when_it_would_pass_ten(
    pairs: list[tuple[Design, int]], design: Design, quantity: int
) -> None:
    """Ten pairs of a design fit, eleven don't."""
    cart = a_cart().build()
    present = added_where_it_fits(cart, pairs)[design.code]
    before = cart.lines
    if present + quantity > MOST_PAIRS:
        with pytest.raises(TooManyPairs):
            cart.add(design, quantity, PRICE, at=LATER)
        assert cart.lines == before
    else:
        cart.add(design, quantity, PRICE, at=LATER)
        assert cart.line(design.code).quantity == present + quantity


@pytest.mark.parametrize("quantity", [0, -1, MOST_PAIRS + 1])
def test_a_line_has_one_to_ten_pairs(quantity: int) -> None:
    """No way into a cart takes another number."""
    design = a_design().build()
    cart = a_cart().holding(design, pairs=5).build()
    with pytest.raises(TooManyPairs) as refused:
        CartLine(design, quantity, PRICE)
    assert refused.value.field == "quantity"
    with pytest.raises(TooManyPairs):
        cart.add(design, quantity, PRICE, at=LATER)
    with pytest.raises(TooManyPairs):
        cart.set_quantity(design.code, quantity, PRICE, at=LATER)
    assert quantities(cart) == {design.code: 5}


def test_adding_zero_pairs_of_a_new_design_is_refused() -> None:
    """A line without pairs would be no line."""
    cart = a_cart().build()
    with pytest.raises(TooManyPairs):
        cart.add(a_design().build(), 0, PRICE, at=LATER)
    assert cart.lines == ()


def test_a_full_cart_takes_no_new_design_but_more_pairs_of_what_it_has() -> None:
    """The limit is on designs, not on pairs."""
    cart = full_cart()
    with pytest.raises(TooManyLines) as refused:
        cart.add(a_design().monogrammed("NEW").build(), 1, PRICE, at=LATER)
    assert refused.value.field == "items"
    assert len(cart.lines) == MOST_LINES
    cart.add(cart.lines[0].design, 1, PRICE, at=LATER)
    assert cart.lines[0].quantity == 2


def test_a_cart_that_a_merge_made_longer_than_the_limit_takes_no_new_design() -> None:
    """A merge loses nothing, so it may pass the limit; from there it only gets shorter."""
    cart = full_cart()
    cart.lines = (*cart.lines, CartLine(a_design().monogrammed("MERGED").build(), 1, PRICE))
    with pytest.raises(TooManyLines):
        cart.add(a_design().monogrammed("NEW").build(), 1, PRICE, at=LATER)


def test_the_price_of_the_last_addition_is_the_one_that_was_agreed_to() -> None:
    """Who adds again has seen today's price for the whole line."""
    cart = a_cart().holding(a_design().build(), price=1_000_000).build()
    cart.add(a_design().build(), 1, Money(1_100_000), at=LATER)
    assert cart.line(a_design().build().code).seen_price == Money(1_100_000)


def test_changing_a_line_keeps_its_place_and_the_others_as_they_are() -> None:
    """Lines don't jump about under the owner's hands."""
    small, middle, big = (a_design().in_size(size).build() for size in ("41", "42", "43"))
    cart = a_cart().holding(small).holding(middle).holding(big).build()
    cart.set_quantity(middle.code, 7, Money(999), at=LATER)
    assert [(line.design, line.quantity) for line in cart.lines] == [(small, 1), (middle, 7), (big, 1)]
    assert [line.seen_price.minor for line in cart.lines] == [1_299_900, 999, 1_299_900]


def test_removing_takes_out_that_line_whatever_its_quantity() -> None:
    """All pairs of the design go, the other designs stay."""
    kept, removed = (a_design().in_size(size).build() for size in ("41", "43"))
    cart = a_cart().holding(kept, pairs=2).holding(removed, pairs=9).build()
    cart.remove(removed.code, at=LATER)
    assert quantities(cart) == {kept.code: 2}


def test_what_is_not_in_the_cart_can_be_neither_changed_nor_removed() -> None:
    """An unknown line is not found, and the cart stays as it was."""
    cart = a_cart().holding().build()
    before = cart.lines
    with pytest.raises(NotFound):
        cart.set_quantity("000000000000", 1, PRICE, at=LATER)
    with pytest.raises(NotFound):
        cart.remove("000000000000", at=LATER)
    with pytest.raises(NotFound):
        cart.line("000000000000")
    assert (cart.lines, cart.updated_at) == (before, NOW)


def test_every_change_says_when_it_happened() -> None:
    """Each way of changing a cart moves the moment of its last change."""
    design = a_design().build()
    changes: tuple[Callable[[Cart], None], ...] = (
        lambda cart: cart.add(design, 1, PRICE, at=LATER),
        lambda cart: cart.set_quantity(design.code, 2, PRICE, at=LATER),
        lambda cart: cart.remove(design.code, at=LATER),
        lambda cart: cart.clear(at=LATER),
    )
    for change in changes:
        cart = a_cart().holding(design).build()
        change(cart)
        assert cart.updated_at == LATER


def test_a_cleared_cart_is_empty_and_still_the_same_cart() -> None:
    """Clearing takes everything out and keeps the owner's cart."""
    cart = a_cart().holding().holding(a_design().in_size("43").build()).build()
    identity = cart.id
    cart.clear(at=LATER)
    assert (cart.lines, cart.pairs, cart.id) == ((), 0, identity)


@given(additions, additions, st.lists(a_few_designs, max_size=2))
def test_what_came_in_while_the_cart_was_bought_is_left(
    before: list[tuple[Design, int]], meanwhile: list[tuple[Design, int]], removed: list[Design]
) -> None:
    """Pairs that weren't ordered are never lost, and pairs that were are never kept."""
    cart = a_cart().build()
    ordered = added_where_it_fits(cart, before)
    for design in removed:
        if design.code in quantities(cart):
            cart.remove(design.code, at=LATER)
    added_where_it_fits(cart, meanwhile)
    now = Counter(quantities(cart))

    left = cart.left_after(ordered, fresh_id(), at=LATER)

    assert (quantities(left) if left else {}) == now - ordered
    assert quantities(cart) == now, "the bought cart itself is not touched"


def test_what_is_left_is_the_same_owner_s_cart_under_a_new_id() -> None:
    """One cart is ordered at most once, so the rest needs another identity, and keeps all else."""
    bought, added = a_design().in_size("41").build(), a_design().in_size("43").build()
    cart = a_cart().of_guest("token").merged_with(fresh_id()).holding(bought, pairs=3).holding(added, price=999).build()
    cart.version = 4
    new_id = fresh_id()
    left = cart.left_after({bought.code: 3}, new_id, at=LATER)
    assert left is not None
    assert (left.id, left.updated_at, left.version) == (new_id, LATER, 4)
    assert isinstance(left.owner, GuestCart)
    assert (left.owner, left.expires_at, left.merged) == (cart.owner, cart.expires_at, cart.merged)
    assert left.lines == (CartLine(added, 1, Money(999)),)


def test_nothing_is_left_of_a_cart_that_was_bought_whole() -> None:
    """Neither when all of it was bought nor when its owner has taken some out meanwhile."""
    design = a_design().build()
    cart = a_cart().holding(design, pairs=2).build()
    assert cart.left_after({design.code: 2}, fresh_id(), at=LATER) is None
    assert cart.left_after({design.code: 5}, fresh_id(), at=LATER) is None
