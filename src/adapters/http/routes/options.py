"""Materials with their colours, styles and soles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from litestar.params import FromPath
from msgspec import Struct

from adapters.http import links
from adapters.http.contract import PUBLIC, Contract, endpoint
from adapters.http.envelope import CATALOGUE_CACHE, document, public
from adapters.http.exchange import AnyRequest
from adapters.http.references import material_reference
from adapters.http.reply import Reply
from adapters.http.schemas.options import (
    ColorResource,
    ColorsQuery,
    MaterialResource,
    MaterialsQuery,
    SoleResource,
    StyleResource,
)
from adapters.http.use_cases import Provided
from adapters.http.validation import read_query
from domain.catalogue.options import Material
from domain.errors import NotFound
from ports.catalogue_views import CatalogueViews

TAG: Final = "Catalogue"


@endpoint(
    "GET",
    "/materials",
    Contract(
        operation="listMaterials",
        tag=TAG,
        summary="See all materials",
        query=MaterialsQuery,
        answers=MaterialResource,
        many=True,
        traits=(PUBLIC,),
    ),
)
async def list_materials(request: AnyRequest, catalogue: Provided[CatalogueViews]) -> Reply:
    """Materials by name."""
    query = read_query(request, MaterialsQuery)
    found = await catalogue.materials(query.category, query.family)
    return _listed(request, [MaterialResource.of(each) for each in found], links.MATERIALS + query.text())


@endpoint(
    "GET",
    "/materials/{material:str}",
    Contract(
        operation="getMaterial",
        tag=TAG,
        summary="See a material",
        answers=MaterialResource,
        traits=(PUBLIC,),
    ),
)
async def get_material(request: AnyRequest, material: FromPath[str], catalogue: Provided[CatalogueViews]) -> Reply:
    """A material by its ext_id or id."""
    found = await _material(catalogue, material)
    told = document(MaterialResource.of(found), links.material(found.ext_id), related={"materials": links.MATERIALS})
    return public(request, told, CATALOGUE_CACHE)


@endpoint(
    "GET",
    "/materials/{material:str}/colors",
    Contract(
        operation="listColorsOfMaterial",
        tag=TAG,
        summary="See which colours a material comes in",
        query=ColorsQuery,
        answers=ColorResource,
        many=True,
        traits=(PUBLIC,),
    ),
)
async def list_colors_of_material(
    request: AnyRequest, material: FromPath[str], catalogue: Provided[CatalogueViews]
) -> Reply:
    """The colours of a material."""
    query = read_query(request, ColorsQuery)
    found = await _material(catalogue, material)
    here = f"{links.material(found.ext_id)}/colors{query.text()}"
    return _listed(request, [ColorResource.of(each, found) for each in query.narrow(found.colors)], here)


@endpoint(
    "GET",
    "/styles",
    Contract(
        operation="listStyles",
        tag=TAG,
        summary="See all styles",
        answers=StyleResource,
        many=True,
        traits=(PUBLIC,),
    ),
)
async def list_styles(request: AnyRequest, catalogue: Provided[CatalogueViews]) -> Reply:
    """Styles by name."""
    return _listed(request, [StyleResource.of(each) for each in await catalogue.styles()], links.STYLES)


@endpoint(
    "GET",
    "/soles",
    Contract(
        operation="listSoles",
        tag=TAG,
        summary="See all soles",
        answers=SoleResource,
        many=True,
        traits=(PUBLIC,),
    ),
)
async def list_soles(request: AnyRequest, catalogue: Provided[CatalogueViews]) -> Reply:
    """Soles by name."""
    return _listed(request, [SoleResource.of(each) for each in await catalogue.soles()], links.SOLES)


ROUTES: Final = (list_materials, get_material, list_colors_of_material, list_styles, list_soles)


async def _material(catalogue: CatalogueViews, reference: str) -> Material:
    found = await catalogue.material(material_reference(reference))
    if found is None:
        raise NotFound("material", reference)
    return found


def _listed(request: AnyRequest, resources: Sequence[Struct], here: str) -> Reply:
    return public(request, document(resources, here, related={"products": links.PRODUCTS}), CATALOGUE_CACHE)
