"""A cart changes as its owner says, and no price changes behind their back."""

from __future__ import annotations

import pytest

from application.cart.change_item import ChangeCartItemCommand
from application.cart.clear_cart import ClearCartCommand
from application.cart.remove_item import RemoveCartItemCommand
from application.cart.view import EMPTY_CART, CartItemView, CartView
from domain.actor import Actor, Customer, Guest, Staff
from domain.cart.errors import TooManyPairs
from domain.errors import NotFound, StaleVersion
from domain.money import Money
from tests.builders import a_design, a_product, a_stock_item, fresh_id, shelves_for
from tests.builders.catalogue import ProductBuilder
from tests.unit.application.workshop import PRICE, InterruptedCarts, Workshop

pytestmark = pytest.mark.anyio

DESIGN = a_design()
CODE = DESIGN.build().code
OTHER = a_design().in_size("43")
OTHER_CODE = OTHER.build().code
ROMA = a_product().with_monogram()


async def set_pairs(
    workshop: Workshop, actor: Actor, pairs: int, *, line: str = CODE, version: int | None = None
) -> CartView:
    """Change the quantity of a line."""
    command = ChangeCartItemCommand(actor, line, pairs, version)
    return (await workshop.use.change_cart_item()(command)).cart


async def only_item(workshop: Workshop, actor: Actor) -> CartItemView:
    """The one line of a cart, as it is shown."""
    (item,) = (await workshop.use.get_cart()(actor)).items
    return item


async def test_who_has_no_cart_sees_an_empty_one(workshop: Workshop) -> None:
    """Guests without a token, customers who never shopped, and staff alike."""
    for actor in (Guest(), Guest(cart_token="unknown"), Customer(fresh_id()), Staff(fresh_id())):
        assert await workshop.use.get_cart()(actor) == EMPTY_CART


async def test_a_cart_adds_up(workshop: Workshop) -> None:
    """Lines at today's price, pairs over all lines, and nothing taken off."""
    guest = await workshop.guest_with(DESIGN, 2)
    await workshop.add(guest, OTHER.on_sole("RUBBER"), 3)
    view = await workshop.use.get_cart()(guest)
    assert [item.line_total.minor for item in view.items] == [2 * PRICE, 3 * (PRICE + 25_000)]
    assert (view.item_count, view.subtotal.minor) == (5, 5 * PRICE + 75_000)
    assert (view.discount.minor, view.total) == (0, view.subtotal)


async def test_a_line_says_in_words_what_was_chosen(workshop: Workshop) -> None:
    """Options go by the names that they have today, with the product that they belong to."""
    guest = await workshop.guest_with(DESIGN.on_sole("RUBBER").in_width("G").monogrammed("AR"))
    item = await only_item(workshop, guest)
    assert item.product is not None
    assert item.product.title == "Oxford Roma"
    assert item.choice is not None
    assert (item.choice.style.name, item.choice.sole.name, item.choice.color.name) == (
        "Captoe",
        "Rubber",
        "Calf cognac",
    )
    assert (item.choice.size_eu, item.choice.width, item.choice.monogram) == ("42", "G", "AR")


async def test_a_changed_price_is_shown_with_the_new_amount(workshop: Workshop) -> None:
    """Reading the cart prices it anew and says so, time after time, without agreeing to it."""
    guest = await workshop.guest_with(DESIGN, 2)
    await workshop.offer(ROMA.priced(PRICE + 100_000).build())
    for _ in range(2):
        item = await only_item(workshop, guest)
        assert (item.unit_price.minor, item.line_total.minor) == (PRICE + 100_000, 2 * (PRICE + 100_000))
        assert item.price_changed
    await workshop.offer(ROMA.build())
    assert not (await only_item(workshop, guest)).price_changed, "back to what was agreed to"


