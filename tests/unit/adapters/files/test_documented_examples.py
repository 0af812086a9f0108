"""What docs/catalogue-file.md shows can be done as it is shown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from adapters.files.catalogue import read_catalogue
from adapters.files.report import report_lines
from adapters.files.source import UnreadableFile
from adapters.memory.shop import MemoryShop
from application.catalogue.import_catalogue import ImportCatalogue, ImportCatalogueCommand, ImportReport, OnBadRow
from application.catalogue.ledger import Tally
from application.catalogue.rows import CatalogueRows, RowKind
from tests.builders import NOW

pytestmark = pytest.mark.anyio

DOCUMENT = Path(__file__).parents[4] / "docs/catalogue-file.md"
CATALOGUE, MAPPING = re.findall(r"```json\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
(PRODUCTS,) = re.findall(r"```csv\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
REPORT, UNREADABLE = re.findall(r"```text\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)


def written(path: Path, text: str) -> Path:
    """A file that says that."""
    path.write_text(text, encoding="utf-8")
    return path


async def bring(shop: MemoryShop, rows: CatalogueRows) -> ImportReport:
    """Import what is good."""
    importer = ImportCatalogue(shop.begin, shop.products, shop.stock_views, shop.clock, shop.ids)
    return await importer(ImportCatalogueCommand(rows, OnBadRow.SKIP_ROW))


@pytest.fixture
async def shop(tmp_path: Path) -> MemoryShop:
    """A shop with the catalogue of the document."""
    shop = MemoryShop(NOW)
    report = await bring(shop, read_catalogue(written(tmp_path / "catalogue.json", CATALOGUE)))
    assert report.rejected == ()
    assert report.tallies[RowKind.PRODUCT] == Tally(created=1)
    return shop


async def test_the_csv_example(shop: MemoryShop, tmp_path: Path) -> None:
    """It leans on the JSON example."""
    report = await bring(shop, read_catalogue(written(tmp_path / "products.csv", PRODUCTS)))

    assert (report.rejected, report.tallies[RowKind.PRODUCT]) == ((), Tally(created=1))


async def test_the_mapping_example(shop: MemoryShop, tmp_path: Path) -> None:
    """It leans on the JSON example too."""
    listing = written(tmp_path / "listing.csv", "id,name,type,colour\n1,Court,Heels,Black\n2,Office,Formal Shoes,Red\n")

    report = await bring(shop, read_catalogue(listing, written(tmp_path / "mapping.json", MAPPING)))

    assert (report.rejected, report.tallies[RowKind.PRODUCT]) == ((), Tally(created=2))


async def test_the_report_example(shop: MemoryShop, tmp_path: Path) -> None:
    """Two good products and two bad ones, one of the good ones known."""
    header, derby = PRODUCTS.splitlines()
    await bring(shop, read_catalogue(written(tmp_path / "products.csv", PRODUCTS)))
    lines = [
        header,
        derby,
        derby.replace("derby-", "monk-"),
        derby.replace("derby-", "boot-").replace("ROMA", "MILANO"),
        derby.replace("derby-", "loafer-").replace("1149900", '"12,999.00"'),
    ]

    report = await bring(shop, read_catalogue(written(tmp_path / "more.csv", "\n".join(lines))))

    assert "\n".join(report_lines(report)) + "\n" == REPORT


def test_the_error_example(tmp_path: Path) -> None:
    """A file that was cut off."""
    text = "{" + "\n" * 789 + '"products": [' + "\n" * 22

    with pytest.raises(UnreadableFile) as unreadable:
        read_catalogue(written(tmp_path / "catalogue.json", text))

    assert f"{unreadable.value}\n".endswith(UNREADABLE)
