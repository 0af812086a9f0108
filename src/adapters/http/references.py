"""What people may call a thing in a path. What can't be a name is nothing that exists."""

from __future__ import annotations

import re
from typing import Final
from uuid import UUID

from domain.design.design import is_design_code
from domain.errors import NotFound

PRODUCT: Final = r"^[a-z0-9-]{3,50}$"
"""A slug, or an id: those are of the same characters."""

OPTION: Final = r"^[A-Za-z0-9-]{2,40}$"
"""An ext_id, or an id."""

DESIGN_CODE: Final = r"^[0-9A-HJKMNP-TV-Z]{12}$"

_UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
ID: Final = f"^{_UUID}$"
"""An id alone, of what has no other name."""

ORDER: Final = rf"^(IS-[0-9]{{4}}-[0-9]{{6,12}}|{_UUID})$"
"""An order number, or an id."""

_PRODUCT: Final = re.compile(PRODUCT)
_OPTION: Final = re.compile(OPTION)
_ORDER: Final = re.compile(ORDER)
_ID: Final = re.compile(ID)


def product_reference(text: str) -> str:
    """A product's slug or id. Raises NotFound."""
    return _known(_PRODUCT, "product", text)


def material_reference(text: str) -> str:
    """A material's ext_id or id. Raises NotFound."""
    return _known(_OPTION, "material", text)


def order_reference(text: str) -> str:
    """An order's number or id. Raises NotFound."""
    return _known(_ORDER, "order", text)


def design_code(text: str) -> str:
    """A design's code. Raises NotFound."""
    if not is_design_code(text):
        raise NotFound("design", text)
    return text


def line_id(text: str) -> str:
    """A cart line's id, which is a design's code. Raises NotFound."""
    if not is_design_code(text):
        raise NotFound("cart item", text)
    return text


def id_of(resource: str, text: str) -> UUID:
    """The id of a thing that has no other name. Raises NotFound."""
    return UUID(_known(_ID, resource, text))


def _known(form: re.Pattern[str], resource: str, text: str) -> str:
    # `fullmatch`, because `$` alone would let a line break pass.
    if form.fullmatch(text) is None:
        raise NotFound(resource, text)
    return text
