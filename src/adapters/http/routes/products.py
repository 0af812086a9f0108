"""Products, and what one of them costs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from litestar.params import FromPath

from adapters.http import links
from adapters.http.contract import DATED, PUBLIC, Contract, endpoint
from adapters.http.cursor import decode_cursor
from adapters.http.envelope import CATALOGUE_CACHE, Document, document, private, public
from adapters.http.exchange import AnyRequest
from adapters.http.paging import page_document, pagination_of
from adapters.http.references import product_reference
from adapters.http.remembered import Remembered
from adapters.http.reply import Reply
from adapters.http.schemas.base import Resource
from adapters.http.schemas.designs import QuoteForm, QuoteResource
from adapters.http.schemas.options import MaterialResource, MaterialsQuery, SoleResource, StyleResource
from adapters.http.schemas.products import ProductCardResource, ProductListQuery, ProductResource
from adapters.http.use_cases import Provided
from adapters.http.validation import read_body, read_query
from application.designs.find_design import ChosenWish
from application.designs.quote_design import QuoteDesign, QuoteDesignQuery
from domain.catalogue.product import Product
from domain.errors import NotFound
from ports.catalogue_views import CatalogueViews, ProductCard
from ports.paging import Page

TAG: Final = "Catalogue"


@endpoint(
    "GET",
    "/products",
    Contract(
        operation="listProducts",
        tag=TAG,
        summary="Look for products",
        query=ProductListQuery,
        answers=ProductCardResource,
        many=True,
        paged=True,
        traits=(PUBLIC, DATED),
        problems=("invalid-cursor",),
    ),
)
async def list_products(request: AnyRequest, catalogue: Provided[CatalogueViews]) -> Reply:
    """One page of the products that a shopper looks for."""
    query = read_query(request, ProductListQuery)
    after = decode_cursor(query.question(), query.cursor) if query.cursor else None
    page = await catalogue.list_products(query.filter(), query.sort, limit=query.limit, after=after)
    return public(request, _page(page, query), CATALOGUE_CACHE)


@endpoint(
    "GET",
    "/products/{product:str}",
    Contract(
        operation="getProduct",
        tag=TAG,
        summary="See a product with everything that can be chosen",
        answers=ProductResource,
        traits=(PUBLIC, DATED),
    ),
)
async def get_product(request: AnyRequest, product: FromPath[str], catalogue: Provided[CatalogueViews]) -> Reply:
    """A product by its slug or id."""
    found = await _product(catalogue, product)
    return public(request, _product_document(found, None), CATALOGUE_CACHE)


@endpoint(
    "GET",
    "/products/{product:str}/materials",
    Contract(
        operation="listMaterialsOfProduct",
        tag=TAG,
        summary="See which materials a product comes in",
        query=MaterialsQuery,
        answers=MaterialResource,
        many=True,
        traits=(PUBLIC,),
    ),
)
async def list_materials_of_product(
    request: AnyRequest, product: FromPath[str], catalogue: Provided[CatalogueViews]
) -> Reply:
    """The materials of a product, in the order of its catalogue entry."""
    query = read_query(request, MaterialsQuery)
    found = await _product(catalogue, product)
    offered = [MaterialResource.of(each, query.family) for each in query.narrow(found.materials)]
    return _options(request, found, "materials", offered)


@endpoint(
    "GET",
    "/products/{product:str}/styles",
    Contract(
        operation="listStylesOfProduct",
        tag=TAG,
        summary="See which styles a product comes in",
        answers=StyleResource,
        many=True,
        traits=(PUBLIC,),
    ),
)
async def list_styles_of_product(
    request: AnyRequest, product: FromPath[str], catalogue: Provided[CatalogueViews]
) -> Reply:
    """The styles of a product, in the order of its catalogue entry."""
    found = await _product(catalogue, product)
    return _options(request, found, "styles", [StyleResource.of(each) for each in found.styles])


@endpoint(
    "GET",
    "/products/{product:str}/soles",
    Contract(
        operation="listSolesOfProduct",
        tag=TAG,
        summary="See which soles a product comes on",
        answers=SoleResource,
        many=True,
        traits=(PUBLIC,),
    ),
)
async def list_soles_of_product(
    request: AnyRequest, product: FromPath[str], catalogue: Provided[CatalogueViews]
) -> Reply:
    """The soles of a product, in the order of its catalogue entry."""
    found = await _product(catalogue, product)
    return _options(request, found, "soles", [SoleResource.of(each) for each in found.soles])


@endpoint(
    "POST",
    "/products/{product:str}/quote",
    Contract(
        operation="quoteDesign",
        tag=TAG,
        summary="Price a choice",
        description="What pairs of a choice cost, with the tax in it, and when they would be ready. Promises nothing.",
        body=(QuoteForm,),
        answers=QuoteResource,
        problems=("design-not-buildable",),
    ),
)
async def quote_design(request: AnyRequest, product: FromPath[str], quote_design: Provided[QuoteDesign]) -> Reply:
    """A quote for a choice of a product."""
    reference = product_reference(product)
    form = await read_body(request, QuoteForm)
    wish = ChosenWish(reference, form.choice())
    quote = await quote_design(QuoteDesignQuery(wish, form.quantity, form.pincode))
    resource = QuoteResource.of(quote, reference)
    return private(request, document(resource, f"{links.product(reference)}/quote"))


ROUTES: Final = (
    list_products,
    get_product,
    list_materials_of_product,
    list_styles_of_product,
    list_soles_of_product,
    quote_design,
)


async def _product(catalogue: CatalogueViews, reference: str) -> Product:
    found = await catalogue.product(product_reference(reference))
    if found is None:
        raise NotFound("product", reference)
    return found


def _options(request: AnyRequest, product: Product, group: str, resources: Sequence[Resource]) -> Reply:
    here = links.product(product.product_id)
    return public(request, document(resources, f"{here}/{group}", related={"product": here}), CATALOGUE_CACHE)


def _encode_product(product: Product, _: None) -> Document:
    return document(
        ProductResource.of(product),
        links.product(product.product_id),
        last_modified=product.updated_at,
        related={"products": links.PRODUCTS},
    )


def _encode_page(page: Page[ProductCard], query: ProductListQuery) -> Document:
    return page_document(
        [ProductCardResource.of(card) for card in page.items],
        links.PRODUCTS,
        query,
        pagination_of(query.question(), query.limit, page.next),
        last_modified=max((card.updated_at for card in page.items), default=None),
        related={"facets": links.FACETS + query.filters().text()},
    )


_product_document: Final = Remembered(_encode_product, size=256)
_page: Final = Remembered(_encode_page, size=256)
