"""An order is what was in the cart, at the price that was agreed to, with its stock and its week."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.memory.shipping_rates import FREE
from application.cart.clear_cart import ClearCartCommand
from domain.actor import Customer, Guest
from domain.cart.cart import CustomerCart
from domain.inventory.reservation import ReservationStatus
from domain.money import Money
from domain.ordering.events import OrderPlaced
from domain.ordering.lines import ChosenOption
from domain.ordering.owner import order_token
from domain.ordering.status import OrderStatus, PaymentStatus
from domain.tax.gst import TaxKind
from tests.builders import NOW, THIS_WEEK, a_design, a_product, a_week, fresh_id
from tests.unit.application.workshop import COD, MUMBAI, PRICE, InterruptedCarts, Workshop, buyer, form, key

pytestmark = pytest.mark.anyio

DESIGN = a_design()
CODE = DESIGN.build().code
OTHER = a_design().in_size("43")


async def test_a_prepaid_order_holds_its_stock_and_its_week_for_thirty_minutes(workshop: Workshop) -> None:
    """It waits for its money, and all that it needs is out of everybody else's reach."""
    guest = await workshop.guest_with(DESIGN, 2)
    order = (await workshop.place(guest, form(2 * PRICE))).order
    assert (order.status, order.payment_status) == (OrderStatus.PENDING, PaymentStatus.PENDING)
    assert (order.hold_expires_at, order.awaits_payment) == (NOW + timedelta(minutes=30), True)
    assert await workshop.reserved() == {"box:standard": 2, "leather:CALF-COGNAC": 48, "sole:GOODYEAR:42": 2}
    assert await workshop.booked() == {"2026-W52": 2}
    assert str(order.promised_week) == "2026-W52"
    assert workshop.told() == ["order.placed"]


async def test_an_order_paid_on_delivery_stands_at_once_and_never_expires(workshop: Workshop) -> None:
    """Its stock and week are its own, and its fee is in the total."""
    guest = await workshop.guest_with(DESIGN)
    order = (await workshop.place(guest, form(PRICE + 4_900, COD, MUMBAI))).order
    assert (order.status, order.payment_status, order.hold_expires_at) == (
        OrderStatus.CONFIRMED,
        PaymentStatus.PENDING,
        None,
    )
    assert (order.cod_fee.minor, order.total.minor, order.awaits_payment) == (4_900, PRICE + 4_900, False)
    assert workshop.told() == ["order.placed", "order.confirmed"]
    (placed,) = [event for event in workshop.memory.outbox if isinstance(event, OrderPlaced)]
    assert placed.hold_expires_at is None
    async with workshop.memory.begin() as tx:
        reservation = await tx.reservations.get(order.id)
    assert (reservation.status, reservation.expires_at) == (ReservationStatus.COMMITTED, None)
    workshop.pass_time(days=400)
    assert await workshop.use.expire_unpaid_orders()() == 0
    assert await workshop.booked() == {"2026-W52": 1}


async def test_an_order_is_a_snapshot_of_the_day(workshop: Workshop) -> None:
    """Names, prices, taxes and needs are written down; the catalogue of tomorrow changes none of them."""
    workshop.memory.shipping_rates.offer = replace(FREE, fee=Money(11_800))
    design = DESIGN.on_sole("RUBBER").monogrammed("AR")
    guest = await workshop.guest_with(design, 2)
    await workshop.add(guest, OTHER)
    wanted = replace(form(3 * PRICE + 2 * 74_900 + 11_800), notes="  Ring twice. ")
    placed = (await workshop.place(guest, wanted)).order
    await workshop.offer(a_product().called("oxford-roma", "Oxford Nuovo").priced(1_500_000).build())

    order = await workshop.order_now(placed)

    first, second = order.lines
    assert (first.product_title, first.choice.sole, first.choice.monogram) == (
        "Oxford Roma",
        ChosenOption("RUBBER", "Rubber"),
        "AR",
    )
    assert (first.design_code, first.quantity, first.hsn) == (design.build().code, 2, "64035119")
    assert (first.unit_price.minor, first.line_total.minor, first.discount.minor) == (1_374_800, 2_749_600, 0)
    assert [(part.code, part.amount.minor) for part in first.breakdown] == [
        ("base", PRICE),
        ("sole", 25_000),
        ("monogram", 49_900),
    ]
    assert first.needs == {"box:standard": 2, "leather:CALF-COGNAC": 48, "sole:RUBBER:42": 2}
    assert (second.line_total.minor, second.tax.kind) == (PRICE, TaxKind.CGST_SGST)
    assert (order.subtotal.minor, order.shipping_fee.minor, order.total.minor) == (4_049_500, 11_800, 4_061_300)
    assert order.tax_total == first.tax.total + second.tax.total + Money(1_800)
    assert order.notes == "Ring twice."
    assert (order.created_at, order.updated_at) == (NOW, NOW)


