"""A parcel holds what was ordered, in boxes, with papers that a carrier takes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.money import Money
from domain.ordering.status import PaymentMethod
from domain.shipping.packing import LONGEST_NAME, packed, packed_for_return
from domain.shipping.parcel import ParcelSize
from tests.builders import NOW, a_design, a_product, an_order

ROMA = a_product().with_monogram().build()


def test_a_parcel_is_what_was_ordered() -> None:
    """Whom it goes to, what it came to, which fees are in it."""
    order = an_order().of(ROMA).with_shipping_fee(9_900).paid_on_delivery(fee=4_900).numbered("IS-2026-000001").build()
    parcel = packed(order, "IS-2026-000001-1", NOW)
    assert (parcel.reference, parcel.order, parcel.packed_at) == ("IS-2026-000001-1", "IS-2026-000001", NOW)
    assert (parcel.recipient, parcel.email, parcel.phone) == (
        order.buyer.shipping_address,
        order.buyer.email,
        order.buyer.phone,
    )
    assert (parcel.payment_method, parcel.value, parcel.fees) == (
        PaymentMethod.COD,
        order.amounts.total,
        Money(9_900 + 4_900),
    )


def test_a_line_names_pairs_as_a_courier_reads_them() -> None:
    """With what the customs of the states want to know."""
    design = a_design().of(ROMA).in_size("42").build()
    (line,) = packed(an_order().of(ROMA, design, pairs=2).build(), "1", NOW).lines
    assert line.name == "Oxford Roma, Calf cognac, EU 42 F"
    assert (line.sku, line.units, line.hsn) == (f"{design.code}-1", 2, ROMA.hsn)
    assert line.unit_price == Money(1_299_900)


def test_no_sku_comes_twice() -> None:
    """A carrier refuses a parcel with two lines of one sku; the same design may be bought twice."""
    order = an_order().of(ROMA).of(ROMA).of(ROMA).build()
    skus = [line.sku for line in packed(order, "1", NOW).lines]
    assert len(set(skus)) == 3


def test_names_fit_on_papers() -> None:
    """However a product is called."""
    order = an_order().of(ROMA).build()
    order.lines = (replace(order.lines[0], product_title="R" * 500),)
    (line,) = packed(order, "1", NOW).lines
    assert len(line.name) == LONGEST_NAME


@pytest.mark.parametrize(("pairs", "height", "weight"), [(1, 130, 1_200), (3, 390, 3_600)])
def test_boxes_are_stacked(pairs: int, height: int, weight: int) -> None:
    """Millimetres and grams, over all lines."""
    size = packed(an_order().of(ROMA, pairs=pairs).build(), "1", NOW).size
    assert size == ParcelSize(length=350, breadth=220, height=height, weight=weight)


def test_nothing_is_collected_on_the_way_back() -> None:
    """Whatever was agreed on the way out."""
    order = an_order().of(ROMA).paid_on_delivery().build()
    assert packed_for_return(order, "1", NOW) == replace(packed(order, "1", NOW), payment_method=PaymentMethod.PREPAID)
