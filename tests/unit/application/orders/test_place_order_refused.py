"""Whoever can't order is told why, and nothing has changed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from adapters.memory.shipping_rates import FREE
from application.checkout.buyer import BuyerForm
from application.orders.draft_order import OrderForm
from domain.actor import Actor, Customer, Guest, Staff, System
from domain.cart.errors import CartEmpty
from domain.catalogue.errors import DesignNotBuildable
from domain.customers.errors import InvalidFields
from domain.customers.pincode import PinCode
from domain.errors import DomainError
from domain.inventory.errors import CapacityExhausted, OutOfStock
from domain.money import Money
from domain.ordering.errors import CodNotAvailable, PriceChanged
from domain.shipping.rates import NotServiceable
from ports.shipping_rates import ShippingUnavailable
from tests.builders import a_design, a_product, a_stock_item, fresh_id, shelves_for, weeks_from
from tests.unit.application.workshop import BENGALURU, COD, MUMBAI, PRICE, Workshop, buyer, form, key

pytestmark = pytest.mark.anyio

DESIGN = a_design()
CODE = DESIGN.build().code
ROMA = a_product()


async def assert_nothing_happened(workshop: Workshop, actor: Actor, pairs: int = 1) -> None:
    """The cart as it was, nothing promised, nothing told, no order."""
    assert await workshop.cart_of(actor) == {CODE: pairs}
    assert (await workshop.reserved(), await workshop.booked(), workshop.told()) == ({}, {}, [])


async def test_a_stale_total_is_refused_with_the_new_one(workshop: Workshop) -> None:
    """The price rose since the customer looked; with the total of today the order goes through."""
    guest = await workshop.guest_with(DESIGN)
    await workshop.offer(ROMA.priced(PRICE + 100_000).build())
    with pytest.raises(PriceChanged) as refused:
        await workshop.place(guest)
    assert (refused.value.expected.minor, refused.value.actual.minor) == (PRICE, PRICE + 100_000)
    await assert_nothing_happened(workshop, guest)
    assert (await workshop.place(guest, form(PRICE + 100_000))).order.total.minor == PRICE + 100_000


@pytest.mark.parametrize("difference", [-1, 1])
async def test_a_total_that_is_off_by_a_paisa_is_stale(workshop: Workshop, difference: int) -> None:
    """In either direction: nobody pays another amount than they agreed to, not even less."""
    guest = await workshop.guest_with(DESIGN)
    with pytest.raises(PriceChanged):
        await workshop.place(guest, form(PRICE + difference))
    await assert_nothing_happened(workshop, guest)


async def test_a_shipping_fee_that_came_up_makes_the_total_stale(workshop: Workshop) -> None:
    """The total is all that is owed, not the goods alone."""
    guest = await workshop.guest_with(DESIGN)
    workshop.memory.shipping_rates.offer = replace(FREE, fee=Money(9_900))
    with pytest.raises(PriceChanged):
        await workshop.place(guest)
    await assert_nothing_happened(workshop, guest)


async def test_no_cash_above_the_limit_without_the_fee_counted(workshop: Workshop) -> None:
    """₹25,000.00 can be paid at the door, ₹25,000.01 can't."""
    await workshop.offer(ROMA.priced(2_500_001).build())
    guest = await workshop.guest_with(DESIGN)
    with pytest.raises(CodNotAvailable):
        await workshop.place(guest, form(2_500_001 + 4_900, COD))
    await assert_nothing_happened(workshop, guest)
    await workshop.offer(ROMA.priced(2_500_000).build())
    assert (await workshop.place(guest, form(2_500_000 + 4_900, COD))).order.total.minor == 2_504_900


async def test_no_cash_where_the_courier_takes_none(workshop: Workshop) -> None:
    """Paying online is still possible there."""
    workshop.memory.shipping_rates.set_offer(PinCode("400001"), replace(FREE, cod_available=False))
    guest = await workshop.guest_with(DESIGN)
    with pytest.raises(CodNotAvailable) as refused:
        await workshop.place(guest, form(PRICE, COD, MUMBAI))
    assert refused.value.reason == "Memory Express takes no cash there"
    await assert_nothing_happened(workshop, guest)
    assert (await workshop.place(guest, form(PRICE, address=MUMBAI))).order.awaits_payment


