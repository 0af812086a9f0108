"""A cart as its owner sees it: priced as of now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.cart.cart import Cart, CartLine
from domain.catalogue.errors import DesignNotBuildable
from domain.catalogue.product import Product
from domain.design.design import Design
from domain.money import NOTHING, Money
from domain.ordering.lines import ChosenDesign
from domain.pricing.quoted_line import QuotedLine, quote_line
from ports.products import Products
from ports.stock_views import StockViews


@dataclass(frozen=True, slots=True, kw_only=True)
class CartItemView:
    """A line of a cart. `price_changed` since its owner last touched the line.

    `product` and `choice` are None when the product is no longer in the catalogue; a
    line that can't be made (or not so often) is not `available`, and keeps its last price.
    """

    design: Design
    product: Product | None
    choice: ChosenDesign | None
    quantity: int
    unit_price: Money
    line_total: Money
    price_changed: bool
    available: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CartView:
    """A cart, or the empty cart (`id` None, version 0) of somebody who has none yet."""

    id: UUID | None
    items: tuple[CartItemView, ...]
    item_count: int
    subtotal: Money
    discount: Money
    total: Money
    version: int
    expires_at: datetime | None


EMPTY_CART = CartView(
    id=None, items=(), item_count=0, subtotal=NOTHING, discount=NOTHING, total=NOTHING, version=0, expires_at=None
)


@dataclass(frozen=True, slots=True)
class CartReader:
    """Prices a cart and looks up what is left, in two reads however many lines there are."""

    products: Products
    stock: StockViews

    async def view(self, cart: Cart) -> CartView:
        """The cart as it is now."""
        products = await self.products.named({line.design.product_id for line in cart.lines})
        quoted = {line.line_id: _quoted(line, products) for line in cart.lines}
        skus = {sku for line in quoted.values() if line for sku in line.needs}
        available = await self.stock.available(skus) if skus else {}
        items = tuple(_item(line, quoted[line.line_id], products, available) for line in cart.lines)
        subtotal = Money.total(item.line_total for item in items)
        return CartView(
            id=cart.id,
            items=items,
            item_count=cart.pairs,
            subtotal=subtotal,
            discount=NOTHING,
            total=subtotal,
            version=cart.version,
            expires_at=cart.expires_at,
        )


def _quoted(line: CartLine, products: Mapping[str, Product]) -> QuotedLine | None:
    try:
        return quote_line(products.get(line.design.product_id), line.design, line.quantity)
    except DesignNotBuildable:
        return None


def _item(
    line: CartLine, quoted: QuotedLine | None, products: Mapping[str, Product], available: Mapping[str, int]
) -> CartItemView:
    price = quoted.price.amount if quoted else line.seen_price
    return CartItemView(
        design=line.design,
        product=products.get(line.design.product_id),
        choice=ChosenDesign.of(quoted.product, line.design) if quoted else None,
        quantity=line.quantity,
        unit_price=price,
        line_total=price * line.quantity,
        price_changed=price != line.seen_price,
        available=quoted is not None
        and all(available.get(sku, 0) >= need * line.quantity for sku, need in quoted.needs.items()),
    )
