"""Staff have boxed orders carried: once, by whom they want, and can call it off until the courier has it."""

from __future__ import annotations

from asyncio import gather
from dataclasses import replace

import pytest

from application.fulfilment.list_shipments import ListShipments
from application.fulfilment.mark_ready import MarkReady
from application.fulfilment.start_production import StartProduction
from domain.actor import Actor, Customer, Guest, Staff, System
from domain.errors import InvalidValue, NotFound
from domain.ordering.errors import InvalidTransition
from domain.ordering.status import FulfillmentStatus
from domain.permissions import Forbidden, Permission
from domain.shipping.booking import BookingStep
from domain.shipping.errors import AlreadyShipping, InvalidShipmentTransition
from domain.shipping.parcel import ParcelStatus
from ports.idempotency import IdempotencyKeyReused
from ports.shipment_views import ShipmentView
from tests.builders import an_order, fresh_id
from tests.builders.orders import OrderBuilder
from tests.unit.application.dispatch import OUTBOUND, PACKER, RETURN, Dispatch
from tests.unit.application.workshop import key

pytestmark = pytest.mark.anyio

STRANGERS: list[Actor] = [Guest(), Customer(fresh_id()), Staff(fresh_id(), frozenset({Permission.ORDERS_READ}))]


async def test_an_order_is_made_and_boxed(dispatch: Dispatch) -> None:
    """By order number as by id; saying it again is harmless."""
    order = await dispatch.order(an_order().paid())
    start = StartProduction(dispatch.shop.begin, dispatch.find, dispatch.shop.clock)
    ready = MarkReady(dispatch.shop.begin, dispatch.find, dispatch.shop.clock)

    for reference in (order.ext_id, str(order.id)):
        assert (await start(PACKER, reference)).fulfillment_status is FulfillmentStatus.IN_PRODUCTION
    for reference in (order.ext_id, str(order.id)):
        assert (await ready(PACKER, reference)).fulfillment_status is FulfillmentStatus.READY_TO_SHIP

    assert dispatch.told("order.") == ["order.production_started", "order.ready"]


async def test_what_is_not_paid_or_not_begun_is_neither_made_nor_boxed(dispatch: Dispatch) -> None:
    """The refusal says where it is."""
    unpaid, paid = await dispatch.order(an_order()), await dispatch.order(an_order().paid())

    with pytest.raises(InvalidTransition):
        await StartProduction(dispatch.shop.begin, dispatch.find, dispatch.shop.clock)(PACKER, unpaid.ext_id)
    with pytest.raises(InvalidTransition):
        await MarkReady(dispatch.shop.begin, dispatch.find, dispatch.shop.clock)(PACKER, paid.ext_id)


async def test_a_parcel_is_asked_for(dispatch: Dispatch) -> None:
    """By the default carrier; its reference is made of the order's number."""
    order = await dispatch.order()

    requested = await dispatch.book(order)

    assert requested.shipment == ShipmentView.of(await dispatch.shipment_of(order))
    assert (requested.shipment.carrier, requested.shipment.direction) == ("memory", OUTBOUND)
    assert (requested.shipment.step, requested.shipment.reference) == (BookingStep.REQUESTED, f"{order.ext_id}-1")
    assert dispatch.told() == ["shipment.requested"]


async def test_a_parcel_can_be_given_to_another_carrier(dispatch: Dispatch) -> None:
    """Named by staff; one that there isn't is told with those that there are."""
    order = await dispatch.order()

    with pytest.raises(InvalidValue) as refused:
        await dispatch.book(order, "pigeons")
    assert refused.value.message == "is one of manual, memory"

    assert (await dispatch.book(order, "manual")).shipment.carrier == "manual"


async def test_an_order_that_has_a_parcel_keeps_it(dispatch: Dispatch) -> None:
    """Asking for it once more is no second parcel; by another carrier it is refused."""
    order = await dispatch.order()
    first = await dispatch.book(order)

    again = await dispatch.book(order)
    with pytest.raises(AlreadyShipping):
        await dispatch.book(order, "manual")

    assert (again.shipment.id, again.replayed) == (first.shipment.id, False)
    assert dispatch.told("shipment.requested") == ["shipment.requested"]


async def test_ten_clerks_at_once_get_one_parcel(dispatch: Dispatch) -> None:
    """Whoever was first."""
    order = await dispatch.order()

    requested = await gather(*(dispatch.book(order) for _ in range(10)))

    assert len({each.shipment.id for each in requested}) == 1


