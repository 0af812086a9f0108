"""Carts."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType, field

from adapters.http import links
from adapters.http.schemas.base import Amount, DesignCode, Form, Href, Moment, Resource
from adapters.http.schemas.designs import ChoiceForm, Pairs, ProductName, SizeResource
from adapters.http.schemas.products import image_of
from application.cart.view import CartItemView, CartView
from application.designs.find_design import ChosenWish, SavedWish
from domain.catalogue.product import Product
from domain.ordering.lines import ChosenDesign, ChosenOption


class AddChoiceForm(ChoiceForm):
    """Pairs of a choice, to be put into the cart."""

    product_id: ProductName
    quantity: Pairs

    def wish(self) -> ChosenWish:
        """The same for the use cases."""
        return ChosenWish(self.product_id, self.choice())


class AddDesignForm(Form):
    """Pairs of a saved design, to be put into the cart."""

    design_code: DesignCode
    quantity: Pairs

    def wish(self) -> SavedWish:
        """The same for the use cases."""
        return SavedWish(self.design_code)


class ChangeQuantityForm(Form):
    """How many pairs there are to be."""

    quantity: Pairs


class ChosenOptionResource(Resource):
    """An option with its name."""

    ext_id: str
    name: str

    @classmethod
    def of(cls, option: ChosenOption) -> ChosenOptionResource:
        """An option."""
        return cls(ext_id=option.ext_id, name=option.name)


class ChoiceResource(Resource):
    """A design in words."""

    style: ChosenOptionResource
    sole: ChosenOptionResource
    material: ChosenOptionResource
    color: ChosenOptionResource
    size: SizeResource
    width: str
    monogram: str | None

    @classmethod
    def of(cls, choice: ChosenDesign) -> ChoiceResource:
        """A choice."""
        return cls(
            style=ChosenOptionResource.of(choice.style),
            sole=ChosenOptionResource.of(choice.sole),
            material=ChosenOptionResource.of(choice.material),
            color=ChosenOptionResource.of(choice.color),
            size=SizeResource.eu(choice.size_eu),
            width=choice.width,
            monogram=choice.monogram,
        )


class CartProductResource(Resource):
    """The product of a cart's line, in short."""

    id: UUID
    product_id: str
    title: str
    image: str | None

    @classmethod
    def of(cls, product: Product) -> CartProductResource:
        """A product."""
        return cls(id=product.id, product_id=product.product_id, title=product.title, image=image_of(product))


class CartItemLinks(Resource):
    """Where a line is changed and removed, and its product."""

    self: Href
    product: Href


class CartItemResource(Resource):
    """A line of a cart. Its id is its design code."""

    id: DesignCode
    design_code: DesignCode
    product: Annotated[CartProductResource | None, Meta(description="Null: it is no longer offered.")]
    choice: Annotated[ChoiceResource | None, Meta(description="Null: it can't be made any more.")]
    quantity: int
    unit_price: Amount
    line_total: Amount
    price_changed: Annotated[bool, Meta(description="Since you last touched this line.")]
    available: Annotated[bool, Meta(description="Whether so many pairs could be ordered this moment.")]
    links: CartItemLinks = field(name="_links")

    @classmethod
    def of(cls, item: CartItemView) -> CartItemResource:
        """A line."""
        design = item.design
        return cls(
            id=design.code,
            design_code=design.code,
            product=CartProductResource.of(item.product) if item.product else None,
            choice=ChoiceResource.of(item.choice) if item.choice else None,
            quantity=item.quantity,
            unit_price=Amount.of(item.unit_price),
            line_total=Amount.of(item.line_total),
            price_changed=item.price_changed,
            available=item.available,
            links=CartItemLinks(self=links.cart_item(design.code), product=links.product(design.product_id)),
        )


class CartLinks(Resource):
    """Where the cart is, where things are put into it, and, when there are any, where they are priced."""

    self: Href
    items: Href
    checkout: Href | UnsetType


class CartResource(Resource):
    """A cart, priced as of now."""

    id: Annotated[UUID | None, Meta(description="Null: nothing was ever put into it.")]
    items: list[CartItemResource]
    item_count: Annotated[int, Meta(description="All pairs.")]
    subtotal: Amount
    discount: Amount
    total: Amount
    version: Annotated[int, Meta(description="Also its ETag.")]
    expires_at: Moment | None
    links: CartLinks = field(name="_links")

    @classmethod
    def of(cls, cart: CartView) -> CartResource:
        """A cart."""
        checkout = links.CHECKOUT_QUOTE if cart.items else UNSET
        return cls(
            id=cart.id,
            items=[CartItemResource.of(each) for each in cart.items],
            item_count=cart.item_count,
            subtotal=Amount.of(cart.subtotal),
            discount=Amount.of(cart.discount),
            total=Amount.of(cart.total),
            version=cart.version,
            expires_at=cart.expires_at,
            links=CartLinks(self=links.CART, items=links.CART_ITEMS, checkout=checkout),
        )
