"""A customer sends back what was delivered, within a week, unless it was made for one person alone."""

from __future__ import annotations

from asyncio import gather
from datetime import timedelta

import pytest

from domain.actor import Actor, Customer, Guest, Staff, System
from domain.errors import NotFound
from domain.ordering.errors import ReturnRefused
from domain.ordering.order import Order
from domain.ordering.return_policy import RETURN_WINDOW
from domain.ordering.status import FulfillmentStatus, OrderStatus, PaymentMethod
from domain.permissions import Forbidden, Permission
from domain.shipping.booking import BookingStep
from domain.shipping.parcel import ParcelStatus
from tests.builders import a_design, a_product, an_order, fresh_id
from tests.builders.orders import OrderBuilder
from tests.unit.application.dispatch import PACKER, RETURN, Dispatch
from tests.unit.application.workshop import key

pytestmark = pytest.mark.anyio

P = ParcelStatus
ASHA = fresh_id()


async def delivered(dispatch: Dispatch, builder: OrderBuilder | None = None) -> Order:
    """An order that its customer has."""
    order = await dispatch.order(builder or an_order().paid().ready())
    await dispatch.hear(await dispatch.booked(order), P.PICKED_UP, P.DELIVERED)
    await dispatch.work()
    return order


@pytest.mark.parametrize(
    ("builder", "actor"),
    [
        (an_order().of_customer(ASHA), Customer(ASHA)),
        (an_order().of_guest("secret"), Guest(order_token="secret")),
        (an_order(), PACKER),
        (an_order(), System()),
    ],
    ids=["customer", "guest", "staff", "the shop itself"],
)
async def test_who_may_sends_an_order_back(dispatch: Dispatch, builder: OrderBuilder, actor: Actor) -> None:
    """It is booked as the way out was; nothing is collected, and it is on its way when the courier has it."""
    order = await delivered(dispatch, builder.paid_on_delivery().ready())

    requested = await dispatch.send_back(order, actor)
    await dispatch.work()

    shipment = await dispatch.shipment_of(order)
    assert (requested.shipment.id, requested.shipment.direction) == (shipment.id, RETURN)
    assert shipment.step is BookingStep.BOOKED
    (out, back) = dispatch.carrier.carried
    assert (out.is_return, back.is_return) == (False, True)
    assert back.parcel.payment_method is PaymentMethod.PREPAID
    assert (await dispatch.order_now(order)).fulfillment_status is FulfillmentStatus.DELIVERED

    await dispatch.hear(shipment, P.PICKED_UP)
    assert (await dispatch.order_now(order)).fulfillment_status is FulfillmentStatus.RETURNING
    await dispatch.hear(shipment, P.IN_TRANSIT, P.DELIVERED)
    assert (await dispatch.order_now(order)).status is OrderStatus.RETURNED
    assert dispatch.told("order.")[-2:] == ["order.return_started", "order.returned"]


async def test_a_return_is_asked_for_once(dispatch: Dispatch) -> None:
    """However impatient the customer is, with a key or without."""
    order, again = await delivered(dispatch), key()

    requested = await gather(*(dispatch.send_back(order) for _ in range(5)))
    first, second = [await dispatch.send_back(order, idempotency=again) for _ in range(2)]

    assert len({each.shipment.id for each in (*requested, first, second)}) == 1
    assert (first.replayed, second.replayed) == (False, True)


async def test_a_return_that_failed_can_be_asked_for_again(dispatch: Dispatch) -> None:
    """The first one left nothing behind."""
    order = await delivered(dispatch)
    dispatch.carrier.refusal = "no pickup there"
    await dispatch.send_back(order)
    await dispatch.work()
    assert (await dispatch.shipment_of(order)).step is BookingStep.FAILED

    dispatch.carrier.refusal = None
    await dispatch.send_back(order)
    await dispatch.work()

    assert (await dispatch.shipment_of(order)).step is BookingStep.BOOKED


async def test_the_window_closes(dispatch: Dispatch) -> None:
    """It opened when the parcel was handed over, not when somebody heard of it."""
    order = await delivered(dispatch)
    dispatch.pass_time(seconds=RETURN_WINDOW.total_seconds())
    await dispatch.send_back(order)

    late = await delivered(dispatch)
    dispatch.pass_time(seconds=(RETURN_WINDOW + timedelta(seconds=1)).total_seconds())
    with pytest.raises(ReturnRefused) as refused:
        await dispatch.send_back(late)
    assert refused.value.reasons == ("the 7 days for a return are over",)


async def test_a_monogrammed_pair_stays(dispatch: Dispatch) -> None:
    """Staff can't send it back either."""
    roma = a_product().with_monogram().build()
    fancy = an_order().of(roma, a_design().of(roma).monogrammed("AR").build()).paid().ready()
    order = await delivered(dispatch, fancy)

    with pytest.raises(ReturnRefused) as refused:
        await dispatch.send_back(order)
    assert refused.value.reasons == ("a monogrammed pair can't be returned",)


@pytest.mark.parametrize("statuses", [(), (P.PICKED_UP,), (P.PICKED_UP, P.RTO_DELIVERED), (P.PICKED_UP, P.LOST)])
async def test_what_was_not_handed_over_is_not_sent_back(
    dispatch: Dispatch, statuses: tuple[ParcelStatus, ...]
) -> None:
    """It is on its way, came back by itself, or is lost."""
    order = await dispatch.order()
    await dispatch.hear(await dispatch.booked(order), *statuses)

    with pytest.raises(ReturnRefused) as refused:
        await dispatch.send_back(order)
    assert refused.value.reasons == ("it was not delivered",)


async def test_what_is_back_is_not_sent_back_again(dispatch: Dispatch) -> None:
    """Asking again tells of the return that there was."""
    order = await delivered(dispatch)
    await dispatch.send_back(order)
    await dispatch.work()
    back = await dispatch.shipment_of(order)
    await dispatch.hear(back, P.PICKED_UP, P.DELIVERED)

    assert (await dispatch.send_back(order)).shipment.id == back.id


@pytest.mark.parametrize(
    ("actor", "refusal"),
    [
        (Guest(), NotFound),
        (Guest(order_token="guessed"), NotFound),
        (Customer(fresh_id()), NotFound),
        (Staff(fresh_id(), frozenset({Permission.ORDERS_READ})), Forbidden),
    ],
    ids=["nobody", "a guest who guesses", "another customer", "staff who may only read"],
)
async def test_somebody_else_s_order_is_not_there_to_be_sent_back(
    dispatch: Dispatch, actor: Actor, refusal: type[Exception]
) -> None:
    """Rule 7."""
    order = await delivered(dispatch)
    with pytest.raises(refusal):
        await dispatch.send_back(order, actor)
    assert len(await dispatch.shipments_of(order)) == 1
