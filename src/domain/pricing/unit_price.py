"""What one pair of a design costs, and why."""

from __future__ import annotations

from dataclasses import dataclass

from domain.catalogue.product import Product
from domain.design.design import Design
from domain.money import Money


@dataclass(frozen=True, slots=True)
class PriceComponent:
    """A part of a unit price: `code` is base, style, sole, material, color or monogram."""

    code: str
    label: str
    amount: Money


@dataclass(frozen=True, slots=True)
class UnitPrice:
    """The price of a pair (GST included) and the parts that it is the sum of."""

    amount: Money
    breakdown: tuple[PriceComponent, ...]


def unit_price(product: Product, design: Design) -> UnitPrice:
    """Base, then the surcharge of every option chosen, then the monogram.

    Options without a surcharge are left out of the breakdown. Raises
    DesignNotBuildable when the product no longer has an option of the design.
    """
    style = product.style(design.style)
    sole = product.sole(design.sole)
    material = product.material(design.material)
    color = product.color(design.material, design.color)
    parts = [
        PriceComponent("style", style.name, style.surcharge),
        PriceComponent("sole", sole.name, sole.surcharge),
        PriceComponent("material", material.name, material.surcharge),
        PriceComponent("color", color.name, color.surcharge),
    ]
    if design.monogram and product.monogram:
        parts.append(PriceComponent("monogram", f"Monogram {design.monogram}", product.monogram.surcharge))
    breakdown = (PriceComponent("base", product.title, product.base_price), *(part for part in parts if part.amount))
    return UnitPrice(Money.total(part.amount for part in breakdown), breakdown)
