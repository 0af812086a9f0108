"""Staff do what they are permitted to, the shop itself everything, and customers nothing of it."""

from __future__ import annotations

import pytest

from application.permission import NotPermitted, check_permission
from domain.actor import Actor, Customer, Guest, Staff, System
from tests.builders import fresh_id

SHIP = "orders:ship"


@pytest.mark.parametrize(
    "actor", [System(), Staff(fresh_id(), frozenset({"orders:produce", SHIP}))], ids=lambda actor: type(actor).__name__
)
def test_who_has_the_permission_passes(actor: Actor) -> None:
    """Whatever else they may do."""
    check_permission(actor, SHIP)


@pytest.mark.parametrize(
    "actor",
    [
        Staff(fresh_id(), frozenset({"orders:produce"})),
        Staff(fresh_id()),
        Customer(fresh_id()),
        Guest("a cart's token", "an order's token"),
        Guest(),
    ],
    ids=lambda actor: type(actor).__name__,
)
def test_everybody_else_is_told_what_is_missing(actor: Actor) -> None:
    """By its public name."""
    with pytest.raises(NotPermitted) as refused:
        check_permission(actor, SHIP)
    assert (refused.value.code, refused.value.permission) == ("forbidden", SHIP)
