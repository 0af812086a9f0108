"""The parcels of an order: booked, called off, and what to do when nobody opens the door.

An order has one live parcel in a direction, so that it is named by its order.
"""

from __future__ import annotations

from typing import Final

from litestar.params import FromPath

from adapters.http import links
from adapters.http.contract import CREATES, IDEMPOTENT, STAFF, Contract, endpoint
from adapters.http.envelope import document, location, nothing, private
from adapters.http.exchange import AnyRequest
from adapters.http.idempotency import REPLAYED, idempotency_key
from adapters.http.operator import Admitted
from adapters.http.references import order_reference
from adapters.http.reply import Header, Reply
from adapters.http.schemas.shipments import (
    BookShipmentForm,
    CancelShipmentForm,
    EnterAwbForm,
    FailedDeliveryForm,
    ReportParcelForm,
    ShipmentResource,
)
from adapters.http.use_cases import Provided
from adapters.http.validation import read_body
from application.fulfilment.answer_failed_delivery import AnswerFailedDelivery, AnswerFailedDeliveryCommand
from application.fulfilment.book_shipment import BookShipment, BookShipmentCommand
from application.fulfilment.cancel_shipment import CancelShipment, CancelShipmentCommand
from application.fulfilment.enter_awb import EnterAwb, EnterAwbCommand
from application.fulfilment.list_shipments import ListShipments
from application.fulfilment.report_parcel import ReportParcel, ReportParcelCommand
from ports.shipment_views import ShipmentView

TAG: Final = "Staff: shipments"


@endpoint(
    "GET",
    "/admin/orders/{order:str}/shipments",
    Contract(
        operation="listShipments",
        tag=TAG,
        summary="See every try to ship an order, the oldest first",
        answers=ShipmentResource,
        many=True,
        traits=(STAFF,),
    ),
)
async def list_shipments(
    request: AnyRequest, staff: Admitted, order: FromPath[str], list_shipments: Provided[ListShipments]
) -> Reply:
    """Parcels to the customer and back, also those of which nothing came."""
    reference = order_reference(order)
    resources = [ShipmentResource.of(each) for each in await list_shipments(staff, reference)]
    here = links.admin_order(reference)
    return private(request, document(resources, f"{here}/shipments", related={"order": here}))


@endpoint(
    "POST",
    "/admin/orders/{order:str}/shipments",
    Contract(
        operation="bookShipment",
        tag=TAG,
        summary="Have an order carried to its customer",
        description="The carrier is asked afterwards: look at the shipment to see how far it is.",
        body=(BookShipmentForm,),
        answers=ShipmentResource,
        status=201,
        traits=(STAFF, IDEMPOTENT, CREATES),
        problems=("conflict",),
    ),
)
async def book_shipment(
    request: AnyRequest, staff: Admitted, order: FromPath[str], book_shipment: Provided[BookShipment]
) -> Reply:
    """Ask for a parcel; an order that has one keeps it."""
    reference = order_reference(order)
    form = await read_body(request, BookShipmentForm)
    key = idempotency_key(request, "staff.shipments.book", str(staff.staff_id), form)
    booked = await book_shipment(BookShipmentCommand(staff, reference, form.carrier, key))
    headers = [location(f"{links.admin_order(reference)}/shipments"), *([REPLAYED] if booked.replayed else [])]
    return _shipment(request, booked.shipment, status=201, headers=headers)


@endpoint(
    "POST",
    "/admin/orders/{order:str}/shipments/awb",
    Contract(
        operation="enterAwb",
        tag=TAG,
        summary="Type the air waybill of a parcel that was handed in",
        description="Again is harmless.",
        body=(EnterAwbForm,),
        answers=ShipmentResource,
        traits=(STAFF,),
        problems=("conflict",),
    ),
)
async def enter_awb(request: AnyRequest, staff: Admitted, order: FromPath[str], enter_awb: Provided[EnterAwb]) -> Reply:
    """Book the parcel that awaits it."""
    reference = order_reference(order)
    form = await read_body(request, EnterAwbForm)
    return _shipment(request, await enter_awb(EnterAwbCommand(staff, reference, form.waybill())))


@endpoint(
    "POST",
    "/admin/orders/{order:str}/shipments/cancel",
    Contract(
        operation="cancelShipment",
        tag=TAG,
        summary="Call a parcel off, before the courier has it",
        description="The carrier is told afterwards; the order can be booked again.",
        body=(CancelShipmentForm,),
        answers=ShipmentResource,
        traits=(STAFF,),
        problems=("conflict",),
    ),
)
async def cancel_shipment(
    request: AnyRequest, staff: Admitted, order: FromPath[str], cancel_shipment: Provided[CancelShipment]
) -> Reply:
    """Give the live parcel of a direction up."""
    reference = order_reference(order)
    form = await read_body(request, CancelShipmentForm)
    return _shipment(request, await cancel_shipment(CancelShipmentCommand(staff, reference, form.direction)))


@endpoint(
    "POST",
    "/admin/orders/{order:str}/shipments/report",
    Contract(
        operation="reportParcel",
        tag=TAG,
        summary="Say where a parcel is whose carrier doesn't",
        description="Parcel and order go on as by the carrier's own word: forwards only, so that again is harmless.",
        body=(ReportParcelForm,),
        answers=ShipmentResource,
        traits=(STAFF,),
        problems=("conflict",),
    ),
)
async def report_parcel(
    request: AnyRequest, staff: Admitted, order: FromPath[str], report_parcel: Provided[ReportParcel]
) -> Reply:
    """Move the live parcel of a direction."""
    reference = order_reference(order)
    form = await read_body(request, ReportParcelForm)
    command = ReportParcelCommand(staff, reference, form.direction, form.status)
    return _shipment(request, await report_parcel(command))


@endpoint(
    "POST",
    "/admin/orders/{order:str}/shipments/failed-delivery",
    Contract(
        operation="answerFailedDelivery",
        tag=TAG,
        summary="Say what is to be done with a parcel that could not be handed over",
        description="Again is harmless. What comes of it is seen in the shipment.",
        body=(FailedDeliveryForm,),
        answers=None,
        status=204,
        traits=(STAFF,),
        problems=("conflict",),
    ),
)
async def answer_failed_delivery(
    request: AnyRequest, staff: Admitted, order: FromPath[str], answer_failed_delivery: Provided[AnswerFailedDelivery]
) -> Reply:
    """Tell the carrier."""
    reference = order_reference(order)
    form = await read_body(request, FailedDeliveryForm)
    await answer_failed_delivery(AnswerFailedDeliveryCommand(staff, reference, form.wish, form.comment))
    return nothing()


ROUTES: Final = (list_shipments, book_shipment, enter_awb, cancel_shipment, report_parcel, answer_failed_delivery)


def _shipment(
    request: AnyRequest, shipment: ShipmentView, *, status: int = 200, headers: list[Header] | None = None
) -> Reply:
    here = links.admin_order(shipment.order)
    told = document(ShipmentResource.of(shipment), f"{here}/shipments", related={"order": here})
    return private(request, told, status=status, headers=headers or [])
