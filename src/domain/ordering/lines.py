"""What was bought, as it was when it was bought."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from domain.catalogue.options import Option
from domain.catalogue.product import Product
from domain.design.design import Design
from domain.inventory.bill_of_materials import BillOfMaterials
from domain.money import Money
from domain.pricing.unit_price import PriceComponent
from domain.tax.gst import LineTax


@dataclass(frozen=True, slots=True)
class ChosenOption:
    """An option with the name that it had."""

    ext_id: str
    name: str


@dataclass(frozen=True, slots=True)
class ChosenDesign:
    """A design in words: what the customer and the workshop read."""

    style: ChosenOption
    sole: ChosenOption
    material: ChosenOption
    color: ChosenOption
    size_eu: str
    width: str
    monogram: str | None

    @classmethod
    def of(cls, product: Product, design: Design) -> ChosenDesign:
        """Name the options of a design as the product names them now."""

        def chosen(option: Option) -> ChosenOption:
            return ChosenOption(option.ext_id, option.name)

        return cls(
            style=chosen(product.style(design.style)),
            sole=chosen(product.sole(design.sole)),
            material=chosen(product.material(design.material)),
            color=chosen(product.color(design.material, design.color)),
            size_eu=design.size_eu,
            width=design.width,
            monogram=design.monogram,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLine:
    """Pairs of one design in an order: names, prices and taxes of that day, for ever.

    `line_total` is unit price times quantity; `discount` is this line's share; the tax is
    on what is left. `needs` is what all pairs of the line take from the shelf.
    """

    id: UUID
    design_code: str
    product_id: str
    product_title: str
    choice: ChosenDesign
    hsn: str
    quantity: int
    unit_price: Money
    breakdown: tuple[PriceComponent, ...]
    line_total: Money
    discount: Money
    tax: LineTax
    needs: BillOfMaterials
