"""Values that are kept as JSON documents inside a row.

The keys are the schema: they are spelled here, so that renaming a field of the domain
changes no stored row.
"""

from __future__ import annotations

from adapters.db.statements import Document
from domain.customers.address import Address
from domain.customers.phone import Phone
from domain.customers.pincode import PinCode
from domain.money import Money
from domain.ordering.lines import ChosenDesign, ChosenOption
from domain.pricing.unit_price import PriceComponent
from domain.tax.gst import LineTax, TaxKind
from domain.tax.states import GstState


def address_document(address: Address) -> Document:
    """The state as its GST code."""
    return {
        "name": address.name,
        "line1": address.line1,
        "line2": address.line2,
        "city": address.city,
        "state": address.state.code,
        "pincode": address.pincode.value,
        "country": address.country,
        "phone": address.phone.value,
    }


def address_of(document: Document) -> Address:
    """The inverse of `address_document`."""
    return Address(
        name=document["name"],
        line1=document["line1"],
        line2=document["line2"],
        city=document["city"],
        state=GstState.by_code(document["state"]),
        pincode=PinCode(document["pincode"]),
        country=document["country"],
        phone=Phone(document["phone"]),
    )


def tax_document(tax: LineTax) -> Document:
    """The tax of a fee; that of a line is kept in columns. Paise."""
    return {
        "kind": tax.kind,
        "rate_bp": tax.rate_bp,
        "taxable": tax.taxable.minor,
        "cgst": tax.cgst.minor,
        "sgst": tax.sgst.minor,
        "igst": tax.igst.minor,
    }


def tax_of(document: Document, currency: str) -> LineTax:
    """The inverse of `tax_document`."""
    return LineTax(
        kind=TaxKind(document["kind"]),
        rate_bp=document["rate_bp"],
        taxable=Money(document["taxable"], currency),
        cgst=Money(document["cgst"], currency),
        sgst=Money(document["sgst"], currency),
        igst=Money(document["igst"], currency),
    )


def choice_document(choice: ChosenDesign) -> Document:
    """The options with the names that they had."""
    return {
        "style": _option_document(choice.style),
        "sole": _option_document(choice.sole),
        "material": _option_document(choice.material),
        "color": _option_document(choice.color),
        "size_eu": choice.size_eu,
        "width": choice.width,
        "monogram": choice.monogram,
    }


def choice_of(document: Document) -> ChosenDesign:
    """The inverse of `choice_document`."""
    return ChosenDesign(
        style=_option_of(document["style"]),
        sole=_option_of(document["sole"]),
        material=_option_of(document["material"]),
        color=_option_of(document["color"]),
        size_eu=document["size_eu"],
        width=document["width"],
        monogram=document["monogram"],
    )


def component_document(component: PriceComponent) -> Document:
    """A part of a unit price. Paise."""
    return {"code": component.code, "label": component.label, "amount": component.amount.minor}


def component_of(document: Document, currency: str) -> PriceComponent:
    """The inverse of `component_document`."""
    return PriceComponent(document["code"], document["label"], Money(document["amount"], currency))


def _option_document(option: ChosenOption) -> Document:
    return {"ext_id": option.ext_id, "name": option.name}


def _option_of(document: Document) -> ChosenOption:
    return ChosenOption(document["ext_id"], document["name"])
