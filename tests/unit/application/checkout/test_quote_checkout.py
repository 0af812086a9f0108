"""The checkout's quote is what the order will cost, and promises nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from adapters.memory.shipping_rates import FREE
from application.cart.clear_cart import ClearCartCommand
from application.checkout.quote_checkout import CheckoutQuote, QuoteCheckoutQuery
from domain.actor import Actor, Customer, Guest
from domain.cart.errors import CartEmpty
from domain.catalogue.errors import DesignNotBuildable
from domain.customers.pincode import PinCode
from domain.errors import InvalidValue
from domain.money import Money
from domain.ordering.status import PaymentMethod
from domain.shipping.rates import NotServiceable
from domain.tax.gst import TaxKind
from ports.pin_directory import UnknownPinCode
from ports.shipping_rates import ShippingUnavailable
from tests.builders import a_design, a_product, fresh_id, weeks_from
from tests.unit.application.workshop import COD, PREPAID, PRICE, Workshop, form

pytestmark = pytest.mark.anyio

PAID_SHIPPING = replace(FREE, fee=Money(11_800), cod_fee=Money(5_900))


async def quote(
    workshop: Workshop,
    actor: Actor,
    pincode: str = "560001",
    state: str | None = None,
    method: PaymentMethod = PREPAID,
) -> CheckoutQuote:
    """What the cart costs, delivered."""
    return await workshop.use.quote_checkout()(QuoteCheckoutQuery(actor, pincode, state, method))


async def test_goods_shipping_and_tax_make_the_total(workshop: Workshop) -> None:
    """Fees are taxed with the goods, and a COD fee is asked only of those who pay so."""
    workshop.memory.shipping_rates.offer = PAID_SHIPPING
    guest = await workshop.guest_with(pairs=1)
    prepaid = (await quote(workshop, guest)).checkout
    assert (prepaid.basket.subtotal.minor, prepaid.basket.total.minor) == (PRICE, PRICE + 11_800)
    assert (prepaid.basket.shipping.tax.total.minor, prepaid.basket.cod.amount.minor) == (1_800, 0)
    cash = (await quote(workshop, guest, method=COD)).checkout
    assert (cash.basket.cod.amount.minor, cash.basket.total.minor) == (5_900, PRICE + 11_800 + 5_900)
    assert cash.basket.tax_total == prepaid.basket.tax_total + Money(900)


@pytest.mark.parametrize(
    ("pincode", "state", "kind"),
    [
        ("560001", None, TaxKind.CGST_SGST),
        ("400001", None, TaxKind.IGST),
        ("400001", "Karnataka", TaxKind.CGST_SGST),
        ("560001", "MH", TaxKind.IGST),
    ],
)
async def test_the_state_is_the_directory_s_unless_the_customer_names_one(
    workshop: Workshop, pincode: str, state: str | None, kind: TaxKind
) -> None:
    """The directory has some PIN codes in the wrong state."""
    guest = await workshop.guest_with()
    assert (await quote(workshop, guest, pincode, state)).checkout.basket.lines[0].tax.kind is kind


@pytest.mark.parametrize(
    ("now", "rate_bp"),
    [
        (datetime(2025, 9, 21, 18, 29, 59, tzinfo=UTC), 1800),
        (datetime(2025, 9, 21, 18, 30, tzinfo=UTC), 500),
    ],
)
async def test_quote_and_order_bear_the_rate_of_the_day_in_india(now: datetime, rate_bp: int) -> None:
    """₹2,000.00 bore 18 % until the midnight of 22 September 2025 in India, 5 % from then on."""
    workshop = await Workshop.opened(a_product().priced(200_000).build(), now=now)
    guest = await workshop.guest_with()
    assert (await quote(workshop, guest)).checkout.basket.lines[0].tax.rate_bp == rate_bp
    assert (await workshop.place(guest, form(200_000))).order.lines[0].tax.rate_bp == rate_bp


async def test_cash_is_refused_above_the_limit_and_the_quote_says_why(workshop: Workshop) -> None:
    """₹25,000.00 with shipping is within it, a paisa more isn't; then no COD fee is asked either."""
    workshop.memory.shipping_rates.offer = replace(FREE, fee=Money(100))
    await workshop.offer(a_product().priced(2_499_900).build())
    guest = await workshop.guest_with()
    at_the_limit = (await quote(workshop, guest, method=COD)).checkout
    assert (at_the_limit.cod_refusal, at_the_limit.basket.total.minor) == (None, 2_500_000 + 4_900)
    workshop.memory.shipping_rates.offer = replace(FREE, fee=Money(101))
    above = (await quote(workshop, guest, method=COD)).checkout
    assert above.cod_refusal is not None
    assert "₹25,000.00" in above.cod_refusal
    assert above.basket.total.minor == 2_500_001


