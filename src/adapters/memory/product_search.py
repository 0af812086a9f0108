"""Finding and ordering products as CatalogueViews promises."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from domain.catalogue.product import Product
from ports.catalogue_views import ProductFilter, ProductSort
from ports.paging import InvalidCursor, Page, Position

_WORD: Final = re.compile(r"[^\W_]+")
_DESCENDING: Final = frozenset({ProductSort.NEWEST, ProductSort.PRICE_DESCENDING})


def matches(product: Product, wanted: ProductFilter) -> bool:
    """Whether a product, with the options that it offers, meets every condition given."""
    price = product.base_price.minor
    return (
        (wanted.category is None or wanted.category == product.category)
        and (wanted.min_price is None or wanted.min_price <= price)
        and (wanted.max_price is None or price <= wanted.max_price)
        and (wanted.material is None or _is_made_in(product, wanted.material))
        and (wanted.color_family is None or _comes_in(product, wanted.color_family))
        and (wanted.q is None or _says(product, wanted.q))
    )


def page_of(products: Iterable[Product], sort: ProductSort, *, limit: int, after: Position | None) -> Page[Product]:
    """Up to `limit` products that come after a position. Raises InvalidCursor."""
    if after is not None and not _belongs_to(sort, after.value):
        raise InvalidCursor
    descending = sort in _DESCENDING
    found = sorted(products, key=lambda product: _place(product, sort), reverse=descending)
    if after is not None:
        start = (after.value, after.id)
        found = [
            product
            for product in found
            if (_place(product, sort) < start if descending else _place(product, sort) > start)
        ]
    page = tuple(found[:limit])
    return Page(page, Position(*_place(page[-1], sort)) if len(found) > limit else None)


def _place(product: Product, sort: ProductSort) -> tuple[Any, UUID]:  # within one sort, one type that compares
    match sort:
        case ProductSort.NEWEST:
            # Of one length and in one zone, so that the texts sort as the moments do.
            return product.created_at.astimezone(UTC).isoformat(timespec="microseconds"), product.id
        case ProductSort.TITLE:
            return product.title, product.id
        case ProductSort.PRICE | ProductSort.PRICE_DESCENDING:
            return product.base_price.minor, product.id


def _belongs_to(sort: ProductSort, value: str | int) -> bool:
    if sort in {ProductSort.PRICE, ProductSort.PRICE_DESCENDING}:
        return isinstance(value, int)
    return isinstance(value, str) and (sort is ProductSort.TITLE or _is_moment(value))


def _is_moment(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _is_made_in(product: Product, material: str) -> bool:
    return any(each.is_called(material) or each.category == material for each in product.materials)


def _comes_in(product: Product, family: str) -> bool:
    return any(color.family == family for material in product.materials for color in material.colors)


def _says(product: Product, query: str) -> bool:
    text = f"{product.title} {product.category} {product.brand} {product.description}"
    said = _words(text)
    return all(any(word.startswith(wanted) for word in said) for wanted in _words(query))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
