"""What a pair of a design takes from the shelf."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import ROUND_CEILING, Decimal
from typing import Final

from domain.catalogue.product import Product
from domain.design.design import Design
from domain.inventory.stock import BOX_SKU, leather_sku, sole_sku

BillOfMaterials = Mapping[str, int]
"""Quantity (dm² of leather, pairs of soles, pieces of boxes) by sku."""

_REFERENCE_SIZE: Final = Decimal(42)
# An upper grows by about this share of the EU 42 pattern from one whole size to the next.
_GROWTH_PER_SIZE: Final = Decimal("0.025")


def bill_of_materials(product: Product, design: Design) -> BillOfMaterials:
    """What one pair consumes: leather by size (rounded up to a dm²), soles, a box."""
    factor = 1 + (Decimal(design.size_eu) - _REFERENCE_SIZE) * _GROWTH_PER_SIZE
    leather = (product.leather_dm2 * factor).to_integral_value(ROUND_CEILING)
    return {
        leather_sku(design.color): max(1, int(leather)),
        sole_sku(design.sole, design.size_eu): 1,
        BOX_SKU: 1,
    }


def total_needs(bills: Iterable[tuple[BillOfMaterials, int]]) -> BillOfMaterials:
    """What several lines consume together: (bill of one pair, pairs) for each line."""
    needs: Counter[str] = Counter()
    for bill, pairs in bills:
        for sku, quantity in bill.items():
            needs[sku] += quantity * pairs
    return dict(sorted(needs.items()))
