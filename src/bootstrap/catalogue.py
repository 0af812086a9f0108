"""Catalogue files into a shop."""

from __future__ import annotations

from pathlib import Path

from adapters.files.catalogue import read_catalogue
from adapters.files.shipped import SHIPPED_CATALOGUE
from application.catalogue.import_catalogue import ImportCatalogueCommand, ImportReport, OnBadRow
from bootstrap.container import Shop


async def import_file(
    shop: Shop, path: Path, *, mapping: Path | str | None = None, on_bad_row: OnBadRow = OnBadRow.REFUSE_ALL
) -> ImportReport:
    """Import a file. Raises UnreadableFile and CatalogueRefused."""
    rows = read_catalogue(path, mapping)
    report: ImportReport = await shop.import_catalogue()(ImportCatalogueCommand(rows, on_bad_row))
    return report


async def import_shipped(shop: Shop) -> ImportReport:
    """Import the catalogue that comes with the project."""
    return await import_file(shop, SHIPPED_CATALOGUE)
