"""A line that somebody is about to buy: its design, its price, what it takes to make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.catalogue.errors import ChoiceProblem, DesignNotBuildable
from domain.catalogue.product import Product
from domain.catalogue.sizes import Size, SizeSystem
from domain.design.design import Design, DesignChoice
from domain.inventory.bill_of_materials import BillOfMaterials, bill_of_materials, total_needs
from domain.pricing.pipeline import PriceableLine
from domain.pricing.unit_price import UnitPrice, unit_price


@dataclass(frozen=True, slots=True)
class QuotedLine:
    """`quantity` pairs of a design at today's price. `needs` is what one pair consumes."""

    product: Product
    design: Design
    quantity: int
    price: UnitPrice
    needs: BillOfMaterials

    @property
    def priceable(self) -> PriceableLine:
        """The line as the price pipeline wants it."""
        return PriceableLine(self.design.code, self.price.amount, self.quantity)


def quote_line(product: Product | None, design: Design, quantity: int) -> QuotedLine:
    """Price a design as the catalogue is now.

    Raises DesignNotBuildable when the product is gone, or no longer offers the design.
    """
    if product is None or not product.is_active:
        gone = ChoiceProblem("product", "product-gone", f"{design.product_id} is no longer offered")
        raise DesignNotBuildable((gone,))
    product.design(
        DesignChoice(
            style=design.style,
            sole=design.sole,
            material=design.material,
            color=design.color,
            size=Size(SizeSystem.EU, design.size_eu),
            width=design.width,
            monogram=design.monogram,
        )
    )
    return QuotedLine(product, design, quantity, unit_price(product, design), bill_of_materials(product, design))


def needs_of(lines: Sequence[QuotedLine]) -> BillOfMaterials:
    """What all lines take from the shelf together."""
    return total_needs((line.needs, line.quantity) for line in lines)


def lead_time_of(lines: Sequence[QuotedLine]) -> int:
    """Days until the slowest line can be ready."""
    return max(line.product.lead_time_days for line in lines)
