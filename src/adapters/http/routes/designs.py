"""Saved designs."""

from __future__ import annotations

from typing import Final

from litestar.params import FromPath

from adapters.http import links
from adapters.http.contract import CREATES, PUBLIC, Contract, endpoint
from adapters.http.envelope import FOREVER, document, location, private, public
from adapters.http.exchange import AnyRequest
from adapters.http.references import design_code
from adapters.http.reply import Reply
from adapters.http.schemas.designs import DesignResource, SaveDesignForm
from adapters.http.use_cases import Provided
from adapters.http.validation import read_body
from application.designs.get_design import GetDesign
from application.designs.save_design import SaveDesign

TAG: Final = "Designs"


@endpoint(
    "POST",
    "/designs",
    Contract(
        operation="saveDesign",
        tag=TAG,
        summary="Save a design, to find and share it by its code",
        description="The same design has the same code: saving it again changes nothing.",
        body=(SaveDesignForm,),
        answers=DesignResource,
        status=201,
        traits=(CREATES,),
        problems=("resource-not-found", "design-not-buildable"),
    ),
)
async def save_design(request: AnyRequest, save_design: Provided[SaveDesign]) -> Reply:
    """Save a buildable choice."""
    form = await read_body(request, SaveDesignForm)
    saved = await save_design(form.wish())
    here = links.design(saved.design.code)
    return private(request, document(DesignResource.of(saved), here), status=201, headers=[location(here)])


@endpoint(
    "GET",
    "/designs/{code:str}",
    Contract(
        operation="getDesign",
        tag=TAG,
        summary="Find a saved design",
        answers=DesignResource,
        traits=(PUBLIC,),
    ),
)
async def get_design(request: AnyRequest, code: FromPath[str], get_design: Provided[GetDesign]) -> Reply:
    """A saved design by its code: it never changes."""
    saved = await get_design(design_code(code))
    return public(request, document(DesignResource.of(saved), links.design(saved.design.code)), FOREVER)


ROUTES: Final = (save_design, get_design)