NOBODY: dict[str, Actor] = {
    "guest": Guest(),
    "expired guest": Guest(cart_token="unknown"),
    "customer": Customer(fresh_id()),
    "staff": Staff(fresh_id()),
    "system": System(),
}


@pytest.mark.parametrize("actor", NOBODY.values(), ids=NOBODY)
async def test_who_has_nothing_in_the_cart_orders_nothing(workshop: Workshop, actor: Actor) -> None:
    """Whoever they are."""
    with pytest.raises(CartEmpty):
        await workshop.place(actor)
    assert workshop.told() == []


@pytest.mark.parametrize(
    ("short", "on_hand"), [("leather:CALF-COGNAC", 47), ("sole:GOODYEAR:42", 1), ("box:standard", 1)]
)
async def test_a_component_that_is_short_by_one_is_out_of_stock(short: str, on_hand: int) -> None:
    """Two pairs can't be made; the component is named, and none of the others is kept."""
    stock = [a_stock_item(each.sku, on_hand if each.sku == short else 999) for each in shelves_for(ROMA.build())]
    workshop = await Workshop.opened(ROMA.build(), stock=stock)
    guest = await workshop.guest_with(DESIGN, 2)
    with pytest.raises(OutOfStock) as refused:
        await workshop.place(guest, form(2 * PRICE))
    assert refused.value.skus == (short,)
    await assert_nothing_happened(workshop, guest, pairs=2)


async def test_lines_that_share_a_component_need_it_together() -> None:
    """Two sizes of one leather: each alone could be made, both can't."""
    stock = [a_stock_item(each.sku, 48 if "COGNAC" in each.sku else 999) for each in shelves_for(ROMA.build())]
    workshop = await Workshop.opened(ROMA.build(), stock=stock)
    guest = await workshop.guest_with(DESIGN)
    await workshop.add(guest, a_design().in_size("43"))
    with pytest.raises(OutOfStock) as refused:
        await workshop.place(guest, form(2 * PRICE))
    assert refused.value.skus == ("leather:CALF-COGNAC",)
    assert await workshop.reserved() == {}


async def test_a_calendar_without_room_refuses_the_whole_order() -> None:
    """The stock that would have been there is not kept."""
    workshop = await Workshop.opened(ROMA.build(), weeks=weeks_from(capacity=1))
    guest = await workshop.guest_with(DESIGN, 2)
    with pytest.raises(CapacityExhausted) as refused:
        await workshop.place(guest, form(2 * PRICE))
    assert refused.value.pairs == 2
    await assert_nothing_happened(workshop, guest, pairs=2)


async def test_a_line_that_cannot_be_made_any_more_is_not_ordered(workshop: Workshop) -> None:
    """The customer decides what to do with it."""
    guest = await workshop.guest_with(DESIGN)
    await workshop.offer(ROMA.inactive().build())
    with pytest.raises(DesignNotBuildable):
        await workshop.place(guest)
    await assert_nothing_happened(workshop, guest)


async def test_a_place_that_nobody_delivers_to_is_not_ordered_to(workshop: Workshop) -> None:
    """Before anything is promised."""
    workshop.memory.shipping_rates.set_offer(PinCode("400001"), None)
    guest = await workshop.guest_with(DESIGN)
    with pytest.raises(NotServiceable):
        await workshop.place(guest, form(address=MUMBAI))
    await assert_nothing_happened(workshop, guest)


async def test_without_rates_nothing_is_ordered_and_the_same_key_works_later(workshop: Workshop) -> None:
    """A technical failure uses no key up."""
    guest = await workshop.guest_with(DESIGN)
    workshop.memory.shipping_rates.unavailable = True
    again = key()
    with pytest.raises(ShippingUnavailable):
        await workshop.place(guest, idempotency=again)
    await assert_nothing_happened(workshop, guest)
    workshop.memory.shipping_rates.unavailable = False
    assert not (await workshop.place(guest, idempotency=again)).replayed


