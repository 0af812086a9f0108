"""Parcels that a courier can't hand over, or find, go to a person."""

from __future__ import annotations

import pytest

from domain.operations.task import TaskKind
from domain.shipping.parcel import ParcelStatus
from tests.unit.application.dispatch import Dispatch

pytestmark = pytest.mark.anyio

P = ParcelStatus


async def test_a_parcel_that_was_not_handed_over_waits_for_a_word(dispatch: Dispatch) -> None:
    """The person reads what the courier said."""
    order = await dispatch.order()
    shipment = await dispatch.booked(order)
    await dispatch.hear(shipment, P.PICKED_UP, P.OUT_FOR_DELIVERY)
    await dispatch.hear(shipment, P.UNDELIVERED, text="Customer not at home")

    await dispatch.work()

    (task,) = await dispatch.tasks()
    assert shipment.waybill is not None
    assert (task.kind, task.subject, task.order_id) == (
        TaskKind.PARCEL_UNDELIVERED,
        f"parcel {shipment.waybill.awb}",
        order.id,
    )
    assert task.detail == "Memory Express: Customer not at home"


async def test_what_was_handed_over_meanwhile_needs_no_word(dispatch: Dispatch) -> None:
    """The second try came before anybody looked."""
    shipment = await dispatch.booked()
    await dispatch.hear(shipment, P.UNDELIVERED, P.OUT_FOR_DELIVERY, P.DELIVERED)

    await dispatch.work()

    assert await dispatch.tasks() == []


async def test_a_second_failure_opens_no_second_task(dispatch: Dispatch) -> None:
    """As long as the first one is open."""
    shipment = await dispatch.booked()
    for _ in range(2):
        await dispatch.hear(shipment, P.OUT_FOR_DELIVERY, P.UNDELIVERED)
        await dispatch.work()

    assert [task.kind for task in await dispatch.tasks()] == [TaskKind.PARCEL_UNDELIVERED]


async def test_a_lost_parcel_is_claimed_by_a_person(dispatch: Dispatch) -> None:
    """The order stays shipped: what becomes of it is not for the shop to say."""
    order = await dispatch.order()
    shipment = await dispatch.booked(order)
    await dispatch.hear(shipment, P.PICKED_UP, P.LOST)

    await dispatch.work()

    (task,) = await dispatch.tasks()
    assert (task.kind, task.detail) == (
        TaskKind.PARCEL_LOST,
        f"Memory Express has lost a parcel of order {order.ext_id}",
    )
    assert dispatch.told("order.") == ["order.shipped"]
