"""A parcel, packed from an order."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from domain.ordering.lines import OrderLine
from domain.ordering.order import Order
from domain.ordering.status import PaymentMethod
from domain.shipping.parcel import PackedParcel, ParcelLine, ParcelSize

SHOE_BOX: Final = ParcelSize(length=350, breadth=220, height=130, weight=1_200)
"""A pair in its box. More of them are stacked."""

LONGEST_NAME: Final = 100
"""Characters of a line on a carrier's papers."""


def packed(order: Order, reference: str, at: datetime) -> PackedParcel:
    """All pairs of an order in one parcel to the customer, who pays what it came to when it is COD."""
    return PackedParcel(
        reference=reference,
        order=order.ext_id,
        packed_at=at,
        recipient=order.buyer.shipping_address,
        email=order.buyer.email,
        phone=order.buyer.phone,
        lines=tuple(_line(position, line) for position, line in enumerate(order.lines, start=1)),
        payment_method=order.payment_method,
        fees=order.amounts.shipping.amount + order.amounts.cod.amount,
        value=order.amounts.total,
        size=stacked(order.pairs),
    )


def packed_for_return(order: Order, reference: str, at: datetime) -> PackedParcel:
    """The same parcel on its way back, where nothing is collected."""
    return replace(packed(order, reference, at), payment_method=PaymentMethod.PREPAID)


def stacked(pairs: int) -> ParcelSize:
    """The outer measures of so many pairs."""
    return replace(SHOE_BOX, height=SHOE_BOX.height * pairs, weight=SHOE_BOX.weight * pairs)


def _line(position: int, line: OrderLine) -> ParcelLine:
    """The position makes the sku unique: a carrier refuses one that comes twice."""
    choice = line.choice
    name = f"{line.product_title}, {choice.color.name}, EU {choice.size_eu} {choice.width}"
    return ParcelLine(
        sku=f"{line.design_code}-{position}",
        name=name[:LONGEST_NAME],
        hsn=line.hsn,
        units=line.quantity,
        unit_price=line.unit_price,
    )
