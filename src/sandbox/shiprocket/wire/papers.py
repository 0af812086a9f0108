"""The answers about labels, manifests and invoices."""

from __future__ import annotations

from typing import Final

import msgspec

NO_LABEL: Final = "No valid shipment ids to print label"


class LabelAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """POST /courier/generate/label. `not_created` is an empty list, or an object of reasons by parcel."""

    label_created: int = 1
    label_url: str
    response: str = "Label has been created and uploaded successfully!"
    not_created: dict[str, str] | tuple[()] = ()


class NoLabelAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The same when there is none, with status 200."""

    label_created: int = 0
    response: str = NO_LABEL
    not_created: dict[str, str] | tuple[()] = ()


class ManifestAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """POST /manifests/generate. No URL: none of the parcels could be manifested."""

    status: int = 1
    manifest_url: str


class AlreadyManifested(msgspec.Struct, frozen=True, kw_only=True):
    """The refusal of a second manifest (status 400). The spelling is Shiprocket's."""

    message: str = "Manifest already generated for some shipment_ids, Please try again after removin them"
    status_code: int = 400
    already_manifested_shipment_ids: list[int]


class ManifestPrint(msgspec.Struct, frozen=True):
    """POST /manifests/print."""

    manifest_url: str


class InvoiceAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """POST /orders/print/invoice."""

    is_invoice_created: bool = True
    invoice_url: str
    not_created: list[int]


class NoInvoiceAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The same when there is none (status 400)."""

    is_invoice_created: bool = False
    message: str = "Invoice could not be created"
    not_created: tuple[()] = ()


class LabelInvoiceAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """POST /courier/generate/label-invoice."""

    completed: bool = True
    file_url: str
    error_file_url: str = ""
    success_count: int
    error_count: int
