"""The catalogue in memory, as pricing and designing see it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from adapters.memory.database import MemoryDatabase
from adapters.memory.product_rows import active_product, assembled
from adapters.memory.tables import other_tasks
from domain.catalogue.product import Product
from ports.products import Products


class MemoryProducts(Products):
    """Committed products."""

    def __init__(self, database: MemoryDatabase) -> None:
        self._tables = database.tables

    async def named(self, product_ids: Collection[str]) -> Mapping[str, Product]:
        """See Products."""
        await other_tasks()
        products = self._tables.products
        return {slug: assembled(products[slug], self._tables) for slug in product_ids if slug in products}

    async def find(self, reference: str) -> Product | None:
        """See Products."""
        await other_tasks()
        return active_product(reference, self._tables)
