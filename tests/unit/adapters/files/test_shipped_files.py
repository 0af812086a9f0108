"""What comes with the shop can be imported as it is."""

from __future__ import annotations

import csv
from itertools import product as combinations
from pathlib import Path

import pytest

from adapters.files.catalogue import read_catalogue
from adapters.files.column_mapping import ColumnMapping
from adapters.files.column_sources import PriceRule, ValueTable
from adapters.files.mappings import find_mapping
from adapters.files.shipped import SHIPPED_CATALOGUE
from adapters.memory.shop import MemoryShop
from application.catalogue.import_catalogue import ImportCatalogue, ImportCatalogueCommand, ImportReport, OnBadRow
from application.catalogue.ledger import Tally
from application.catalogue.rows import CatalogueRows, RowKind
from domain.money import Money
from domain.tax.gst import in_forbidden_band
from tests.builders import NOW

pytestmark = pytest.mark.anyio


async def bring(shop: MemoryShop, rows: CatalogueRows) -> ImportReport:
    """Import all or nothing."""
    importer = ImportCatalogue(shop.begin, shop.products, shop.stock_views, shop.clock, shop.ids)
    return await importer(ImportCatalogueCommand(rows, OnBadRow.REFUSE_ALL))


async def test_the_shipped_catalogue_has_no_bad_row() -> None:
    """Every reference, price and rule in it holds."""
    report = await bring(MemoryShop(NOW), read_catalogue(SHIPPED_CATALOGUE))

    assert report.tallies[RowKind.PRODUCT] == Tally(created=26)
    assert report.weeks is not None
    assert report.weeks.created == 52


async def test_the_myntra_mapping_fits_the_shipped_catalogue(tmp_path: Path) -> None:
    """Every type with every colour and gender that it knows, and a colour that it doesn't, is a product."""
    tables = {
        source.column: source.values
        for source in ColumnMapping.read(find_mapping("myntra")).sources.values()
        if isinstance(source, ValueTable)
    }
    kinds = list(combinations(tables["articleType"], [*tables["baseColour"], "Skin"], tables["gender"]))
    path = tmp_path / "listing.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "articleType", "baseColour", "gender", "year", "productDisplayName"])
        writer.writerows([number, *kind, 2012, "A shoe"] for number, kind in enumerate(kinds))
    shop = MemoryShop(NOW)
    await bring(shop, read_catalogue(SHIPPED_CATALOGUE))

    report = await bring(shop, read_catalogue(path, "myntra"))

    assert report.rejected == ()
    assert report.tallies[RowKind.PRODUCT] == Tally(created=len(kinds))
    black = (await shop.products.named(["myntra-0"]))["myntra-0"]
    assert [rule.then.ext_id for rule in black.rules] == ["CALF-BLACK", "NAPPA-BLACK"]


def test_no_step_of_the_myntra_prices_is_in_the_forbidden_band() -> None:
    """Nor on the way to a price without any surcharge."""
    prices = ColumnMapping.read(find_mapping("myntra")).sources["basePrice"]

    assert isinstance(prices, PriceRule)
    for ladder in prices.ladders.values():
        steps = [Money(ladder.lowest + ladder.step * step) for step in range(ladder.steps)]
        assert not any(in_forbidden_band(price, NOW.date()) for price in steps)
