"""Products, and how they are looked for."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from msgspec import Meta, field

from adapters.http import links, references
from adapters.http.schemas.base import Amount, Cursor, Href, Limit, Moment, Query, Resource
from adapters.http.schemas.options import MaterialResource, SoleResource, StyleResource
from domain.catalogue.options import ColorFamily, OptionKind
from domain.catalogue.product import Media, Product
from domain.catalogue.rules import OptionRef, Rule, RuleKind
from domain.catalogue.sizes import SizeSystem
from ports.catalogue_views import ProductCard, ProductFilter, ProductSort

Paise = Annotated[int, Meta(ge=0, le=1_000_000_000)]


class ProductFilterQuery(Query):
    """What a shopper looks for; all conditions must hold."""

    q: Annotated[str, Meta(min_length=1, max_length=100, description="Beginnings of words.")] | None = None
    category: Annotated[str, Meta(pattern=r"^[A-Z][A-Z_]{1,29}$", examples=["OXFORD"])] | None = None
    material: (
        Annotated[str, Meta(pattern=references.OPTION, description="A material's id or extId, or a category.")] | None
    ) = None
    color_family: ColorFamily | None = None
    min_price: Annotated[Paise | None, Meta(description="The least base price in paise.")] = None
    max_price: Annotated[Paise | None, Meta(description="The highest base price in paise.")] = None

    def filter(self) -> ProductFilter:
        """The same for the catalogue."""
        return ProductFilter(
            q=self.q,
            category=self.category,
            material=self.material,
            color_family=self.color_family,
            min_price=self.min_price,
            max_price=self.max_price,
        )


class ProductListQuery(ProductFilterQuery):
    """Which page of which products."""

    sort: Annotated[ProductSort, Meta(description="Ties by id.")] = ProductSort.NEWEST
    limit: Limit = 20
    cursor: Cursor | None = None

    def filters(self) -> ProductFilterQuery:
        """The conditions alone."""
        return ProductFilterQuery(
            q=self.q,
            category=self.category,
            material=self.material,
            color_family=self.color_family,
            min_price=self.min_price,
            max_price=self.max_price,
        )

    def question(self) -> tuple[ProductFilter, ProductSort]:
        """What a cursor belongs to: the page's size may change under way."""
        return self.filter(), self.sort


class RatingResource(Resource):
    """What buyers think of it, from 1 to 5; null when nobody has said yet."""

    average: float | None
    count: int


class ProductCardLinks(Resource):
    """Where a product is, and where it is priced."""

    self: Href
    quote: Href


class ProductCardResource(Resource):
    """A product in a list."""

    id: UUID
    product_id: Annotated[str, Meta(description="Its slug.", examples=["oxford-roma"])]
    title: str
    category: Annotated[str, Meta(examples=["OXFORD"])]
    brand: str
    price: Annotated[Amount, Meta(description="The base price: without any option's surcharge.")]
    is_active: bool
    image: Annotated[str | None, Meta(description="The address of its first picture.")]
    lead_time_days: int
    rating: RatingResource
    created_at: Moment
    updated_at: Moment
    links: ProductCardLinks = field(name="_links")

    @classmethod
    def of(cls, card: ProductCard) -> ProductCardResource:
        """A card."""
        here = links.product(card.product_id)
        return cls(
            id=card.id,
            product_id=card.product_id,
            title=card.title,
            category=card.category,
            brand=card.brand,
            price=Amount.of(card.price),
            is_active=card.is_active,
            image=card.image,
            lead_time_days=card.lead_time_days,
            rating=RatingResource(average=card.rating_average, count=card.rating_count),
            created_at=card.created_at,
            updated_at=card.updated_at,
            links=ProductCardLinks(self=here, quote=f"{here}/quote"),
        )


class SizesResource(Resource):
    """The sizes on offer as one system spells them, smallest first; every system lists the same sizes."""

    system: SizeSystem
    values: list[str]


