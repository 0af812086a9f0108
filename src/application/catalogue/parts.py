"""What products are put together from, as it would be after an import."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from application.catalogue.buildable import can_be_built
from application.catalogue.ledger import Group, RowKey
from application.catalogue.row_checks import objection
from application.catalogue.rows import RowKind
from domain.catalogue.options import Material, MaterialColor, Sole, Style
from domain.catalogue.product import Product
from domain.catalogue.sizes import Last


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Lasts and options: those of the file before those of the shop."""

    lasts: Group[Last]
    styles: Group[Style]
    soles: Group[Sole]
    materials: Group[Material]
    colors: Group[MaterialColor]

    def spoilers(self, products: Mapping[str, Product], today: date) -> Mapping[RowKey, tuple[str, ...]]:
        """The rows that would make one of the shop's `products` unlawful or unbuildable, and how."""
        altered = self.lasts.altered | self.styles.altered | self.soles.altered | self.materials.altered
        found: dict[RowKey, tuple[str, ...]] = {}
        for product in products.values() if altered else ():
            culprits = altered.intersection(_used_by(product))
            if not culprits:
                continue
            known = set(problems_of(product, today))
            for problem in problems_of(self._renewed(product), today):
                if problem not in known:
                    reason = f"product {product.product_id}, which the shop has, would be refused: {problem}"
                    found.update({culprit: (*found.get(culprit, ()), reason) for culprit in culprits})
        return found

    def _renewed(self, product: Product) -> Product:
        return replace(
            product,
            last=self.lasts.after(product.last.code, product.last),
            styles=tuple(self.styles.after(style.ext_id, style) for style in product.styles),
            soles=tuple(self.soles.after(sole.ext_id, sole) for sole in product.soles),
            materials=tuple(self.materials.after(material.ext_id, material) for material in product.materials),
        )


def problems_of(product: Product, today: date) -> Iterator[str]:
    """What the domain says of a product, and whether a shopper finds anything to choose."""
    told = [objection(problem) for problem in product.problems(today)]
    yield from told
    if not told and product.is_active and not can_be_built(product):
        yield "rules: no combination of its active options keeps them all"


def _used_by(product: Product) -> Iterator[RowKey]:
    yield RowKind.LAST, product.last.code
    for style in product.styles:
        yield RowKind.STYLE, style.ext_id
    for sole in product.soles:
        yield RowKind.SOLE, sole.ext_id
    for material in product.materials:
        yield RowKind.MATERIAL, material.ext_id