async def test_cash_is_refused_where_the_courier_takes_none(workshop: Workshop) -> None:
    """Paying online still works there, and the quote says so beforehand."""
    workshop.memory.shipping_rates.set_offer(PinCode("400001"), replace(FREE, cod_available=False))
    guest = await workshop.guest_with()
    for method in (COD, PREPAID):
        checkout = (await quote(workshop, guest, "400001", method=method)).checkout
        assert checkout.cod_refusal == "Memory Express takes no cash there"
        assert checkout.basket.total.minor == PRICE
    assert (await quote(workshop, guest)).checkout.cod_refusal is None


async def test_the_promise_is_that_of_the_slowest_line_for_all_pairs_together() -> None:
    """One week has to take the whole order."""
    quick, slow = a_product().taking_days(7), a_product().called("boot-roma").taking_days(21)
    workshop = await Workshop.opened(quick.build(), slow.build(), weeks=weeks_from(capacity=2, count=6))
    guest = await workshop.guest_with(pairs=1)
    assert str((await quote(workshop, guest)).promised_week) == "2026-W50"
    await workshop.add(guest, a_design().of(slow.build()))
    assert str((await quote(workshop, guest)).promised_week) == "2026-W52"
    await workshop.add(guest, a_design().of(slow.build()))
    assert (await quote(workshop, guest)).promised_week is None, "three pairs fit into no week of two"


async def test_a_quote_promises_nothing(workshop: Workshop) -> None:
    """No stock, no week, no event, and the cart stays as it was."""
    guest = await workshop.guest_with(pairs=3)
    await quote(workshop, guest)
    assert (await workshop.reserved(), await workshop.booked(), workshop.told()) == ({}, {}, [])
    assert (await workshop.use.get_cart()(guest)).version == 1


async def test_an_empty_cart_costs_nothing_because_there_is_nothing(workshop: Workshop) -> None:
    """No cart, somebody else's cart and a cleared one are all empty."""
    guest = await workshop.guest_with()
    await workshop.use.clear_cart()(ClearCartCommand(guest))
    for actor in (Guest(), guest, Customer(fresh_id())):
        with pytest.raises(CartEmpty):
            await quote(workshop, actor)


async def test_a_place_that_nobody_delivers_to_has_no_quote(workshop: Workshop) -> None:
    """The PIN code is named."""
    workshop.memory.shipping_rates.set_offer(PinCode("744101"), None)
    guest = await workshop.guest_with()
    with pytest.raises(NotServiceable) as refused:
        await quote(workshop, guest, "744101")
    assert refused.value.pincode == "744101"


@pytest.mark.parametrize(
    ("pincode", "state", "field"),
    [("999999", None, "pincode"), ("0", None, "pincode"), ("560001", "Atlantis", "state")],
)
async def test_a_place_that_does_not_exist_is_refused_by_its_field(
    workshop: Workshop, pincode: str, state: str | None, field: str
) -> None:
    """A PIN code that the post doesn't have, or a state that India doesn't."""
    guest = await workshop.guest_with()
    with pytest.raises(InvalidValue) as refused:
        await quote(workshop, guest, pincode, state)
    assert refused.value.field == field
    assert isinstance(refused.value, UnknownPinCode) == (pincode == "999999")


async def test_a_cart_with_a_line_that_cannot_be_made_has_no_quote(workshop: Workshop) -> None:
    """The customer takes the line out first; it is not left out in silence."""
    guest = await workshop.guest_with()
    await workshop.add(guest, a_design().in_size("43"))
    await workshop.offer(a_product().in_sizes("43").build())
    with pytest.raises(DesignNotBuildable):
        await quote(workshop, guest)


async def test_without_rates_there_is_no_quote(workshop: Workshop) -> None:
    """A technical error: no shipping fee is made up."""
    guest = await workshop.guest_with()
    workshop.memory.shipping_rates.unavailable = True
    with pytest.raises(ShippingUnavailable):
        await quote(workshop, guest)
