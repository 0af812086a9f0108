"""What a person of the workshop does about a parcel: type its number, say what to do with it; and who may look."""

from __future__ import annotations

import pytest

from application.fulfilment.answer_failed_delivery import AnswerFailedDelivery, AnswerFailedDeliveryCommand
from application.fulfilment.enter_awb import EnterAwb, EnterAwbCommand
from application.fulfilment.track_shipment import TrackedParcel, TrackShipment
from domain.actor import Actor, Customer, Guest, Staff, System
from domain.errors import NotFound
from domain.ordering.order import Order
from domain.ordering.status import FulfillmentStatus
from domain.permissions import Forbidden
from domain.shipping.booking import BookingStep
from domain.shipping.errors import AwbTaken, DeliveryNotFailed
from domain.shipping.parcel import ParcelStatus
from ports.carrier import CarrierRefused, CarrierUnavailable, DeliveryWish
from ports.shipment_views import ShipmentView
from tests.builders import a_waybill, an_order, fresh_id
from tests.unit.application.dispatch import OUTBOUND, PACKER, Dispatch

pytestmark = pytest.mark.anyio

P = ParcelStatus
ASHA = fresh_id()


async def handed_in(dispatch: Dispatch) -> Order:
    """An order that somebody takes to the counter."""
    order = await dispatch.order()
    await dispatch.book(order, "manual")
    await dispatch.work()
    return order


async def enter(dispatch: Dispatch, order: Order, awb: str, actor: Actor = PACKER) -> ShipmentView:
    """Type what the receipt says."""
    typed = EnterAwb(dispatch.shop.begin, dispatch.find, dispatch.shop.clock)
    return await typed(EnterAwbCommand(actor, order.ext_id, a_waybill(awb)))


async def test_the_number_of_the_receipt_books_the_parcel(dispatch: Dispatch) -> None:
    """Typing it again is harmless."""
    order = await handed_in(dispatch)

    first, second = [await enter(dispatch, order, "BD-123456") for _ in range(2)]

    assert (first.step, first.awb, first.courier) == (BookingStep.BOOKED, "BD-123456", "Delhivery Surface")
    assert second.id == first.id
    assert dispatch.told("shipment.booked") == ["shipment.booked"]


async def test_a_number_that_is_not_awaited_is_refused(dispatch: Dispatch) -> None:
    """Another one than before, or of a parcel whose carrier gives the number."""
    order = await handed_in(dispatch)
    await enter(dispatch, order, "BD-123456")
    with pytest.raises(NotFound):
        await enter(dispatch, order, "BD-999999")

    by_the_carrier = await dispatch.order()
    await dispatch.booked(by_the_carrier)
    with pytest.raises(NotFound):
        await enter(dispatch, by_the_carrier, "BD-999999")


async def test_a_receipt_is_for_one_parcel(dispatch: Dispatch) -> None:
    """Somebody typed the one of yesterday."""
    first, second = await handed_in(dispatch), await handed_in(dispatch)
    await enter(dispatch, first, "BD-123456")

    with pytest.raises(AwbTaken):
        await enter(dispatch, second, "BD-123456")

    assert (await dispatch.shipment_of(second)).step is BookingStep.AWAITS_AWB


async def answer(dispatch: Dispatch, order: Order, wish: DeliveryWish, actor: Actor = PACKER) -> None:
    """Tell the courier what to do."""
    say = AnswerFailedDelivery(dispatch.shop.begin, dispatch.find, dispatch.carriers)
    await say(AnswerFailedDeliveryCommand(actor, order.ext_id, wish, "ring twice"))


async def test_the_courier_hears_what_to_do_with_an_undelivered_parcel(dispatch: Dispatch) -> None:
    """Whatever comes of it is learnt by following the parcel."""
    order = await dispatch.order()
    shipment = await dispatch.booked(order)
    await dispatch.hear(shipment, P.UNDELIVERED)

    await answer(dispatch, order, DeliveryWish.TRY_AGAIN)

    assert dispatch.carrier.carried[0].wishes == [(DeliveryWish.TRY_AGAIN, "ring twice")]
    assert (await dispatch.shipment_of(order)).status is P.UNDELIVERED


