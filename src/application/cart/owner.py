"""Whose cart a caller means."""

from __future__ import annotations

from domain.actor import Actor, Customer, Guest
from domain.cart.cart import CartOwner, CustomerCart, GuestCart
from domain.ordering.owner import hash_token


def cart_owner(actor: Actor) -> CartOwner | None:
    """The owner of the actor's cart; None for a guest who never had one, and for staff."""
    match actor:
        case Customer(customer_id):
            return CustomerCart(customer_id)
        case Guest(cart_token=str(token)):
            return GuestCart(hash_token(token))
        case _:
            return None
