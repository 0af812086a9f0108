"""An order belongs to whoever bought it, and to nobody who only guesses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.actor import Actor, Customer, Guest, Staff, System
from domain.ordering.owner import GuestOrder, hash_token, order_token
from tests.builders import an_order, id_of

CUSTOMER_ID = id_of("a customer")
GUESTS = an_order().of_guest("order-token").build()
CUSTOMERS = an_order().of_customer(CUSTOMER_ID).build()

tokens = st.text(alphabet="abcXYZ012-_", min_size=1, max_size=20)


@pytest.mark.parametrize(
    ("actor", "sees"),
    [
        (Guest(order_token="order-token"), [GUESTS]),
        (Guest(order_token="another"), []),
        (Guest(order_token=hash_token("order-token")), []),
        (Guest(order_token=""), []),
        (Guest(cart_token="order-token"), []),
        (Guest(), []),
        (Customer(CUSTOMER_ID), [CUSTOMERS]),
        (Customer(id_of("another customer")), []),
        (Guest(order_token=str(CUSTOMER_ID)), []),
        (Staff(CUSTOMER_ID), []),
        (Staff(id_of("a clerk"), frozenset({"orders.read"})), []),
        (System(), [GUESTS, CUSTOMERS]),
    ],
    ids=lambda value: repr(value) if isinstance(value, Guest | Customer | Staff | System) else "",
)
def test_an_order_is_seen_by_its_buyer_and_the_shop_itself(actor: Actor, sees: list[object]) -> None:
    """Who stole the database holds hashes, and a hash opens nothing."""
    assert [order for order in (GUESTS, CUSTOMERS) if order.belongs_to(actor)] == sees


@given(tokens, tokens)
def test_a_guest_s_order_opens_with_its_own_token_only(token: str, other: str) -> None:
    """Any other text is refused."""
    assert GuestOrder(hash_token(token)).opens_with(other) == (token == other)


def test_a_token_is_kept_as_its_sha_256() -> None:
    """NIST's own example, so that hashes in the database stay good."""
    assert hash_token("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_order_tokens_that_were_given_out_stay_good() -> None:
    """Guests keep them in their mail: if this fails, mend the code, not the test."""
    assert (
        order_token("cart-token", id_of("order 1"))
        == "3517c75bfdbc4d21d3e5cac4ce77cfdfdcc84aac6db889750905514b942789a1"
    )


@given(tokens, tokens, st.uuids(), st.uuids())
def test_every_cart_and_every_order_gives_another_token(
    cart: str, other_cart: str, order: object, other: object
) -> None:
    """The same guest's second order, and another guest's same order, open with other keys."""
    assert cart == other_cart or order_token(cart, id_of(str(order))) != order_token(other_cart, id_of(str(order)))
    assert order == other or order_token(cart, id_of(str(order))) != order_token(cart, id_of(str(other)))
    assert order_token(cart, id_of(str(order))) not in {cart, hash_token(cart)}
