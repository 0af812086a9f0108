"""What one customer owns, another can't see or infer."""

from __future__ import annotations

import pytest

from application.orders.owned_order import owned_order
from domain.actor import Actor, Customer, Guest, Staff, System
from domain.errors import NotFound
from domain.ordering.owner import hash_token
from tests.builders import fresh_id
from tests.unit.application.workshop import Workshop

pytestmark = pytest.mark.anyio


async def test_whoever_bought_sees_the_order_by_number_and_by_id(workshop: Workshop) -> None:
    """A guest with the order's token, a customer by being signed in, and the shop itself."""
    order, guest = await workshop.order_waiting_for_money()
    customer = Customer(fresh_id())
    await workshop.add(customer)
    own = (await workshop.place(customer)).order
    for actor, seen in ((guest, order), (customer, own), (System(), order), (System(), own)):
        for reference in (seen.ext_id, str(seen.id)):
            assert (await workshop.use.get_order()(actor, reference)).id == seen.id
            assert (await workshop.use.get_timeline()(actor, reference))[0].event == "order.placed"


async def test_a_stranger_s_answer_is_that_for_an_order_that_does_not_exist(workshop: Workshop) -> None:
    """Word for word: nothing tells the two apart, neither for the order nor for its timeline."""
    order, _ = await workshop.order_waiting_for_money()
    customer = Customer(fresh_id())
    await workshop.add(customer)
    customers = (await workshop.place(customer)).order
    cart_holder = await workshop.guest_with()
    other_order, other_guest = await workshop.order_waiting_for_money()
    strangers: list[Actor] = [
        Guest(),
        Guest(order_token="guessed"),
        Guest(order_token=hash_token(str(other_guest.order_token))),
        other_guest,
        cart_holder,
        Customer(fresh_id()),
        Staff(customer.customer_id),
    ]
    for stranger in strangers:
        for reference in (order.ext_id, str(order.id), customers.ext_id, str(customers.id)):
            for ask in (workshop.use.get_order(), workshop.use.get_timeline()):
                with pytest.raises(NotFound) as refused:
                    await ask(stranger, reference)
                assert str(refused.value) == f"order {reference} was not found"
    assert (await workshop.use.get_order()(other_guest, other_order.ext_id)).id == other_order.id


async def test_an_order_is_loaded_to_be_changed_by_its_owner_alone(workshop: Workshop) -> None:
    """Inside the transaction ownership is asked again, however the order was found before."""
    order, guest = await workshop.order_waiting_for_money()
    async with workshop.memory.begin() as tx:
        assert (await owned_order(tx, guest, order.id)).ext_id == order.ext_id
        assert (await owned_order(tx, System(), order.id)).ext_id == order.ext_id
        for stranger in (Guest(), Guest(order_token="guessed"), Customer(fresh_id()), Staff(fresh_id())):
            with pytest.raises(NotFound):
                await owned_order(tx, stranger, order.id)


async def test_the_token_of_the_cart_opens_no_order(workshop: Workshop) -> None:
    """The two are different keys, though one comes from the other."""
    guest = await workshop.guest_with()
    placed = await workshop.place(guest)
    for actor in (guest, Guest(order_token=guest.cart_token)):
        with pytest.raises(NotFound):
            await workshop.use.get_order()(actor, placed.order.ext_id)


async def test_a_timeline_tells_what_happened_oldest_first(workshop: Workshop) -> None:
    """With the moment, and the reason where there is one."""
    order, guest = await workshop.order_waiting_for_money()
    await workshop.confirm(guest, order, await workshop.customer_paid(guest, order))
    workshop.pass_time(hours=1)
    await workshop.cancel(guest, order)
    entries = [
        entry
        for entry in await workshop.use.get_timeline()(guest, order.ext_id)
        if entry.event.startswith("order.")  # what else it tells is the view's affair
    ]
    assert [(entry.event, entry.detail) for entry in entries] == [
        ("order.placed", None),
        ("order.paid", None),
        ("order.confirmed", None),
        ("order.cancelled", "changed my mind"),
    ]
    assert [entry.at for entry in entries] == sorted(entry.at for entry in entries)
    assert entries[-1].at == workshop.memory.clock.now()
