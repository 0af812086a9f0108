"""Labels, manifests and invoices, and the documents themselves."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, RawBody

from sandbox.shiprocket.ledger import Ledger
from sandbox.shiprocket.rules import papers
from sandbox.shiprocket.wire.bookings_asked import ids
from sandbox.shiprocket.wire.orders_asked import order_ids
from sandbox.shiprocket.wire.papers import (
    InvoiceAnswer,
    LabelAnswer,
    LabelInvoiceAnswer,
    ManifestAnswer,
    ManifestPrint,
)
from sandbox.shiprocket.wire.pdf import one_page

AnyRequest = Request[Any, Any, Any]  # Litestar's generics name user, auth and state: nothing here reads them
Books = NamedDependency[Ledger]

_NO_ARRAY = "The shipment id must be an array."


@post("/courier/generate/label", status_code=200, sync_to_thread=False)
def generate_label(body: RawBody, request: AnyRequest, ledger: Books) -> LabelAnswer:
    """Labels for parcels with an AWB."""
    labelled = papers.label(ledger, ids(body, "shipment_id", scalar_sentence=_NO_ARRAY))
    url = document_url(request, "label", [each.id for each in labelled.parcels])
    return LabelAnswer(label_url=url, not_created=labelled.not_created or ())


@post("/courier/generate/label-invoice", status_code=200, sync_to_thread=False)
def generate_label_invoice(body: RawBody, request: AnyRequest, ledger: Books) -> LabelInvoiceAnswer:
    """Both in one document."""
    labelled = papers.label(ledger, ids(body, "shipment_ids"))
    parcels = [each.id for each in labelled.parcels]
    return LabelInvoiceAnswer(
        file_url=document_url(request, "label-invoice", parcels),
        success_count=len(parcels),
        error_count=len(labelled.not_created),
    )


@post("/manifests/generate", status_code=200, sync_to_thread=False)
def generate_manifest(body: RawBody, request: AnyRequest, ledger: Books) -> ManifestAnswer:
    """What the courier signs."""
    parcels = papers.manifest(ledger, ids(body, "shipment_id"))
    return ManifestAnswer(manifest_url=document_url(request, "manifest", [each.id for each in parcels]))


@post("/manifests/print", status_code=200, sync_to_thread=False)
def print_manifest(body: RawBody, request: AnyRequest, ledger: Books) -> ManifestPrint:
    """It again."""
    parcels = papers.manifested(ledger, ids(body, "order_ids"))
    return ManifestPrint(document_url(request, "manifest", [each.id for each in parcels]))


@post("/orders/print/invoice", status_code=200, sync_to_thread=False)
def print_invoice(body: RawBody, request: AnyRequest, ledger: Books) -> InvoiceAnswer:
    """Invoices of orders."""
    asked = order_ids(body)
    orders = papers.invoice(ledger, asked)
    known = [each.id for each in orders]
    return InvoiceAnswer(
        invoice_url=document_url(request, "invoice", known),
        not_created=[each for each in asked if each not in known],
    )


@get("/documents/{name:str}", media_type="application/pdf", sync_to_thread=False)
def document(name: FromPath[str]) -> Response[bytes]:
    """A page that says what it stands for. Like Shiprocket's own, whoever has the link can open it."""
    return Response(one_page(name.removesuffix(".pdf")), media_type="application/pdf")


def document_url(request: AnyRequest, kind: str, ids_shown: list[int]) -> str:
    """Where a document can be opened; empty when it would show nothing."""
    if not ids_shown:
        return ""
    return f"{request.base_url}documents/{kind}-{'-'.join(map(str, ids_shown))}.pdf"