async def test_a_price_that_fell_is_shown_too(workshop: Workshop) -> None:
    """A change is a change."""
    guest = await workshop.guest_with(DESIGN)
    await workshop.offer(ROMA.priced(PRICE - 100_000).build())
    item = await only_item(workshop, guest)
    assert (item.unit_price.minor, item.price_changed) == (PRICE - 100_000, True)


async def test_changing_the_quantity_agrees_to_the_price_that_is_shown(workshop: Workshop) -> None:
    """From then on it is no change any more."""
    guest = await workshop.guest_with(DESIGN, 2)
    await workshop.offer(ROMA.priced(PRICE + 100_000).build())
    view = await set_pairs(workshop, guest, 3)
    assert [(item.quantity, item.unit_price.minor, item.price_changed) for item in view.items] == [
        (3, PRICE + 100_000, False)
    ]
    await workshop.offer(ROMA.build())
    assert (await only_item(workshop, guest)).price_changed, "what was agreed to is the higher price"


async def test_changing_one_line_agrees_to_no_other(workshop: Workshop) -> None:
    """The other line still shows its change."""
    guest = await workshop.guest_with(DESIGN)
    await workshop.add(guest, OTHER)
    await workshop.offer(ROMA.priced(PRICE + 100_000).build())
    view = await set_pairs(workshop, guest, 2)
    assert [item.price_changed for item in view.items] == [False, True]


async def test_adding_the_same_again_agrees_to_the_price_of_all_its_pairs(workshop: Workshop) -> None:
    """One line has one price."""
    guest = await workshop.guest_with(DESIGN)
    await workshop.offer(ROMA.priced(PRICE + 100_000).build())
    view = await workshop.add(guest, DESIGN)
    assert [(item.line_total.minor, item.price_changed) for item in view.items] == [(2 * (PRICE + 100_000), False)]


@pytest.mark.parametrize(
    "changed", [ROMA.inactive(), ROMA.in_sizes("41"), ROMA.in_styles(ROMA.styles[1])], ids=["product", "size", "style"]
)
async def test_a_line_that_cannot_be_made_any_more_stays_and_says_so(
    workshop: Workshop, changed: ProductBuilder
) -> None:
    """It keeps its last price, is not available, and can still be changed or taken out."""
    guest = await workshop.guest_with(DESIGN, 2)
    await workshop.offer(changed.priced(1_400_000).build())
    item = await only_item(workshop, guest)
    assert (item.available, item.choice, item.unit_price.minor, item.price_changed) == (False, None, PRICE, False)
    view = await set_pairs(workshop, guest, 1)
    assert [(item.quantity, item.unit_price.minor) for item in view.items] == [(1, PRICE)]
    await workshop.use.remove_cart_item()(RemoveCartItemCommand(guest, CODE))
    assert await workshop.cart_of(guest) == {}


async def test_a_line_is_available_only_for_as_many_pairs_as_there_is_stock_for() -> None:
    """One pair could be made, two couldn't, whichever component is short."""
    for short in ("leather:CALF-COGNAC", "sole:GOODYEAR:42", "box:standard"):
        stock = [a_stock_item(item.sku, 24 if short.startswith("leather") else 1) if item.sku == short else item
                 for item in shelves_for(ROMA.build())]  # fmt: skip  # one line of thought
        workshop = await Workshop.opened(ROMA.build(), stock=stock)
        guest = await workshop.guest_with(DESIGN, 1)
        assert (await only_item(workshop, guest)).available
        await set_pairs(workshop, guest, 2)
        assert not (await only_item(workshop, guest)).available


async def test_only_what_is_in_the_own_cart_can_be_changed(workshop: Workshop) -> None:
    """Another design, no cart at all, and somebody else's line are all not found."""
    guest, stranger = await workshop.guest_with(DESIGN), await workshop.guest_with(OTHER)
    for actor, line in ((guest, "000000000000"), (stranger, CODE), (Guest(), CODE), (Customer(fresh_id()), CODE)):
        with pytest.raises(NotFound):
            await set_pairs(workshop, actor, 2, line=line)
        with pytest.raises(NotFound):
            await workshop.use.remove_cart_item()(RemoveCartItemCommand(actor, line))
    assert await workshop.cart_of(guest) == {CODE: 1}