async def test_a_repeated_request_gets_the_first_answer(dispatch: Dispatch) -> None:
    """Also when the parcel has moved on since; with another body it is refused."""
    order, again = await dispatch.order(), key()
    first = await dispatch.book(order, idempotency=again)
    await dispatch.work()

    second = await dispatch.book(order, idempotency=again)

    assert (second.shipment, first.replayed, second.replayed) == (first.shipment, False, True)
    with pytest.raises(IdempotencyKeyReused):
        await dispatch.book(order, idempotency=replace(again, fingerprint="another request"))


@pytest.mark.parametrize(
    "order",
    [an_order(), an_order().paid(), an_order().paid().in_production(), an_order().paid().shipped()],
    ids=["unpaid", "paid", "in production", "shipped"],
)
async def test_only_boxed_pairs_are_carried(dispatch: Dispatch, order: OrderBuilder) -> None:
    """Neither before they are finished, nor twice."""
    with pytest.raises(InvalidTransition):
        await dispatch.book(await dispatch.order(order))


async def test_after_a_failed_try_another_carrier_may_have_it(dispatch: Dispatch) -> None:
    """Under another reference: a carrier never takes an old one again."""
    order = await dispatch.order()
    dispatch.carrier.refusal = "the wallet has to be recharged"
    await dispatch.booked(order)

    again = await dispatch.book(order, "manual")

    assert (again.shipment.carrier, again.shipment.reference) == ("manual", f"{order.ext_id}-2")
    assert [each.is_live for each in await dispatch.shipments_of(order)] == [False, True]


async def test_a_parcel_is_called_off(dispatch: Dispatch) -> None:
    """And the order can be booked again."""
    order = await dispatch.order()
    await dispatch.booked(order)

    await dispatch.cancel(order)
    await dispatch.work()
    again = await dispatch.booked(order)

    assert (again.reference, again.step) == (f"{order.ext_id}-2", BookingStep.BOOKED)
    assert [carried.cancelled for carried in dispatch.carrier.carried] == [True, False]


async def test_what_the_courier_has_is_not_called_off(dispatch: Dispatch) -> None:
    """It can only come back."""
    order = await dispatch.order()
    await dispatch.hear(await dispatch.booked(order), ParcelStatus.PICKED_UP)

    with pytest.raises(InvalidShipmentTransition):
        await dispatch.cancel(order)


async def test_there_is_nothing_to_call_off_without_a_parcel(dispatch: Dispatch) -> None:
    """None was asked for, or not in that direction."""
    order = await dispatch.order()
    with pytest.raises(NotFound):
        await dispatch.cancel(order)
    await dispatch.book(order)
    with pytest.raises(NotFound):
        await dispatch.cancel(order, RETURN)


async def test_staff_see_every_try(dispatch: Dispatch) -> None:
    """With what it costs, and why it came to nothing."""
    order = await dispatch.order()
    dispatch.carrier.refusal = "the wallet has to be recharged"
    await dispatch.booked(order)
    dispatch.carrier.refusal = None
    await dispatch.booked(order)
    shown = ListShipments(dispatch.find, dispatch.shop.shipment_views)

    failed, booked = await shown(System(), order.ext_id)

    assert (failed.step, failed.failure) == (
        BookingStep.FAILED,
        "the carrier refused: the wallet has to be recharged",
    )
    assert booked == ShipmentView.of(await dispatch.shipment_of(order))
    with pytest.raises(Forbidden):
        await shown(Customer(fresh_id()), order.ext_id)


@pytest.mark.parametrize("stranger", STRANGERS, ids=lambda actor: type(actor).__name__)
async def test_nobody_else_moves_an_order(dispatch: Dispatch, stranger: Actor) -> None:
    """Whether it exists or not: permissions come first."""
    order = await dispatch.order()
    for reference in (order.ext_id, "IS-2026-999999"):
        with pytest.raises(Forbidden):
            await StartProduction(dispatch.shop.begin, dispatch.find, dispatch.shop.clock)(stranger, reference)
        with pytest.raises(Forbidden):
            await MarkReady(dispatch.shop.begin, dispatch.find, dispatch.shop.clock)(stranger, reference)
    with pytest.raises(Forbidden):
        await dispatch.book(order, actor=stranger)
    with pytest.raises(Forbidden):
        await dispatch.cancel(order, actor=stranger)
    assert dispatch.told() == []
