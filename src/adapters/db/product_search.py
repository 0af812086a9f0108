"""What a shopper looks for, as conditions on products."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Final

from adapters.db.references import is_storable
from ports.catalogue_views import ProductFilter

_MOST: Final = 2**63 - 1  # what a bigint holds

# A material by its category, or by its id or ext_id when it is offered: active, in an active colour.
_MATERIAL: Final = """(
    :material = ANY (p.material_categories)
    OR p.id IN (
        SELECT pm.product_id FROM product_material pm JOIN material m ON m.id = pm.material_id
        WHERE m.is_active AND (m.ext_id = :material OR CAST(m.id AS text) = :material)
          AND EXISTS (SELECT FROM material_color c WHERE c.material_id = m.id AND c.is_active)
    )
)"""
_CONDITIONS: Final = {
    "q": "p.search @@ to_tsquery('simple', :q)",
    "category": "p.category = :category",
    "material": _MATERIAL,
    "color_family": ":color_family = ANY (p.color_families)",
    "min_price": "p.base_price >= :min_price",
    "max_price": "p.base_price <= :max_price",
}


def criteria(wanted: ProductFilter) -> Mapping[str, str | int] | None:
    """The conditions given, by the name of their parameter; None when no product can meet them."""
    given: dict[str, str | int] = {}
    for name in ("category", "material", "color_family"):
        text: str | None = getattr(wanted, name)
        if text is not None:
            if not is_storable(text):
                return None
            given[name] = text
    if wanted.min_price is not None:
        given["min_price"] = min(max(wanted.min_price, 0), _MOST)
    if wanted.max_price is not None:
        given["max_price"] = min(max(wanted.max_price, -1), _MOST)
    if words := _words(wanted.q or ""):
        given["q"] = " & ".join(f"{word}:*" for word in words)
    return given


def where(names: tuple[str, ...]) -> str:
    """SQL for those conditions on active products `p`."""
    return " AND ".join(["p.is_active", *(_CONDITIONS[name] for name in names)])


def _words(query: str) -> list[str]:
    """Letters, digits and the marks that belong to letters: nothing that means anything in a tsquery."""
    return "".join(
        character if character.isalnum() or unicodedata.category(character)[0] == "M" else " "
        for character in query.casefold()
    ).split()
