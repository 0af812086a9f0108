"""Where the shoes of an order are, and sending them back."""

from __future__ import annotations

from typing import Final

from litestar.params import FromPath

from adapters.http import links
from adapters.http.actor import order_holder
from adapters.http.contract import CREATES, IDEMPOTENT, ORDER_HOLDER, Contract, endpoint
from adapters.http.envelope import document, location, private
from adapters.http.exchange import AnyRequest
from adapters.http.idempotency import REPLAYED, idempotency_key
from adapters.http.references import order_reference
from adapters.http.reply import Reply
from adapters.http.schemas.shipments import ReturnResource, TrackingResource
from adapters.http.use_cases import Provided
from application.fulfilment.start_return import StartReturn, StartReturnCommand
from application.fulfilment.track_shipment import TrackShipment

TAG: Final = "Orders"


@endpoint(
    "GET",
    "/orders/{order:str}/tracking",
    Contract(
        operation="trackOrder",
        tag=TAG,
        summary="See where the shoes are",
        answers=TrackingResource,
        traits=(ORDER_HOLDER,),
    ),
)
async def track_order(request: AnyRequest, order: FromPath[str], track_order: Provided[TrackShipment]) -> Reply:
    """The parcels of an order, as far as they have come."""
    caller = order_holder(request, order)
    tracking = await track_order(caller, order_reference(order))
    here = links.order(tracking.order)
    return private(request, document(TrackingResource.of(tracking), f"{here}/tracking", related={"order": here}))


@endpoint(
    "POST",
    "/orders/{order:str}/returns",
    Contract(
        operation="startReturn",
        tag=TAG,
        summary="Send an order back",
        description="A courier fetches it; the money follows once it is back. No body is needed.",
        answers=ReturnResource,
        status=201,
        traits=(ORDER_HOLDER, IDEMPOTENT, CREATES),
        problems=("conflict",),
    ),
)
async def start_return(request: AnyRequest, order: FromPath[str], start_return: Provided[StartReturn]) -> Reply:
    """Ask for a parcel from the customer."""
    caller = order_holder(request, order)
    reference = order_reference(order)
    key = idempotency_key(request, "orders.return", caller.order_token, None)
    started = await start_return(StartReturnCommand(caller, reference, key))
    here = links.order(started.shipment.order)
    told = document(ReturnResource.of(started.shipment), f"{here}/returns", related={"order": here})
    headers = [location(f"{here}/tracking"), *([REPLAYED] if started.replayed else [])]
    return private(request, told, status=201, headers=headers)


ROUTES: Final = (track_order, start_return)