async def test_the_place_of_delivery_decides_the_tax(workshop: Workshop) -> None:
    """IGST to Mumbai, whoever is billed; the bill may go elsewhere."""
    guest = await workshop.guest_with()
    to_mumbai = replace(
        form(), buyer=replace(buyer(MUMBAI), billing_address=buyer().shipping_address, gstin="29ABCDE1234F1ZW")
    )
    order = (await workshop.place(guest, to_mumbai)).order
    assert order.lines[0].tax.kind is TaxKind.IGST
    assert (order.shipping_address.city, order.gstin) == ("Mumbai", "29ABCDE1234F1ZW")
    assert order.billing_address is not None
    assert order.billing_address.city == "Bengaluru"
    assert (order.customer_email, order.customer_phone) == ("asha@example.com", "+919876543210")


async def test_a_guest_gets_a_token_that_opens_the_order_and_nothing_else_does(workshop: Workshop) -> None:
    """It is derived from the cart's token, so that a repeated request gets the same again."""
    guest = await workshop.guest_with()
    placed = await workshop.place(guest)
    assert placed.order_token == order_token(str(guest.cart_token), placed.order.id)
    found = await workshop.use.get_order()(Guest(order_token=placed.order_token), placed.order.ext_id)
    assert found.id == placed.order.id


async def test_a_customer_needs_no_token(workshop: Workshop) -> None:
    """Being signed in is enough."""
    customer = Customer(fresh_id())
    await workshop.add(customer)
    placed = await workshop.place(customer)
    assert placed.order_token is None
    assert (await workshop.use.get_order()(customer, str(placed.order.id))).ext_id == placed.order.ext_id


async def test_the_event_says_what_a_confirmation_needs(workshop: Workshop) -> None:
    """Order number, address to write to, total, week, and until when to pay."""
    guest = await workshop.guest_with(pairs=2)
    order = (await workshop.place(guest, form(2 * PRICE))).order
    assert workshop.memory.outbox == (
        OrderPlaced(
            aggregate_id=order.id,
            occurred_at=NOW,
            order=order.ext_id,
            email="asha@example.com",
            payment_method="PREPAID",
            total=2 * PRICE,
            currency="INR",
            pairs=2,
            week="2026-W52",
            hold_expires_at=NOW + timedelta(minutes=30),
        ),
    )


async def test_two_orders_have_two_numbers(workshop: Workshop) -> None:
    """Of the year in India, and readable on the phone."""
    numbers = [(await workshop.place(await workshop.guest_with())).order.ext_id for _ in range(2)]
    assert numbers == ["IS-2026-000001", "IS-2026-000002"]


async def test_an_order_goes_into_the_first_week_that_takes_all_of_it() -> None:
    """A week with room for one pair doesn't get two; the order isn't split."""
    weeks = [a_week("2026-W52", 1), a_week("2026-W53", 2)]
    workshop = await Workshop.opened(a_product().build(), weeks=weeks)
    order = (await workshop.place(await workshop.guest_with(pairs=2), form(2 * PRICE))).order
    assert str(order.promised_week) == "2026-W53"
    assert await workshop.booked() == {"2026-W53": 2}
    second = (await workshop.place(await workshop.guest_with(pairs=1))).order
    assert str(second.promised_week) == "2026-W52", "what is free stays free for who fits in"


