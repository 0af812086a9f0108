"""An order is announced at the gateway once, for its total, and paid there."""

from __future__ import annotations

from asyncio import gather
from collections.abc import Awaitable, Callable

import pytest
from dependency_injector import providers

from adapters.memory.payment_gateway import MemoryPaymentGateway
from domain.actor import Actor, Customer, Guest, Staff
from domain.errors import NotFound
from domain.money import Money
from domain.ordering.errors import PaymentNotAllowed
from domain.payments.payment import PaymentState
from ports.payment_gateway import GatewayOrder, GatewayUnavailable
from tests.builders import NOW, id_of
from tests.unit.application.workshop import COD, PRICE, Workshop, form, key

pytestmark = pytest.mark.anyio


async def test_a_payment_is_started_for_the_total_of_the_order(workshop: Workshop) -> None:
    """The browser gets what it needs, prefilled with the buyer, and the order goes on waiting."""
    order, guest = await workshop.order_waiting_for_money()
    started = await workshop.start_payment(guest, order)
    payment = started.payment
    assert (payment.order_id, payment.amount.minor, payment.status) == (order.id, PRICE, PaymentState.CREATED)
    assert (payment.provider, payment.created_at) == ("memory", NOW)
    assert (payment.customer_name, payment.customer_email, payment.customer_phone) == (
        "Asha Rao",
        "asha@example.com",
        "+919876543210",
    )
    assert (started.checkout.provider_order_id, started.checkout.amount) == (payment.provider_order_id, payment.amount)
    assert not started.replayed
    assert (await workshop.order_now(order)).awaits_payment
    assert workshop.told() == ["order.placed"]


async def test_an_order_has_one_open_payment(workshop: Workshop) -> None:
    """A second request, under whatever key, gets the same one: nobody pays twice."""
    order, guest = await workshop.order_waiting_for_money()
    first = await workshop.start_payment(guest, order)
    second = await workshop.start_payment(guest, order)
    assert (second.payment, second.checkout, second.replayed) == (first.payment, first.checkout, False)


async def test_ten_requests_at_once_start_one_payment(workshop: Workshop) -> None:
    """The gateway may hear of more orders; only one of them is handed out."""
    order, guest = await workshop.order_waiting_for_money()
    started = await gather(*(workshop.start_payment(guest, order) for _ in range(10)))
    assert len({each.payment.id for each in started}) == 1
    assert len({each.checkout.provider_order_id for each in started}) == 1


async def test_a_repeated_request_gets_the_first_answer(workshop: Workshop) -> None:
    """Also when the order has been paid since, and is not payable any more."""
    order, guest = await workshop.order_waiting_for_money()
    again = key()
    first = await workshop.start_payment(guest, order, again)
    proof = workshop.memory.payment_gateway.pay(first.payment.provider_order_id)
    await workshop.confirm(guest, order, proof)
    second = await workshop.start_payment(guest, order, again)
    assert (second.payment, second.checkout, second.replayed) == (first.payment, first.checkout, True)


async def test_without_the_gateway_nothing_is_started_and_the_key_works_later(workshop: Workshop) -> None:
    """No half payment is kept that nobody could pay."""
    order, guest = await workshop.order_waiting_for_money()
    again = key()
    workshop.memory.payment_gateway.unavailable = True
    with pytest.raises(GatewayUnavailable):
        await workshop.start_payment(guest, order, again)
    async with workshop.memory.begin() as tx:
        assert await tx.payments.of_order(order.id) is None
    workshop.memory.payment_gateway.unavailable = False
    assert not (await workshop.start_payment(guest, order, again)).replayed


async def test_a_started_payment_is_handed_out_again_without_the_gateway(workshop: Workshop) -> None:
    """It has been announced already."""
    order, guest = await workshop.order_waiting_for_money()
    first = await workshop.start_payment(guest, order)
    workshop.memory.payment_gateway.unavailable = True
    assert (await workshop.start_payment(guest, order)).payment == first.payment


async def test_after_a_failed_attempt_the_same_payment_is_open_again(workshop: Workshop) -> None:
    """The customer tries another card at the same gateway order."""
    order, guest = await workshop.order_waiting_for_money()
    first = await workshop.start_payment(guest, order)
    workshop.memory.payment_gateway.pay(first.payment.provider_order_id, "failure")
    again = await workshop.start_payment(guest, order)
    assert again.checkout == first.checkout


async def test_an_order_that_waits_for_no_money_gets_no_payment(workshop: Workshop) -> None:
    """Paid at the door, paid already, cancelled or expired."""
    cod = await workshop.place(await workshop.guest_with(), form(PRICE + 4_900, COD))
    paid, payer = await workshop.order_waiting_for_money()
    await workshop.confirm(payer, paid, await workshop.customer_paid(payer, paid))
    cancelled, quitter = await workshop.order_waiting_for_money()
    await workshop.cancel(quitter, cancelled)
    expired, sleeper = await workshop.order_waiting_for_money()
    workshop.pass_time(minutes=31)
    await workshop.use.expire_unpaid_orders()()
    for actor, order in (
        (Guest(order_token=cod.order_token), cod.order),
        (payer, paid),
        (quitter, cancelled),
        (sleeper, expired),
    ):
        with pytest.raises(PaymentNotAllowed):
            await workshop.start_payment(actor, order)


class SlowGateway(MemoryPaymentGateway):
    """Something happens while it takes an order in."""

    def __init__(self, meanwhile: Callable[[], Awaitable[object]]) -> None:
        super().__init__()
        self.meanwhile = meanwhile

    async def create_order(self, *, amount: Money, receipt: str) -> GatewayOrder:
        """See PaymentGateway."""
        order = await super().create_order(amount=amount, receipt=receipt)
        await self.meanwhile()
        return order


async def test_an_order_that_is_cancelled_while_the_gateway_takes_it_in_gets_no_payment(workshop: Workshop) -> None:
    """Nobody is handed a checkout for an order that won't be made."""
    order, guest = await workshop.order_waiting_for_money()
    gateway = SlowGateway(lambda: workshop.cancel(guest, order))
    workshop.ports.payment_gateway.override(providers.Object(gateway))
    with pytest.raises(PaymentNotAllowed):
        await workshop.start_payment(guest, order)
    async with workshop.memory.begin() as tx:
        assert await tx.payments.of_order(order.id) is None


STRANGERS: list[Actor] = [
    Guest(),
    Guest(order_token="guessed"),
    Customer(id_of("a stranger")),
    Staff(id_of("a clerk")),
]


@pytest.mark.parametrize("stranger", STRANGERS, ids=repr)
async def test_nobody_pays_somebody_else_s_order(workshop: Workshop, stranger: Actor) -> None:
    """They don't learn that it exists, nor does the gateway hear of it."""
    order, _ = await workshop.order_waiting_for_money()
    with pytest.raises(NotFound):
        await workshop.start_payment(stranger, order)
    async with workshop.memory.begin() as tx:
        assert await tx.payments.of_order(order.id) is None
