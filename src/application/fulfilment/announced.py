"""A shipment as its carrier knows it."""

from __future__ import annotations

from domain.shipping.shipment import Shipment
from ports.carrier import AnnouncedParcel


def announced_parcel(shipment: Shipment) -> AnnouncedParcel | None:
    """What carriers are asked with; None when the carrier has not heard of it, as far as is known."""
    if shipment.provider_order_id is None or shipment.provider_shipment_id is None:
        return None
    return AnnouncedParcel(shipment.reference, shipment.provider_order_id, shipment.provider_shipment_id)
