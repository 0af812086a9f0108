"""Designs: choosing one, what it costs, and the saved ones."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, field

from adapters.http import links, references
from adapters.http.schemas.base import (
    Amount,
    DesignCode,
    ExtId,
    Form,
    Href,
    Moment,
    Percent,
    Resource,
    WeekName,
    percent,
)
from application.designs.find_design import ChosenWish
from application.designs.quote_design import DesignQuote
from domain.cart.cart import MOST_PAIRS
from domain.catalogue.sizes import Size, SizeSystem
from domain.design.design import Design, DesignChoice
from domain.pricing.unit_price import PriceComponent
from domain.tax.gst import LineTax, TaxKind
from ports.designs import SavedDesign

ProductName = Annotated[
    str,
    Meta(pattern=references.PRODUCT, description="A product's slug or id.", examples=["oxford-roma"]),
]
OptionName = Annotated[str, Meta(pattern=references.OPTION, description="An option's extId or id.")]
PinCodeText = Annotated[
    str,
    Meta(pattern=r"^[1-9][0-9]{2} ?[0-9]{3}$", description="A PIN code of India Post.", examples=["560001"]),
]
Pairs = Annotated[int, Meta(ge=1, le=MOST_PAIRS, description="How many pairs.", examples=[1])]


class SizeForm(Form):
    """A size as somebody says it."""

    system: Annotated[SizeSystem, Meta(examples=["EU"])]
    value: Annotated[str, Meta(pattern=r"^[1-9][0-9]?(\.5)?$", description="Whole or half.", examples=["42.5"])]


class ChoiceForm(Form):
    """A complete choice for a product that is named elsewhere."""

    style_id: Annotated[OptionName, Meta(examples=["CAPTOE"])]
    sole_id: Annotated[OptionName, Meta(examples=["GOODYEAR-LEATHER"])]
    material_id: Annotated[OptionName, Meta(examples=["CALF"])]
    color_id: Annotated[OptionName, Meta(examples=["CALF-COGNAC"])]
    size: SizeForm
    width: Annotated[str, Meta(pattern="^[A-H]{1,2}$", examples=["F"])]
    monogram: Annotated[str, Meta(max_length=10, description="Initials; none when null.")] | None = None

    def choice(self) -> DesignChoice:
        """The same for the domain."""
        return DesignChoice(
            style=self.style_id,
            sole=self.sole_id,
            material=self.material_id,
            color=self.color_id,
            size=Size(self.size.system, self.size.value),
            width=self.width,
            monogram=self.monogram,
        )


class QuoteForm(ChoiceForm):
    """What pairs of a choice cost, delivered somewhere."""

    quantity: Pairs = 1
    pincode: Annotated[PinCodeText | None, Meta(description="Decides how GST is split.")] = None


class SaveDesignForm(ChoiceForm):
    """A choice to keep."""

    product_id: ProductName

    def wish(self) -> ChosenWish:
        """The same for the use cases."""
        return ChosenWish(self.product_id, self.choice())


class PriceComponentResource(Resource):
    """A part of a unit price: base, style, sole, material, color or monogram."""

    code: str
    label: str
    amount: Amount

    @classmethod
    def of(cls, part: PriceComponent) -> PriceComponentResource:
        """A part."""
        return cls(code=part.code, label=part.label, amount=Amount.of(part.amount))


class IncludedTaxResource(Resource):
    """The tax that a price contains."""

    rate: Percent
    amount: Amount
    inclusive: Annotated[bool, Meta(description="True: prices include it.")]
    kind: TaxKind

    @classmethod
    def of(cls, tax: LineTax) -> IncludedTaxResource:
        """The tax of a line."""
        return cls(rate=percent(tax.rate_bp), amount=Amount.of(tax.total), inclusive=True, kind=tax.kind)


class QuoteLinks(Resource):
    """The product that was quoted, where the design is saved, and where it is put into the cart."""

    product: Href
    designs: Href
    cart: Href


class QuoteResource(Resource):
    """What pairs of a design cost, and when they would be ready. Promises nothing."""

    design_code: DesignCode
    unit_price: Amount
    breakdown: list[PriceComponentResource]
    quantity: int
    line_total: Amount
    tax: IncludedTaxResource
    lead_time_days: int
    promised_week: Annotated[WeekName | None, Meta(description="Null: no week has room.")]
    available: Annotated[bool, Meta(description="Whether the pairs could be ordered this moment.")]
    links: QuoteLinks = field(name="_links")

    @classmethod
    def of(cls, quote: DesignQuote, product: str) -> QuoteResource:
        """A quote for a product (slug or id)."""
        return cls(
            design_code=quote.design_code,
            unit_price=Amount.of(quote.unit_price.amount),
            breakdown=[PriceComponentResource.of(each) for each in quote.unit_price.breakdown],
            quantity=quote.quantity,
            line_total=Amount.of(quote.line_total),
            tax=IncludedTaxResource.of(quote.tax),
            lead_time_days=quote.lead_time_days,
            promised_week=str(quote.promised_week) if quote.promised_week else None,
            available=quote.available,
            links=QuoteLinks(product=links.product(product), designs=links.DESIGNS, cart=links.CART_ITEMS),
        )


class SizeResource(Resource):
    """A size."""

    system: SizeSystem
    value: str

    @classmethod
    def eu(cls, value: str) -> SizeResource:
        """A size inside the shop, which counts in EU sizes."""
        return cls(system=SizeSystem.EU, value=value)


class DesignLinks(Resource):
    """Where a design is, its product, and where it is priced."""

    self: Href
    product: Href
    quote: Href


class SavedChoiceResource(Resource):
    """A choice, as it may be sent again: options by extId."""

    style_id: ExtId
    sole_id: ExtId
    material_id: ExtId
    color_id: ExtId
    size: SizeResource
    width: str
    monogram: str | None

    @classmethod
    def of(cls, design: Design) -> SavedChoiceResource:
        """The choice that made a design."""
        return cls(
            style_id=design.style,
            sole_id=design.sole,
            material_id=design.material,
            color_id=design.color,
            size=SizeResource.eu(design.size_eu),
            width=design.width,
            monogram=design.monogram,
        )


class DesignResource(Resource):
    """A saved design."""

    code: DesignCode
    product_id: str
    choice: SavedChoiceResource
    created_at: Moment
    links: DesignLinks = field(name="_links")

    @classmethod
    def of(cls, saved: SavedDesign) -> DesignResource:
        """A saved design."""
        design = saved.design
        product = links.product(design.product_id)
        return cls(
            code=design.code,
            product_id=design.product_id,
            choice=SavedChoiceResource.of(design),
            created_at=saved.created_at,
            links=DesignLinks(self=links.design(design.code), product=product, quote=f"{product}/quote"),
        )
