"""A ready order gets its parcel: announced, handed to a courier, booked."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.memory.carrier import COURIERS
from domain.money import Money
from domain.operations.task import TaskKind
from domain.shipping.booking import BookingStep
from tests.builders import NOW, an_order
from tests.unit.application.dispatch import OUTBOUND, Dispatch

pytestmark = pytest.mark.anyio


async def test_a_parcel_is_announced_assigned_and_booked(dispatch: Dispatch) -> None:
    """All that the workshop has to know is kept, and told when it is certain."""
    shipment = await dispatch.booked()

    (carried,) = dispatch.carrier.carried
    assert carried.assigned is not None
    assert shipment.step is BookingStep.BOOKED
    assert (shipment.provider_order_id, shipment.provider_shipment_id) == (
        carried.announced.provider_order_id,
        carried.announced.provider_shipment_id,
    )
    assert shipment.waybill is not None
    assert (shipment.waybill.awb, shipment.waybill.courier, shipment.waybill.tracking_url) == (
        carried.assigned.awb,
        "Memory Express",
        f"https://memory.example/tracking/{carried.assigned.awb}",
    )
    assert (shipment.cost, shipment.courier_id, shipment.pickup_at) == (Money(9_900), "1", NOW + timedelta(days=1))
    assert shipment.label_url
    assert shipment.manifest_url
    assert shipment.invoice_url
    assert dispatch.told() == ["shipment.requested", "shipment.booked"]


async def test_what_is_packed_is_the_order(dispatch: Dispatch) -> None:
    """Cash is collected for COD alone, by a courier who collects it."""
    dispatch.carrier.couriers = (replace(COURIERS[1], days=1), COURIERS[0])
    prepaid, cod = await dispatch.order(), await dispatch.order(an_order().paid_on_delivery(fee=4_900).ready())

    by_whom = [(await dispatch.booked(order)).courier_id for order in (prepaid, cod)]

    assert by_whom == ["2", "1"]
    parcels = [carried.parcel for carried in dispatch.carrier.carried]
    assert [(parcel.order, parcel.payment_method, parcel.value) for parcel in parcels] == [
        (order.ext_id, order.payment_method, order.amounts.total) for order in (prepaid, cod)
    ]


async def test_a_ready_order_gets_its_parcel_by_itself(dispatch: Dispatch) -> None:
    """By the default carrier."""
    order = an_order().paid().ready().build()
    async with dispatch.shop.begin() as tx:
        await tx.orders.add(order)

    await dispatch.work()

    shipment = await dispatch.shipment_of(order)
    assert (shipment.carrier, shipment.step, shipment.direction) == ("memory", BookingStep.BOOKED, OUTBOUND)


async def test_staff_who_were_faster_have_chosen_the_carrier(dispatch: Dispatch) -> None:
    """There is one parcel, theirs."""
    order = an_order().paid().ready().build()
    async with dispatch.shop.begin() as tx:
        await tx.orders.add(order)
    await dispatch.book(order, "manual")

    await dispatch.work()

    assert [each.carrier for each in await dispatch.shipments_of(order)] == ["manual"]


async def test_an_event_that_comes_late_ships_nothing_again(dispatch: Dispatch) -> None:
    """The order has left the workshop long since."""
    order = an_order().paid().shipped().build()
    async with dispatch.shop.begin() as tx:
        await tx.orders.add(order)

    await dispatch.work()

    assert list(await dispatch.shipments_of(order)) == []


async def test_a_parcel_that_a_person_hands_in_waits_for_its_number(dispatch: Dispatch) -> None:
    """The person is told so, once."""
    order = await dispatch.order()
    await dispatch.book(order, "manual")

    await dispatch.work()
    await dispatch.work()

    assert (await dispatch.shipment_of(order)).step is BookingStep.AWAITS_AWB
    assert [(task.kind, task.subject) for task in await dispatch.tasks()] == [
        (TaskKind.AWB_NEEDED, f"order {order.ext_id}")
    ]
    assert dispatch.told("shipment") == ["shipment.requested", "shipment.awaits_awb"]