def spoilt(field: str, bad: str) -> OrderForm:
    """A good form with one bad field, of an address or of its own."""
    where, _, name = field.rpartition(".")
    change: dict[str, Any] = {name: bad}  # every field of a form is a text
    if where:
        change = {where: replace(BENGALURU, **change)}
    return replace(form(), buyer=replace(buyer(), **change))


@pytest.mark.parametrize(
    ("field", "bad"),
    [
        ("email", "asha"),
        ("phone", "12"),
        ("gstin", "29ABCDE1234F1ZX"),
        ("shipping_address.name", ""),
        ("shipping_address.line1", "x" * 201),
        ("shipping_address.line2", "\x00"),
        ("shipping_address.city", " "),
        ("shipping_address.state", "Atlantis"),
        ("shipping_address.pincode", "01"),
        ("shipping_address.pincode", "999999"),
        ("shipping_address.country", "IT"),
        ("shipping_address.phone", "1"),
        ("billing_address.pincode", "999999"),
    ],
)
async def test_a_bad_field_is_refused_under_its_own_name(workshop: Workshop, field: str, bad: str) -> None:
    """Fields of an address say of which."""
    guest = await workshop.guest_with(DESIGN)
    with pytest.raises(InvalidFields) as refused:
        await workshop.place(guest, spoilt(field, bad))
    assert [error.field for error in refused.value.errors] == [field]
    await assert_nothing_happened(workshop, guest)


async def test_all_bad_fields_are_told_at_once(workshop: Workshop) -> None:
    """The customer mends the form in one go."""
    guest = await workshop.guest_with(DESIGN)
    bad = replace(BENGALURU, city="", phone="1")
    everywhere = BuyerForm(email="", phone="", shipping_address=bad, billing_address=bad, gstin="x")
    with pytest.raises(InvalidFields) as refused:
        await workshop.place(guest, replace(form(), buyer=everywhere))
    assert [error.field for error in refused.value.errors] == [
        "email",
        "phone",
        "shipping_address.city",
        "shipping_address.phone",
        "billing_address.city",
        "billing_address.phone",
        "gstin",
    ]


async def test_a_pin_code_that_the_post_does_not_have_is_told_with_the_other_bad_fields(workshop: Workshop) -> None:
    """Whether it exists is asked although the city is wrong as well."""
    guest = await workshop.guest_with(DESIGN)
    bad = replace(BENGALURU, city="", pincode="999999")
    with pytest.raises(InvalidFields) as refused:
        await workshop.place(guest, replace(form(), buyer=buyer(bad)))
    assert {error.field for error in refused.value.errors} == {"shipping_address.city", "shipping_address.pincode"}


async def test_a_bad_note_is_told_with_the_other_bad_fields(workshop: Workshop) -> None:
    """It is a field of the form like the others."""
    guest = await workshop.guest_with(DESIGN)
    with pytest.raises(InvalidFields) as refused:
        await workshop.place(guest, replace(spoilt("email", "asha"), notes="\x00"))
    assert {error.field for error in refused.value.errors} == {"email", "notes"}


async def test_a_note_that_cannot_be_printed_is_refused(workshop: Workshop) -> None:
    """With the field's name, before anything is promised."""
    guest = await workshop.guest_with(DESIGN)
    with pytest.raises(InvalidFields) as refused:
        await workshop.place(guest, replace(form(), notes="x" * 501))
    assert [error.field for error in refused.value.errors] == ["notes"]
    await assert_nothing_happened(workshop, guest)


@pytest.mark.parametrize(
    "wanted", [form(PRICE + 1), form(PRICE, COD), replace(form(), buyer=buyer(replace(BENGALURU, city="")))],
    ids=["stale total", "stale total with cash", "bad form"],
)  # fmt: skip  # a table
async def test_a_refusal_uses_no_key_up(workshop: Workshop, wanted: OrderForm) -> None:
    """Whoever mends the request may send it under the same key."""
    guest, again = await workshop.guest_with(DESIGN), key()
    with pytest.raises(DomainError):
        await workshop.place(guest, wanted, idempotency=again)
    assert not (await workshop.place(guest, form(), idempotency=again)).replayed
