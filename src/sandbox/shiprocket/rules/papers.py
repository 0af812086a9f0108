"""Which parcels and orders get labels, manifests and invoices."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from sandbox.shiprocket import statuses
from sandbox.shiprocket.entities import Order, Shipment
from sandbox.shiprocket.ledger import Ledger
from sandbox.shiprocket.wire.errors import Refused
from sandbox.shiprocket.wire.papers import AlreadyManifested, NoInvoiceAnswer, NoLabelAnswer


class Labelled(msgspec.Struct, frozen=True):
    """The parcels that have a label now, and why others have not."""

    parcels: list[Shipment]
    not_created: dict[str, str]


def label(ledger: Ledger, shipment_ids: Sequence[int]) -> Labelled:
    """For parcels with an AWB, as often as it is asked. Raises Refused, with status 200, when there is none."""
    known = [found for each in shipment_ids if (found := ledger.shipment(each)) is not None]
    ready = [each for each in known if _travels(each)]
    not_created = {f"{each.id}": "Shipment awb not found" for each in known if not _travels(each)}
    if not ready:
        raise Refused(200, NoLabelAnswer(not_created=not_created or ()))
    ledger.change(*(replace(each, labelled=True) for each in ready))
    return Labelled(ready, not_created)


def manifest(ledger: Ledger, shipment_ids: Sequence[int]) -> list[Shipment]:
    """Those parcels that wait for their pickup, once. Raises Refused."""
    known = [found for each in shipment_ids if (found := ledger.shipment(each)) is not None]
    done = [each.id for each in known if each.manifested]
    if done:
        raise Refused(400, AlreadyManifested(already_manifested_shipment_ids=done))
    ready = [each for each in known if _travels(each) and each.pickup_at is not None]
    ledger.change(*(replace(each, manifested=True) for each in ready))
    return ready


def manifested(ledger: Ledger, order_ids: Sequence[int]) -> list[Shipment]:
    """The parcels of those orders that have a manifest."""
    return [each for each in map(ledger.shipment_of, _known(ledger, order_ids)) if each.manifested]


def invoice(ledger: Ledger, order_ids: Sequence[int]) -> list[Order]:
    """Those of the orders that exist. Raises Refused when none does."""
    known = _known(ledger, order_ids)
    if not known:
        raise Refused(400, NoInvoiceAnswer())
    return known


def _travels(shipment: Shipment) -> bool:
    return bool(shipment.awb) and shipment.status != statuses.SHIPMENT_CANCELLED


def _known(ledger: Ledger, order_ids: Sequence[int]) -> list[Order]:
    return [found for each in order_ids if (found := ledger.order(each)) is not None]
