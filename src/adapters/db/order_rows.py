"""Orders as rows: one of `orders`, and one of `order_item` for each line."""

from __future__ import annotations

from uuid import UUID

from adapters.db.documents import (
    address_document,
    address_of,
    choice_document,
    choice_of,
    component_document,
    component_of,
    tax_document,
    tax_of,
)
from adapters.db.session import Row
from adapters.db.statements import Document, Values
from domain.customers.email import Email
from domain.customers.gstin import Gstin
from domain.customers.phone import Phone
from domain.inventory.capacity import Week
from domain.money import Money
from domain.ordering.contents import Amounts, Buyer
from domain.ordering.lines import OrderLine
from domain.ordering.order import Order
from domain.ordering.owner import CustomerOrder, GuestOrder, OrderOwner
from domain.ordering.status import FulfillmentStatus, OrderStatus, PaymentMethod, PaymentStatus
from domain.pricing.pipeline import PricedFee
from domain.tax.gst import LineTax, TaxKind
from domain.tax.states import GstState


def order_row(order: Order) -> Values:
    """Every column of `orders` but the version."""
    amounts, buyer = order.amounts, order.buyer
    owner = buyer.owner
    return {
        "id": order.id,
        "ext_id": order.ext_id,
        "cart_id": order.cart_id,
        "customer_id": owner.customer_id if isinstance(owner, CustomerOrder) else None,
        "guest_token_hash": owner.token_hash if isinstance(owner, GuestOrder) else None,
        "email": buyer.email.value,
        "phone": buyer.phone.value,
        "shipping_address": address_document(buyer.shipping_address),
        "billing_address": address_document(buyer.billing_address) if buyer.billing_address else None,
        "gstin": buyer.gstin.value if buyer.gstin else None,
        "currency": amounts.total.currency,
        "subtotal": amounts.subtotal.minor,
        "discount": amounts.discount.minor,
        "shipping_fee": amounts.shipping.amount.minor,
        "shipping_tax": tax_document(amounts.shipping.tax),
        "cod_fee": amounts.cod.amount.minor,
        "cod_tax": tax_document(amounts.cod.tax),
        "tax_total": amounts.tax_total.minor,
        "total": amounts.total.minor,
        "refunded": order.refunded.minor,
        "place_of_supply": order.place_of_supply.code,
        "payment_method": order.payment_method,
        "status": order.status,
        "payment_status": order.payment_status,
        "fulfillment_status": order.fulfillment_status,
        "notes": order.notes,
        "promised_week": order.promised_week.monday,
        "hold_expires_at": order.hold_expires_at,
        "cancellation_reason": order.cancellation_reason,
        "created_at": order.created_at,
        "updated_at": order.updated_at,
    }


def item_rows(order: Order) -> list[Values]:
    """The rows of `order_item`, in the order of the lines."""
    return [_item_row(order.id, position, line) for position, line in enumerate(order.lines)]


def order_of(row: Row) -> Order:
    """An order from its row, in which `items` holds those of its lines."""
    currency = row["currency"]
    return Order(
        id=row["id"],
        ext_id=row["ext_id"],
        cart_id=row["cart_id"],
        buyer=_buyer_of(row),
        lines=tuple(_line_of(item, currency) for item in row["items"]),
        amounts=_amounts_of(row, currency),
        place_of_supply=GstState.by_code(row["place_of_supply"]),
        payment_method=PaymentMethod(row["payment_method"]),
        notes=row["notes"],
        promised_week=Week(row["promised_week"]),
        hold_expires_at=row["hold_expires_at"],
        status=OrderStatus(row["status"]),
        payment_status=PaymentStatus(row["payment_status"]),
        fulfillment_status=FulfillmentStatus(row["fulfillment_status"]),
        refunded=Money(row["refunded"], currency),
        cancellation_reason=row["cancellation_reason"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        version=row["version"],
    )


def _item_row(order_id: UUID, position: int, line: OrderLine) -> Values:
    return {
        "id": line.id,
        "order_id": order_id,
        "position": position,
        "design_code": line.design_code,
        "product_id": line.product_id,
        "product_title": line.product_title,
        "choice": choice_document(line.choice),
        "hsn": line.hsn,
        "quantity": line.quantity,
        "unit_price": line.unit_price.minor,
        "breakdown": [component_document(component) for component in line.breakdown],
        "line_total": line.line_total.minor,
        "discount": line.discount.minor,
        "tax_kind": line.tax.kind,
        "tax_rate_bp": line.tax.rate_bp,
        "taxable": line.tax.taxable.minor,
        "cgst": line.tax.cgst.minor,
        "sgst": line.tax.sgst.minor,
        "igst": line.tax.igst.minor,
        "needs": dict(line.needs),
    }


def _line_of(item: Document, currency: str) -> OrderLine:
    return OrderLine(
        id=UUID(item["id"]),
        design_code=item["design_code"],
        product_id=item["product_id"],
        product_title=item["product_title"],
        choice=choice_of(item["choice"]),
        hsn=item["hsn"],
        quantity=item["quantity"],
        unit_price=Money(item["unit_price"], currency),
        breakdown=tuple(component_of(component, currency) for component in item["breakdown"]),
        line_total=Money(item["line_total"], currency),
        discount=Money(item["discount"], currency),
        tax=LineTax(
            kind=TaxKind(item["tax_kind"]),
            rate_bp=item["tax_rate_bp"],
            taxable=Money(item["taxable"], currency),
            cgst=Money(item["cgst"], currency),
            sgst=Money(item["sgst"], currency),
            igst=Money(item["igst"], currency),
        ),
        needs=item["needs"],
    )


def _buyer_of(row: Row) -> Buyer:
    owner: OrderOwner = CustomerOrder(row["customer_id"]) if row["customer_id"] else GuestOrder(row["guest_token_hash"])
    return Buyer(
        owner=owner,
        email=Email(row["email"]),
        phone=Phone(row["phone"]),
        shipping_address=address_of(row["shipping_address"]),
        billing_address=address_of(row["billing_address"]) if row["billing_address"] else None,
        gstin=Gstin(row["gstin"]) if row["gstin"] else None,
    )


def _amounts_of(row: Row, currency: str) -> Amounts:
    return Amounts(
        subtotal=Money(row["subtotal"], currency),
        discount=Money(row["discount"], currency),
        shipping=PricedFee(Money(row["shipping_fee"], currency), tax_of(row["shipping_tax"], currency)),
        cod=PricedFee(Money(row["cod_fee"], currency), tax_of(row["cod_tax"], currency)),
        tax_total=Money(row["tax_total"], currency),
        total=Money(row["total"], currency),
    )