async def test_the_slowest_pair_decides_the_week() -> None:
    """An order goes out whole."""
    quick, slow = a_product().called("loafer-capri").taking_days(1), a_product().taking_days(45)
    workshop = await Workshop.opened(quick.build(), slow.build())
    guest = await workshop.guest_with(a_design().of(quick.build()))
    await workshop.add(guest, a_design().of(slow.build()))
    order = (await workshop.place(guest, form(2 * PRICE))).order
    assert order.promised_week > THIS_WEEK.next().next().next().next().next()
    assert str(order.promised_week) == "2027-W02"


async def test_the_cart_is_empty_afterwards_and_can_be_filled_again(workshop: Workshop) -> None:
    """The next order is another cart's."""
    customer = Customer(fresh_id())
    await workshop.add(customer, DESIGN)
    first = await workshop.place(customer)
    assert await workshop.cart_of(customer) == {}
    await workshop.add(customer, DESIGN)
    second = await workshop.place(customer)
    assert first.order.id != second.order.id


async def test_what_came_into_the_cart_while_it_was_ordered_is_still_there(workshop: Workshop) -> None:
    """Another tab added a pair of the same and one of another design: both can be bought next."""
    carts = InterruptedCarts.of(workshop)
    guest = await workshop.guest_with(DESIGN, 2)
    carts.rivals = [lambda: workshop.add(guest, DESIGN, 1), lambda: workshop.add(guest, OTHER, 3)]

    first = await workshop.place(guest, form(2 * PRICE))

    assert [(line.design_code, line.quantity) for line in first.order.lines] == [(CODE, 2)]
    assert await workshop.cart_of(guest) == {CODE: 1, OTHER.build().code: 3}
    second = await workshop.place(guest, form(4 * PRICE))
    assert second.order.id != first.order.id
    assert await workshop.cart_of(guest) == {}


async def test_a_cart_that_was_emptied_while_it_was_ordered_stays_empty(workshop: Workshop) -> None:
    """Closing brings nothing back."""
    carts = InterruptedCarts.of(workshop)
    guest = await workshop.guest_with(DESIGN, 2)

    carts.rivals.append(lambda: workshop.use.clear_cart()(ClearCartCommand(guest)))
    await workshop.place(guest, form(2 * PRICE))
    assert await workshop.cart_of(guest) == {}


async def test_a_cart_that_was_opened_since_is_not_taken_for_the_one_that_was_ordered(workshop: Workshop) -> None:
    """Another request has closed the ordered one already, and the customer shops on: nothing is taken out."""
    carts = InterruptedCarts.of(workshop)
    customer = Customer(fresh_id())
    await workshop.add(customer, DESIGN, 2)

    async def closed_and_opened_again() -> None:
        ordered = await carts.find(CustomerCart(customer.customer_id))
        assert ordered is not None
        await carts.carts.remove(ordered)
        await workshop.add(customer, DESIGN, 3)

    carts.rivals.append(closed_and_opened_again)
    await workshop.place(customer, form(2 * PRICE))
    assert await workshop.cart_of(customer) == {CODE: 3}


async def test_a_repeated_request_is_answered_while_the_carrier_is_silent(workshop: Workshop) -> None:
    """What was placed stays placed, whether or not the cart that was filled since could be priced."""
    customer = Customer(fresh_id())
    await workshop.add(customer, DESIGN)
    first = await workshop.place(customer, form(), key("mine"))
    await workshop.add(customer, DESIGN)
    workshop.memory.shipping_rates.unavailable = True
    again = await workshop.place(customer, form(), key("mine"))
    assert again.replayed
    assert again.order == first.order
