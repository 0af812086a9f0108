"""Shipments in memory."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from uuid import UUID

from adapters.memory.tables import Tables
from domain.errors import NotFound
from domain.shipping.errors import AlreadyShipping, AwbTaken
from domain.shipping.shipment import Shipment
from ports.shipments import ShipmentKey, Shipments


class MemoryShipments(Shipments):
    """Shipments of one transaction."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def add(self, shipment: Shipment) -> None:
        """See Shipments."""
        if shipment.order_id not in self._tables.orders:
            raise NotFound("order", shipment.order_id)
        self._check_alone(shipment)
        self._tables.keep(self._tables.shipments, shipment.id, shipment)

    async def get(self, shipment_id: UUID) -> Shipment:
        """See Shipments."""
        shipment = self._tables.shipments.get(shipment_id)
        if shipment is None:
            raise NotFound("shipment", shipment_id)
        return deepcopy(shipment)

    async def of_order(self, order_id: UUID) -> Sequence[Shipment]:
        """See Shipments."""
        found = [each for each in self._tables.shipments.values() if each.order_id == order_id]
        return deepcopy(sorted(found, key=lambda each: (each.created_at, each.id)))

    async def with_awb(self, carrier: str, awb: str) -> ShipmentKey | None:
        """See Shipments."""
        for each in self._tables.shipments.values():
            if each.carrier == carrier and each.waybill is not None and each.waybill.awb == awb:
                return ShipmentKey(each.id, each.order_id)
        return None

    async def save(self, shipment: Shipment) -> None:
        """See Shipments."""
        self._check_alone(shipment)
        self._tables.keep_changed(self._tables.shipments, shipment.id, shipment)

    def _check_alone(self, shipment: Shipment) -> None:
        """Refuse what another shipment has already: the order's way in that direction, or an air waybill."""
        for other in self._tables.shipments.values():
            if other.id == shipment.id:
                continue
            same_way = (other.order_id, other.direction) == (shipment.order_id, shipment.direction)
            if same_way and other.is_live and shipment.is_live:
                raise AlreadyShipping(shipment.order)
            awb = shipment.waybill.awb if shipment.waybill else None
            if awb and other.carrier == shipment.carrier and other.waybill and other.waybill.awb == awb:
                raise AwbTaken(awb)