async def test_a_courier_who_asks_nothing_is_told_nothing(dispatch: Dispatch) -> None:
    """It is on its way, or there is none."""
    order = await dispatch.order()
    with pytest.raises(NotFound):
        await answer(dispatch, order, DeliveryWish.RETURN)
    await dispatch.hear(await dispatch.booked(order), P.OUT_FOR_DELIVERY)
    with pytest.raises(DeliveryNotFailed):
        await answer(dispatch, order, DeliveryWish.RETURN)
    assert dispatch.carrier.carried[0].wishes == []


async def test_a_carrier_that_does_not_hear_is_told_of(dispatch: Dispatch) -> None:
    """The person tries again, or picks up the phone."""
    order = await dispatch.order()
    await dispatch.hear(await dispatch.booked(order), P.UNDELIVERED)
    dispatch.carrier.unavailable = True
    with pytest.raises(CarrierUnavailable):
        await answer(dispatch, order, DeliveryWish.RETURN)

    by_hand = await handed_in(dispatch)
    await enter(dispatch, by_hand, "BD-123456")
    async with dispatch.shop.begin() as tx:
        [shipment] = await tx.shipments.of_order(by_hand.id)
        shipment.status, shipment.status_at = P.UNDELIVERED, dispatch.now
        await tx.shipments.save(shipment)
    with pytest.raises(CarrierRefused):
        await answer(dispatch, by_hand, DeliveryWish.RETURN)


@pytest.mark.parametrize("stranger", [Guest(), Customer(fresh_id()), Staff(fresh_id())], ids=lambda a: type(a).__name__)
async def test_nobody_else_has_a_say(dispatch: Dispatch, stranger: Actor) -> None:
    """Not even whose parcel it is."""
    order = await handed_in(dispatch)
    with pytest.raises(Forbidden):
        await enter(dispatch, order, "BD-123456", stranger)
    with pytest.raises(Forbidden):
        await answer(dispatch, order, DeliveryWish.RETURN, stranger)


async def test_a_customer_follows_the_parcel(dispatch: Dispatch) -> None:
    """By courier, number and history; tries that came to nothing are not the customer's business."""
    order = await dispatch.order(an_order().of_customer(ASHA).paid().ready())
    track = TrackShipment(dispatch.find, dispatch.shop.shipment_views)
    dispatch.carrier.refusal = "the wallet has to be recharged"
    await dispatch.booked(order)
    assert (await track(Customer(ASHA), order.ext_id)).parcels == ()

    dispatch.carrier.refusal = None
    shipment = await dispatch.booked(order)
    await dispatch.hear(shipment, P.PICKED_UP)

    seen = await track(Customer(ASHA), str(order.id))
    moved = await dispatch.shipment_of(order)
    assert moved.waybill is not None
    assert (seen.order, seen.fulfillment_status) == (order.ext_id, FulfillmentStatus.SHIPPED)
    assert seen.parcels == (
        TrackedParcel(
            direction=OUTBOUND,
            courier="Memory Express",
            awb=moved.waybill.awb,
            tracking_url=moved.waybill.tracking_url,
            status=P.PICKED_UP,
            expected_at=moved.expected_at,
            scans=moved.scans,
        ),
    )
    assert await track(System(), order.ext_id) == seen


@pytest.mark.parametrize(
    "stranger", [Guest(), Guest(order_token="guessed"), Customer(fresh_id()), PACKER], ids=lambda a: type(a).__name__
)
async def test_nobody_else_follows_it(dispatch: Dispatch, stranger: Actor) -> None:
    """Rule 7: the order doesn't exist."""
    order = await dispatch.order(an_order().of_customer(ASHA).paid().ready())
    with pytest.raises(NotFound):
        await TrackShipment(dispatch.find, dispatch.shop.shipment_views)(stranger, order.ext_id)
