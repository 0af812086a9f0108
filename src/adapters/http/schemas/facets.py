"""How many products there are of what."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from msgspec import Meta, field

from adapters.http import links
from adapters.http.schemas.base import Amount, Href, Resource
from domain.money import Money
from ports.catalogue_views import FacetCount, Facets, PriceBand


class FacetCountResource(Resource):
    """How many products have a value."""

    value: str
    count: int

    @classmethod
    def all_of(cls, counts: Iterable[FacetCount]) -> list[FacetCountResource]:
        """The counts of one facet."""
        return [cls(value=each.value, count=each.count) for each in counts]


class PriceBandResource(Resource):
    """How many products cost so much. Both ends belong to the band: they can be used as filters."""

    min_price: Amount
    max_price: Annotated[Amount | None, Meta(description="Null: there is no highest price.")]
    count: int

    @classmethod
    def of(cls, band: PriceBand) -> PriceBandResource:
        """A band."""
        return cls(
            min_price=Amount.of(Money(band.low)),
            max_price=None if band.high is None else Amount.of(Money(band.high - 1)),
            count=band.count,
        )


class FacetsLinks(Resource):
    """Where the products are that were counted."""

    self: Href
    products: Href


class FacetsResource(Resource):
    """Counts for the same filters as the list of products."""

    categories: list[FacetCountResource]
    materials: list[FacetCountResource]
    color_families: list[FacetCountResource]
    price_bands: list[PriceBandResource]
    links: FacetsLinks = field(name="_links")

    @classmethod
    def of(cls, facets: Facets, query: str) -> FacetsResource:
        """The counts for a query ("" or "?…")."""
        return cls(
            categories=FacetCountResource.all_of(facets.categories),
            materials=FacetCountResource.all_of(facets.materials),
            color_families=FacetCountResource.all_of(facets.color_families),
            price_bands=[PriceBandResource.of(each) for each in facets.price_bands],
            links=FacetsLinks(self=links.FACETS + query, products=links.PRODUCTS + query),
        )
