"""From what a customer names to a design with its price."""

from __future__ import annotations

from dataclasses import dataclass

from domain.design.design import DesignChoice
from domain.errors import NotFound
from domain.pricing.quoted_line import QuotedLine, quote_line
from ports.designs import DesignViews
from ports.products import Products


@dataclass(frozen=True, slots=True)
class ChosenWish:
    """A choice for a product, named by its slug or id."""

    product: str
    choice: DesignChoice


@dataclass(frozen=True, slots=True)
class SavedWish:
    """A design that was saved before."""

    design_code: str


DesignWish = ChosenWish | SavedWish


@dataclass(frozen=True, slots=True)
class DesignFinder:
    """Finds the product of a wish, checks that it can be built, and prices it."""

    products: Products
    saved: DesignViews

    async def quote(self, wish: DesignWish, quantity: int) -> QuotedLine:
        """The wish as a line. Raises NotFound and DesignNotBuildable."""
        match wish:
            case ChosenWish(product=reference, choice=choice):
                product = await self.products.find(reference)
                if product is None:
                    raise NotFound("product", reference)
                return quote_line(product, product.design(choice), quantity)
            case SavedWish(design_code=code):
                saved = await self.saved.find(code)
                if saved is None:
                    raise NotFound("design", code)
                design = saved.design
                products = await self.products.named({design.product_id})
                return quote_line(products.get(design.product_id), design, quantity)
