"""Where shipments are kept."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from domain.shipping.shipment import Shipment


@dataclass(frozen=True, slots=True)
class ShipmentKey:
    """A shipment, and the order that it is of."""

    shipment_id: UUID
    order_id: UUID


class Shipments(Protocol):
    """Shipments, inside a transaction. Events go to the outbox.

    An order has one live shipment in a direction, an air waybill belongs to one shipment of
    a carrier: `add` and `save` raise AlreadyShipping and AwbTaken.
    """

    @abstractmethod
    async def add(self, shipment: Shipment) -> None:
        """Keep a new shipment. Raises NotFound without its order."""

    @abstractmethod
    async def get(self, shipment_id: UUID) -> Shipment:
        """The shipment, to be changed: nobody else changes it until the transaction ends.

        Raises NotFound.
        """

    @abstractmethod
    async def of_order(self, order_id: UUID) -> Sequence[Shipment]:
        """All shipments of an order, to be changed, the oldest first."""

    @abstractmethod
    async def with_awb(self, carrier: str, awb: str) -> ShipmentKey | None:
        """Whose air waybill that is. Nothing is locked: the order is to be got first, then the shipment."""

    @abstractmethod
    async def save(self, shipment: Shipment) -> None:
        """Keep the change. Raises StaleAggregate when it was made on an old version."""
