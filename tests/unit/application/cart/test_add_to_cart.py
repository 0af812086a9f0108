"""Pairs go into the cart of whoever put them there, and no change is lost."""

from __future__ import annotations

from asyncio import gather
from datetime import timedelta

import pytest

from application.cart.add_to_cart import AddToCartCommand
from application.designs.find_design import ChosenWish, SavedWish
from domain.actor import Actor, Customer, Guest, Staff, System
from domain.cart.cart import GuestCart
from domain.cart.errors import TooManyPairs
from domain.catalogue.errors import DesignNotBuildable
from domain.errors import NotFound, StaleVersion
from domain.money import Money
from domain.ordering.owner import hash_token
from ports.errors import StaleAggregate
from tests.builders import NOW, a_design, a_product, fresh_id
from tests.unit.application.workshop import PRICE, InterruptedCarts, Workshop, wish

pytestmark = pytest.mark.anyio

DESIGN = a_design()
CODE = DESIGN.build().code
OTHER = a_design().in_size("43")


async def test_a_guest_gets_a_token_with_the_first_pair_and_only_then(workshop: Workshop) -> None:
    """The token opens the cart from then on; later additions give none."""
    first = await workshop.use.add_to_cart()(AddToCartCommand(Guest(), wish(DESIGN), 2))
    assert first.new_token is not None
    guest = Guest(cart_token=first.new_token)
    second = await workshop.use.add_to_cart()(AddToCartCommand(guest, wish(OTHER), 1))
    assert second.new_token is None
    assert await workshop.cart_of(guest) == {CODE: 2, OTHER.build().code: 1}
    assert second.cart.id == first.cart.id


async def test_a_token_that_the_shop_did_not_make_is_never_taken(workshop: Workshop) -> None:
    """Otherwise somebody could plant a token on a guest and look into their cart."""
    planted = Guest(cart_token="chosen-by-somebody-else")
    changed = await workshop.use.add_to_cart()(AddToCartCommand(planted, wish(), 1))
    assert changed.new_token not in {None, planted.cart_token}
    assert await workshop.cart_of(planted) == {}
    assert await workshop.cart_of(Guest(cart_token=changed.new_token)) == {CODE: 1}


async def test_a_guest_s_cart_lives_seven_days_from_its_last_change(workshop: Workshop) -> None:
    """Every change renews it; after that the guest begins anew with another token."""
    guest = await workshop.guest_with(DESIGN)
    workshop.pass_time(days=6)
    view = await workshop.add(guest, OTHER)
    assert view.expires_at == NOW + timedelta(days=13)
    workshop.pass_time(days=6, hours=23)
    assert await workshop.cart_of(guest) == {CODE: 1, OTHER.build().code: 1}
    workshop.pass_time(hours=1)
    assert await workshop.cart_of(guest) == {}
    again = await workshop.use.add_to_cart()(AddToCartCommand(guest, wish(OTHER), 1))
    assert again.new_token not in {None, guest.cart_token}
    assert again.cart.item_count == 1


async def test_a_customer_s_cart_needs_no_token_and_stays(workshop: Workshop) -> None:
    """Whoever is signed in finds the cart on every device, also a year later."""
    customer = Customer(fresh_id())
    changed = await workshop.use.add_to_cart()(AddToCartCommand(customer, wish(), 1))
    assert (changed.new_token, changed.cart.expires_at) == (None, None)
    workshop.pass_time(days=366)
    assert await workshop.cart_of(customer) == {CODE: 1}


async def test_nobody_finds_anything_in_somebody_else_s_cart(workshop: Workshop) -> None:
    """Two guests and two customers have four carts."""
    people: list[Actor] = [await workshop.guest_with(DESIGN, pairs) for pairs in (1, 2)]
    people += [Customer(fresh_id()), Customer(fresh_id())]
    for pairs, customer in enumerate(people[2:], start=3):
        await workshop.add(customer, DESIGN, pairs)
    assert [await workshop.cart_of(person) for person in people] == [{CODE: pairs} for pairs in (1, 2, 3, 4)]


@pytest.mark.parametrize("actor", [Staff(fresh_id()), System()], ids=["staff", "system"])
async def test_the_shop_itself_has_no_cart(workshop: Workshop, actor: Actor) -> None:
    """There is none to put anything into."""
    with pytest.raises(NotFound):
        await workshop.add(actor)


async def test_the_price_is_today_s(workshop: Workshop) -> None:
    """With every surcharge, and agreed to by adding."""
    view = await workshop.add(Customer(fresh_id()), DESIGN.on_sole("RUBBER").monogrammed("AR"), 2)
    (item,) = view.items
    assert item.unit_price == Money(PRICE + 25_000 + 49_900)
    assert (view.subtotal, view.total, item.price_changed) == (item.unit_price * 2, item.unit_price * 2, False)


async def test_a_saved_design_and_its_choice_are_one_line(workshop: Workshop) -> None:
    """Whether somebody clicks it together or opens a shared link makes no difference."""
    saved = await workshop.use.save_design()(wish(DESIGN))
    customer = Customer(fresh_id())
    await workshop.use.add_to_cart()(AddToCartCommand(customer, SavedWish(saved.design.code), 1))
    await workshop.add(customer, DESIGN)
    assert await workshop.cart_of(customer) == {CODE: 2}


