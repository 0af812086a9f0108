"""Reading products whose options are rows of their own."""

from __future__ import annotations

from dataclasses import replace

from adapters.memory.tables import Tables
from domain.catalogue.product import Product


def assembled(product: Product, tables: Tables) -> Product:
    """A product with its last and options as they are now, another object each time.

    Raises LookupError when one of them isn't there.
    """
    return replace(
        product,
        last=tables.lasts[product.last.code],
        styles=tuple(tables.styles[style.ext_id] for style in product.styles),
        soles=tuple(tables.soles[sole.ext_id] for sole in product.soles),
        materials=tuple(tables.materials[material.ext_id] for material in product.materials),
    )


def active_product(reference: str, tables: Tables) -> Product | None:
    """The active product with that slug or id, assembled."""
    product = tables.products.get(reference)
    if product is None:
        product = next((each for each in tables.products.values() if str(each.id) == reference), None)
    return assembled(product, tables) if product is not None and product.is_active else None
