"""Where parcels are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.errors import NotFound
from domain.ordering.order import Order
from domain.shipping.booking import Direction
from domain.shipping.errors import AlreadyShipping
from domain.shipping.shipment import Shipment
from ports.clock import Clock
from ports.ids import Ids
from ports.shipment_views import ShipmentView
from ports.transactions import Transaction


@dataclass(frozen=True, slots=True)
class RequestedShipment:
    """A shipment that was asked for. `replayed`: this request had been answered before."""

    shipment: ShipmentView
    replayed: bool


@dataclass(frozen=True, slots=True)
class ShipmentDesk:
    """Opens shipments inside the caller's transaction, which has got the order before."""

    clock: Clock
    ids: Ids

    async def open(
        self, tx: Transaction, order: Order, tries: Sequence[Shipment], direction: Direction, carrier: str
    ) -> Shipment:
        """The order's live shipment in that direction, or else one more beside the `tries` before.

        Raises AlreadyShipping when another carrier has it.
        """
        live = live_one(tries, direction)
        if live is not None:
            if live.carrier != carrier:
                raise AlreadyShipping(order.ext_id)
            return live
        shipment = Shipment.request(
            id=self.ids.new_id(),
            order_id=order.id,
            order=order.ext_id,
            carrier=carrier,
            direction=direction,
            reference=f"{order.ext_id}-{len(tries) + 1}",
            at=self.clock.now(),
        )
        await tx.shipments.add(shipment)
        return shipment


def live_one(tries: Sequence[Shipment], direction: Direction) -> Shipment | None:
    """The one of all tries that is, or may become, a parcel in that direction."""
    return next((each for each in tries if each.direction is direction and each.is_live), None)


def the_live_one(tries: Sequence[Shipment], direction: Direction, order: str) -> Shipment:
    """The same. Raises NotFound when there is none."""
    live = live_one(tries, direction)
    if live is None:
        raise NotFound("shipment of order", order)
    return live
