"""`/courier/track…`, `/shipments…` and `/ndr/…`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParams, RawBody

from sandbox.shiprocket import statuses
from sandbox.shiprocket.entities import Shipment
from sandbox.shiprocket.ledger import Ledger
from sandbox.shiprocket.routes.papers import document_url
from sandbox.shiprocket.rules import travel
from sandbox.shiprocket.wire import bookings_asked
from sandbox.shiprocket.wire.errors import refused
from sandbox.shiprocket.wire.pages import PageAnswer, page
from sandbox.shiprocket.wire.shipments import ListedParcel, Papers, ParcelAnswer, listed_parcel, shown_parcel
from sandbox.shiprocket.wire.tracking import TrackingAnswer, nothing_yet, tracked
from sandbox.shiprocket.wire.undelivered import NdrAnswer, UndeliveredRow, failed_attempts, undelivered_row

AnyRequest = Request[Any, Any, Any]  # Litestar's generics name user, auth and state: nothing here reads them
Books = NamedDependency[Ledger]

_MOST_AWBS = 50


@get("/courier/track/awb/{awb:str}", sync_to_thread=False)
def track_awb(awb: FromPath[str], ledger: Books) -> TrackingAnswer:
    """By air waybill."""
    return _tracked(ledger, ledger.shipment_with(awb))


@get("/courier/track/shipment/{shipment_id:str}", sync_to_thread=False)
def track_shipment(shipment_id: FromPath[str], ledger: Books) -> TrackingAnswer:
    """By parcel."""
    return _tracked(ledger, ledger.shipment(_number(shipment_id)))


@get("/courier/track", sync_to_thread=False)
def track_order(query: QueryParams, ledger: Books) -> list[TrackingAnswer]:
    """By the shop's reference: in a list."""
    order = ledger.order_called(query.get("order_id", ""))
    return [_tracked(ledger, None if order is None else ledger.shipment_of(order))]


@post("/courier/track/awbs", status_code=200, sync_to_thread=False)
def track_awbs(body: RawBody, ledger: Books) -> dict[str, TrackingAnswer]:
    """Several; those that nobody knows are left out."""
    awbs = bookings_asked.awbs(body, _MOST_AWBS)
    return {awb: _tracked(ledger, found) for awb in awbs if (found := ledger.shipment_with(awb)) is not None}


@get("/shipments", sync_to_thread=False)
def list_shipments(query: QueryParams, request: AnyRequest, ledger: Books) -> PageAnswer[ListedParcel]:
    """All parcels, newest first."""

    def row(shipment: Shipment) -> ListedParcel:
        return listed_parcel(ledger.order_of(shipment), shipment)

    return page(ledger.shipments()[::-1], query, request.url, row)


@get("/shipments/{shipment_id:str}", sync_to_thread=False)
def show_shipment(shipment_id: FromPath[str], request: AnyRequest, ledger: Books) -> ParcelAnswer | dict[str, str]:
    """One parcel; an empty object when there is none."""
    shipment = ledger.shipment(_number(shipment_id))
    if shipment is None:
        return {}
    label = document_url(request, "label", [shipment.id]) if shipment.labelled else None
    manifest = document_url(request, "manifest", [shipment.id]) if shipment.manifested else None
    return shown_parcel(ledger.order_of(shipment), shipment, Papers(label_url=label, manifest_url=manifest))


@get("/ndr/all", sync_to_thread=False)
def list_undelivered(query: QueryParams, request: AnyRequest, ledger: Books) -> PageAnswer[UndeliveredRow]:
    """Parcels that could not be delivered, and are not on their way again."""
    waiting = [each for each in ledger.shipments()[::-1] if each.status == statuses.SHIPMENT_UNDELIVERED]
    return _undelivered(ledger, waiting, query, request)


@get("/ndr/{awb:str}", sync_to_thread=False)
def show_undelivered(
    awb: FromPath[str], query: QueryParams, request: AnyRequest, ledger: Books
) -> PageAnswer[UndeliveredRow]:
    """One of them, also later: a list nevertheless."""
    shipment = ledger.shipment_with(awb)
    if shipment is None or not failed_attempts(shipment):
        raise refused(404, "AWB not found")
    return _undelivered(ledger, [shipment], query, request)


@post("/ndr/{awb:str}/action", status_code=202, sync_to_thread=False)
def answer_failed_delivery(awb: FromPath[str], body: RawBody, ledger: Books) -> NdrAnswer:
    """Try again, or send it back."""
    travel.answer_failed_delivery(ledger, awb, bookings_asked.ndr_wish(body))
    return NdrAnswer()


def _tracked(ledger: Ledger, shipment: Shipment | None) -> TrackingAnswer:
    if shipment is None:
        return nothing_yet()
    order = ledger.order_of(shipment)
    sender = ledger.location(order.asked.pickup_location) or order.asked.billing
    return tracked(order, shipment, sender.city)


def _undelivered(
    ledger: Ledger, shipments: list[Shipment], query: Mapping[str, str], request: AnyRequest
) -> PageAnswer[UndeliveredRow]:
    def row(shipment: Shipment) -> UndeliveredRow:
        return undelivered_row(ledger.order_of(shipment), shipment)

    return page(shipments, query, request.url, row)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0
