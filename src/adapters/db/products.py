"""Products for pricing and designing, kept in the process for as long as the catalogue doesn't change."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from adapters.db.engine import Database
from adapters.db.options import ALL_OPTIONS, Options
from adapters.db.product_rows import PRODUCT_COLUMNS, product_of
from adapters.db.references import as_id, is_storable
from adapters.db.session import Row, Statement
from domain.catalogue.product import Product
from ports.products import Products

_REVISION: Final = Statement("SELECT revision FROM catalogue_revision")
# Always a row: the revision says whether the shelf that it is for is still the right one.
_PRODUCTS: Final = Statement(f"""
    SELECT v.revision, {PRODUCT_COLUMNS}
    FROM catalogue_revision v
    LEFT JOIN product p ON p.product_id = ANY (CAST(:slugs AS text[])) OR p.id = CAST(:id AS uuid)
""")  # noqa: S608  # constants of this package


@dataclass(slots=True)
class _Shelf:
    """Products of one revision of the catalogue. Grows to what is asked for, at most the catalogue."""

    revision: int
    options: Options
    by_slug: dict[str, Product] = field(default_factory=dict)
    by_id: dict[UUID, Product] = field(default_factory=dict)

    def put(self, rows: Collection[Row]) -> bool:
        """Add products; False when they are of another revision."""
        for row in rows:
            if row["revision"] != self.revision:
                return False
            if row["id"] is not None:
                product = product_of(row, self.options)
                self.by_slug[product.product_id] = self.by_id[product.id] = product
        return True


class SqlProducts(Products):
    """One small round trip a call tells whether what is kept is still true."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._shelf: _Shelf | None = None

    async def named(self, product_ids: Collection[str]) -> Mapping[str, Product]:
        """See Products."""
        wanted = {slug for slug in product_ids if is_storable(slug)}
        shelf = await self._current()
        while missing := wanted - shelf.by_slug.keys():
            if shelf.put(await self._database.fetch(_PRODUCTS, slugs=list(missing), id=None)):
                break
            shelf = await self._current()
        return {slug: shelf.by_slug[slug] for slug in wanted if slug in shelf.by_slug}

    async def find(self, reference: str) -> Product | None:
        """See Products."""
        if not is_storable(reference):
            return None
        key = as_id(reference)
        shelf = await self._current()
        while (product := shelf.by_slug.get(reference) or (shelf.by_id.get(key) if key else None)) is None:
            rows = await self._database.fetch(_PRODUCTS, slugs=[reference], id=key)
            if shelf.put(rows) and rows[0]["id"] is None:
                return None
            shelf = await self._current()
        return product if product.is_active else None

    async def options(self) -> Options:
        """Everything that products refer to, as it is now; shared, as products are."""
        return (await self._current()).options

    async def _current(self) -> _Shelf:
        """The shelf of the catalogue as it is now.

        A shelf is replaced, never emptied: what another task still loads for an older
        revision ends up on the older shelf.
        """
        [row] = await self._database.fetch(_REVISION)
        if self._shelf is None or self._shelf.revision != row["revision"]:
            [options] = await self._database.fetch(ALL_OPTIONS)
            self._shelf = _Shelf(options["revision"], Options.of(options))
        return self._shelf
