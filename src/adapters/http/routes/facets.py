"""How many products there are of what."""

from __future__ import annotations

from typing import Final

from adapters.http import links
from adapters.http.contract import PUBLIC, Contract, endpoint
from adapters.http.envelope import CATALOGUE_CACHE, Document, document, public
from adapters.http.exchange import AnyRequest
from adapters.http.remembered import Remembered
from adapters.http.reply import Reply
from adapters.http.schemas.facets import FacetsResource
from adapters.http.schemas.products import ProductFilterQuery
from adapters.http.use_cases import Provided
from adapters.http.validation import read_query
from ports.catalogue_views import CatalogueViews, Facets


@endpoint(
    "GET",
    "/catalogue/facets",
    Contract(
        operation="getFacets",
        tag="Catalogue",
        summary="Count products by category, material, colour family and price",
        query=ProductFilterQuery,
        answers=FacetsResource,
        traits=(PUBLIC,),
    ),
)
async def get_facets(request: AnyRequest, catalogue: Provided[CatalogueViews]) -> Reply:
    """Counts for the same filters as the list of products."""
    query = read_query(request, ProductFilterQuery)
    return public(request, _facets(await catalogue.facets(query.filter()), query), CATALOGUE_CACHE)


ROUTES: Final = (get_facets,)


def _encode(facets: Facets, query: ProductFilterQuery) -> Document:
    asked = query.text()
    return document(
        FacetsResource.of(facets, asked), links.FACETS + asked, related={"products": links.PRODUCTS + asked}
    )


_facets: Final = Remembered(_encode, size=64)