@pytest.mark.parametrize("pairs", [0, 11])
async def test_a_line_has_one_to_ten_pairs(workshop: Workshop, pairs: int) -> None:
    """Zero is not a way to remove it."""
    guest = await workshop.guest_with(DESIGN, 2)
    with pytest.raises(TooManyPairs):
        await set_pairs(workshop, guest, pairs)
    assert await workshop.cart_of(guest) == {CODE: 2}


async def test_an_old_version_changes_removes_and_clears_nothing(workshop: Workshop) -> None:
    """`If-Match` holds for every kind of change."""
    guest = await workshop.guest_with(DESIGN)
    await workshop.add(guest, OTHER)
    with pytest.raises(StaleVersion):
        await set_pairs(workshop, guest, 5, version=1)
    with pytest.raises(StaleVersion):
        await workshop.use.remove_cart_item()(RemoveCartItemCommand(guest, CODE, expected_version=1))
    with pytest.raises(StaleVersion):
        await workshop.use.clear_cart()(ClearCartCommand(guest, expected_version=1))
    assert await workshop.cart_of(guest) == {CODE: 1, OTHER_CODE: 1}
    assert (await set_pairs(workshop, guest, 5, version=2)).version == 3


async def test_a_change_that_lost_a_race_is_made_to_what_the_winner_left(workshop: Workshop) -> None:
    """Setting a quantity keeps what was added on another tab meanwhile."""
    carts = InterruptedCarts.of(workshop)
    guest = await workshop.guest_with(DESIGN)
    carts.rivals.append(lambda: workshop.add(guest, OTHER))
    await set_pairs(workshop, guest, 5)
    assert await workshop.cart_of(guest) == {CODE: 5, OTHER_CODE: 1}


async def test_a_line_that_somebody_took_out_meanwhile_is_not_found(workshop: Workshop) -> None:
    """It does not come back with a new quantity."""
    carts = InterruptedCarts.of(workshop)
    guest = await workshop.guest_with(DESIGN)
    carts.rivals.append(lambda: workshop.use.remove_cart_item()(RemoveCartItemCommand(guest, CODE)))
    with pytest.raises(NotFound):
        await set_pairs(workshop, guest, 5)
    assert await workshop.cart_of(guest) == {}


async def test_clearing_empties_the_own_cart_and_is_harmless_without_one(workshop: Workshop) -> None:
    """Nobody else's cart is touched."""
    guest, stranger = await workshop.guest_with(DESIGN), await workshop.guest_with(OTHER)
    await workshop.use.clear_cart()(ClearCartCommand(guest))
    await workshop.use.clear_cart()(ClearCartCommand(Customer(fresh_id())))
    await workshop.use.clear_cart()(ClearCartCommand(Guest()))
    assert (await workshop.cart_of(guest), await workshop.cart_of(stranger)) == ({}, {OTHER_CODE: 1})


async def test_a_change_keeps_a_guest_s_cart_alive(workshop: Workshop) -> None:
    """Whoever shops on doesn't lose the cart after the first seven days."""
    guest = await workshop.guest_with(DESIGN)
    workshop.pass_time(days=5)
    view = await set_pairs(workshop, guest, 2)
    assert view.expires_at == workshop.memory.clock.now().replace(day=13)
    workshop.pass_time(days=5)
    assert await workshop.cart_of(guest) == {CODE: 2}


async def test_money_in_a_cart_view_is_money(workshop: Workshop) -> None:
    """An empty cart costs nothing rather than not being priced."""
    guest = await workshop.guest_with(DESIGN)
    await workshop.use.clear_cart()(ClearCartCommand(guest))
    view = await workshop.use.get_cart()(guest)
    assert (view.subtotal, view.total, view.item_count) == (Money(0), Money(0), 0)