class OptionRefResource(Resource):
    """One option of one group."""

    option: OptionKind
    ext_id: Annotated[str, Meta(description="A width is named by its letters.")]

    @classmethod
    def of(cls, reference: OptionRef) -> OptionRefResource:
        """A reference of a rule."""
        return cls(option=reference.option, ext_id=reference.ext_id)


class RuleResource(Resource):
    """Who chooses `when` may not have `then` (excludes), or must (requires)."""

    kind: RuleKind
    when: OptionRefResource
    then: OptionRefResource
    reason: str

    @classmethod
    def of(cls, rule: Rule) -> RuleResource:
        """A rule."""
        return cls(
            kind=rule.kind,
            when=OptionRefResource.of(rule.when),
            then=OptionRefResource.of(rule.then),
            reason=rule.reason,
        )


class MonogramResource(Resource):
    """Initials that can be had."""

    max_length: int
    surcharge: Amount


class MediaResource(Resource):
    """A picture, film or model. `kind` is image, video or model."""

    url: str
    alt: str
    kind: str

    @classmethod
    def of(cls, media: Media) -> MediaResource:
        """A medium."""
        return cls(url=media.url, alt=media.alt, kind=media.kind)


class ProductLinks(Resource):
    """Where a product is, what can be chosen for it, and where that is priced."""

    self: Href
    materials: Href
    styles: Href
    soles: Href
    quote: Href
    reviews: Href

    @classmethod
    def of(cls, product_id: str) -> ProductLinks:
        """The links of a product, by its slug."""
        here = links.product(product_id)
        return cls(
            self=here,
            materials=f"{here}/materials",
            styles=f"{here}/styles",
            soles=f"{here}/soles",
            quote=f"{here}/quote",
            reviews=f"{here}/reviews",
        )


class ProductResource(Resource):
    """A product with everything that can be chosen."""

    id: UUID
    product_id: Annotated[str, Meta(description="Its slug.", examples=["oxford-roma"])]
    title: str
    description: str
    category: Annotated[str, Meta(examples=["OXFORD"])]
    brand: str
    price: Annotated[Amount, Meta(description="The base price: without any option's surcharge.")]
    is_active: bool
    image: Annotated[str | None, Meta(description="The address of its first picture.")]
    lead_time_days: int
    rating: RatingResource
    materials: list[MaterialResource]
    styles: list[StyleResource]
    soles: list[SoleResource]
    sizes: list[SizesResource]
    widths: list[str]
    rules: list[RuleResource]
    monogram: MonogramResource | None
    media: list[MediaResource]
    created_at: Moment
    updated_at: Moment
    links: ProductLinks = field(name="_links")

    @classmethod
    def of(cls, product: Product) -> ProductResource:
        """A product. It has no reviews yet."""
        return cls(
            id=product.id,
            product_id=product.product_id,
            title=product.title,
            description=product.description,
            category=product.category,
            brand=product.brand,
            price=Amount.of(product.base_price),
            is_active=product.is_active,
            image=image_of(product),
            lead_time_days=product.lead_time_days,
            rating=RatingResource(average=None, count=0),
            materials=[MaterialResource.of(each) for each in product.materials],
            styles=[StyleResource.of(each) for each in product.styles],
            soles=[SoleResource.of(each) for each in product.soles],
            sizes=_sizes(product),
            widths=list(product.widths),
            rules=[RuleResource.of(each) for each in product.rules],
            monogram=_monogram(product),
            media=[MediaResource.of(each) for each in product.media],
            created_at=product.created_at,
            updated_at=product.updated_at,
            links=ProductLinks.of(product.product_id),
        )


def image_of(product: Product) -> str | None:
    """The address of a product's first picture."""
    return next((media.url for media in product.media if media.kind == "image"), None)


def _sizes(product: Product) -> list[SizesResource]:
    rows = product.offered_sizes
    return [SizesResource(system=each, values=[row.value_in(each) for row in rows]) for each in SizeSystem]


def _monogram(product: Product) -> MonogramResource | None:
    offer = product.monogram
    return MonogramResource(max_length=offer.max_length, surcharge=Amount.of(offer.surcharge)) if offer else None