@pytest.mark.parametrize(
    ("wanted", "refusal"),
    [
        (ChosenWish("no-such-shoe", DESIGN.choice()), NotFound),
        (ChosenWish("old-shoe", DESIGN.choice()), NotFound),
        (SavedWish("000000000000"), NotFound),
        (wish(DESIGN.in_style("GONE")), DesignNotBuildable),
    ],
    ids=["no product", "inactive product", "no design", "not buildable"],
)
async def test_what_cannot_be_bought_does_not_come_into_a_cart(
    wanted: ChosenWish | SavedWish, refusal: type[Exception]
) -> None:
    """Nor does a cart come into being."""
    workshop = await Workshop.opened(a_product().build(), a_product().called("old-shoe").inactive().build())
    customer = Customer(fresh_id())
    with pytest.raises(refusal):
        await workshop.use.add_to_cart()(AddToCartCommand(customer, wanted, 1))
    assert (await workshop.use.get_cart()(customer)).id is None


@pytest.mark.parametrize("pairs", [0, -1, 9, 11])
async def test_more_than_ten_pairs_or_fewer_than_one_are_refused(workshop: Workshop, pairs: int) -> None:
    """And the cart, which holds two, stays at its version."""
    guest = await workshop.guest_with(DESIGN, 2)
    with pytest.raises(TooManyPairs):
        await workshop.add(guest, DESIGN, pairs)
    view = await workshop.use.get_cart()(guest)
    assert (view.item_count, view.version) == (2, 1)


async def test_whoever_names_an_old_version_changes_nothing(workshop: Workshop) -> None:
    """They are told both versions; with the right one it works."""
    guest = await workshop.guest_with(DESIGN)
    await workshop.add(guest, DESIGN)
    with pytest.raises(StaleVersion) as refused:
        await workshop.use.add_to_cart()(AddToCartCommand(guest, wish(OTHER), 1, expected_version=1))
    assert (refused.value.expected, refused.value.actual) == (1, 2)
    assert await workshop.cart_of(guest) == {CODE: 2}
    changed = await workshop.use.add_to_cart()(AddToCartCommand(guest, wish(OTHER), 1, expected_version=2))
    assert changed.cart.version == 3


async def test_whoever_saw_a_cart_that_is_gone_is_told_so(workshop: Workshop) -> None:
    """A version of a vanished cart fits no new one; version 0 is the empty cart that everybody sees first."""
    with pytest.raises(StaleVersion):
        await workshop.use.add_to_cart()(AddToCartCommand(Guest(), wish(), 1, expected_version=4))
    opened = await workshop.use.add_to_cart()(AddToCartCommand(Guest(), wish(), 1, expected_version=0))
    assert opened.cart.version == 1


async def test_a_change_that_lost_a_race_is_made_to_what_the_winner_left(workshop: Workshop) -> None:
    """Somebody saves in between, on another tab: both changes are there."""
    carts = InterruptedCarts.of(workshop)
    guest = await workshop.guest_with(DESIGN)
    carts.rivals.append(lambda: workshop.add(guest, OTHER, 3))
    view = await workshop.add(guest, DESIGN, 2)
    assert {item.design.code: item.quantity for item in view.items} == {CODE: 3, OTHER.build().code: 3}
    assert view.version == 3


async def test_a_change_that_named_its_version_is_not_made_to_another_one(workshop: Workshop) -> None:
    """Who wants to be sure is told of the race instead."""
    carts = InterruptedCarts.of(workshop)
    guest = await workshop.guest_with(DESIGN)
    carts.rivals.append(lambda: workshop.add(guest, OTHER))
    with pytest.raises(StaleVersion):
        await workshop.use.add_to_cart()(AddToCartCommand(guest, wish(DESIGN), 1, expected_version=1))
    assert await workshop.cart_of(guest) == {CODE: 1, OTHER.build().code: 1}


async def test_a_change_that_loses_every_race_gives_up_without_a_trace(workshop: Workshop) -> None:
    """A technical error, to be tried again: not an endless loop, and not half a change."""
    carts = InterruptedCarts.of(workshop)
    guest = await workshop.guest_with(DESIGN)

    async def rival() -> None:
        cart = await workshop.memory.carts.find(GuestCart(hash_token(str(guest.cart_token))))
        assert cart is not None
        await workshop.memory.carts.save(cart)

    carts.rivals.extend([rival] * 100)
    with pytest.raises(StaleAggregate):
        await workshop.add(guest, OTHER)
    assert 0 < len(carts.rivals) < 100
    assert await workshop.cart_of(guest) == {CODE: 1}


async def test_eight_additions_at_once_are_all_there(workshop: Workshop) -> None:
    """Eight tabs, one cart, one click each."""
    customer = Customer(fresh_id())
    await gather(*(workshop.add(customer, DESIGN) for _ in range(8)))
    assert await workshop.cart_of(customer) == {CODE: 8}


async def test_of_two_additions_to_the_same_version_exactly_one_is_made(workshop: Workshop) -> None:
    """The other is told that it is stale."""
    guest = await workshop.guest_with(DESIGN)
    command = AddToCartCommand(guest, wish(DESIGN), 1, expected_version=1)
    outcomes = await gather(*(workshop.use.add_to_cart()(command) for _ in range(2)), return_exceptions=True)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["ChangedCart", "StaleVersion"]
    assert await workshop.cart_of(guest) == {CODE: 2}
