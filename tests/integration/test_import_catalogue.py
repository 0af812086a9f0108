"""Real catalogue files into a real database: whole, quickly, and again without a trace."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from typing import Final

import pytest

from adapters.db.engine import Database
from adapters.db.products import SqlProducts
from adapters.db.stock_views import SqlStockViews
from adapters.files.catalogue import read_catalogue
from adapters.files.shipped import SHIPPED_CATALOGUE
from adapters.memory.clock import MemoryClock
from adapters.system.ids import SystemIds
from application.catalogue.import_catalogue import (
    CatalogueRefused,
    ImportCatalogue,
    ImportCatalogueCommand,
    ImportReport,
    OnBadRow,
)
from application.catalogue.ledger import Tally
from application.catalogue.rows import CatalogueRows, RowKind
from domain.tax.gst import in_forbidden_band
from ports.catalogue_store import CatalogueContents
from tests.builders import NOW

pytestmark = pytest.mark.anyio

_BESIDE_THE_CHECKOUT: Final = Path(__file__).parents[3] / "shared/data/footwear_catalogue_myntra_sample.csv"
MYNTRA_CSV: Final = Path(os.environ.get("SHOES_MYNTRA_CSV", _BESIDE_THE_CHECKOUT))
SHOES: Final = 3_021
SECONDS: Final = 10.0

NOTHING: Final = Tally()


@dataclass(frozen=True, slots=True)
class Desk:
    """Where files are brought to, and a shop in PostgreSQL behind it."""

    database: Database
    products: SqlProducts
    clock: MemoryClock

    async def bring(self, rows: CatalogueRows) -> ImportReport:
        """Import all or nothing."""
        stock = SqlStockViews(self.database)
        importer = ImportCatalogue(self.database.begin, self.products, stock, self.clock, SystemIds())
        return await importer(ImportCatalogueCommand(rows, OnBadRow.REFUSE_ALL))

    async def contents(self) -> CatalogueContents:
        """What is there to refer to."""
        async with self.database.begin() as tx:
            return await tx.catalogue.contents()

    async def states(self) -> dict[str, str]:
        """All of every product, with its identity, dates and version."""
        products = await self.products.named((await self.contents()).product_ids.keys())
        return {slug: repr(product) for slug, product in products.items()}


@pytest.fixture
async def desk(postgres_url: str) -> AsyncIterator[Desk]:
    """A desk with an empty shop."""
    database = Database(postgres_url)
    try:
        yield Desk(database, SqlProducts(database), MemoryClock(NOW))
    finally:
        await database.close()


async def test_the_shipped_catalogue_twice(desk: Desk) -> None:
    """The second time finds everything as it is and leaves it so, down to ids, dates and versions."""
    rows = read_catalogue(SHIPPED_CATALOGUE)

    first = await desk.bring(rows)
    before = await desk.contents(), await desk.states()
    desk.clock.advance(timedelta(hours=1))
    second = await desk.bring(rows)

    created = {kind.value: tally.created for kind, tally in first.tallies.items()}
    assert created == {
        "last": 3, "style": 10, "sole": 8, "material": 12, "color": 60, "product": 26, "stock": 226,
    }  # fmt: skip
    assert {kind: replace(tally, unchanged=0) for kind, tally in second.tallies.items()} == dict.fromkeys(
        second.tallies, NOTHING
    )
    assert (await desk.contents(), await desk.states()) == before


async def test_a_refused_file_leaves_no_trace(desk: Desk) -> None:
    """One bad product, and not even a last is there."""
    rows = read_catalogue(SHIPPED_CATALOGUE)
    bad = replace(rows, products=(*rows.products[:-1], replace(rows.products[-1], base_price=280_000)))

    with pytest.raises(CatalogueRefused):
        await desk.bring(bad)

    assert await desk.contents() == CatalogueContents()


@pytest.mark.skipif(not MYNTRA_CSV.is_file(), reason=f"no file at {MYNTRA_CSV}: set SHOES_MYNTRA_CSV")
async def test_three_thousand_real_shoes(desk: Desk) -> None:
    """Read through the shipped mapping and imported within ten seconds; then once more, for nothing."""
    await desk.bring(read_catalogue(SHIPPED_CATALOGUE))

    started = perf_counter()
    report = await desk.bring(read_catalogue(MYNTRA_CSV, "myntra"))
    taken = perf_counter() - started

    assert report.tallies[RowKind.PRODUCT] == Tally(created=SHOES)
    assert report.rejected == ()
    assert taken < SECONDS
    slugs = (await desk.contents()).product_ids.keys()
    products = await desk.products.named(slugs)
    assert len(products) == SHOES + 26
    prices = {price for product in products.values() for price in product.reachable_prices()}
    assert not any(in_forbidden_band(price, NOW.date()) for price in prices)

    before = await desk.states()
    again = await desk.bring(read_catalogue(MYNTRA_CSV, "myntra"))
    assert again.tallies[RowKind.PRODUCT] == Tally(unchanged=SHOES)
    assert await desk.states() == before
