"""Staff do what they are permitted to, the shop itself everything, and customers nothing of it."""

from __future__ import annotations

import pytest

from domain.actor import Actor, Customer, Guest, Staff, System
from domain.permissions import Forbidden, Permission, require
from tests.builders import fresh_id

SHIP = Permission.ORDERS_SHIP


@pytest.mark.parametrize(
    "actor",
    [System(), Staff(fresh_id(), frozenset({Permission.ORDERS_PRODUCE, SHIP}))],
    ids=lambda actor: type(actor).__name__,
)
def test_who_has_the_permission_passes(actor: Actor) -> None:
    """Whatever else they may do."""
    require(actor, SHIP)


@pytest.mark.parametrize(
    "actor",
    [
        Staff(fresh_id(), frozenset({Permission.ORDERS_PRODUCE})),
        Staff(fresh_id()),
        Customer(fresh_id()),
        Guest("a cart's token", "an order's token"),
        Guest(),
    ],
    ids=lambda actor: type(actor).__name__,
)
def test_everybody_else_is_told_what_is_missing(actor: Actor) -> None:
    """By its public name."""
    with pytest.raises(Forbidden) as refused:
        require(actor, SHIP)
    assert (refused.value.code, refused.value.permission) == ("forbidden", SHIP)
