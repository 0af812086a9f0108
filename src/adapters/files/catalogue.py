"""A catalogue file of any form as the rows of an import."""

from __future__ import annotations

from pathlib import Path

from adapters.files.column_mapping import ColumnMapping
from adapters.files.csv_products import COLUMNS, REQUIRED_COLUMNS, csv_products
from adapters.files.csv_table import CsvTable
from adapters.files.json_rows import json_rows
from adapters.files.mappings import find_mapping
from adapters.files.source import Source, UnreadableFile
from application.catalogue.rows import CatalogueRows


def read_catalogue(path: Path, mapping: Path | str | None = None) -> CatalogueRows:
    """The rows of a `.json` or `.csv` file.

    `mapping` says what the columns of a foreign CSV mean: the path of a mapping, or the
    name of one that comes with the shop (`myntra`).

    Rows of a wrong shape are in `rejected` and spoil nothing else. Raises UnreadableFile,
    with the line, when the file or the mapping can't be taken row by row at all.
    """
    match path.suffix.lower():
        case ".json" if mapping is None:
            return json_rows(Source.read(path))
        case ".json":
            raise UnreadableFile(path, None, "a mapping is for CSV files; this one is JSON")
        case ".csv":
            return _csv_rows(path, mapping)
        case _:
            raise UnreadableFile(path, None, "neither .json nor .csv")


def _csv_rows(path: Path, mapping: Path | str | None) -> CatalogueRows:
    if mapping is None:
        table = CsvTable.read(Source.read(path))
        table.require(REQUIRED_COLUMNS, known=COLUMNS)
        return csv_products(table.records)
    columns = ColumnMapping.read(find_mapping(mapping))
    table = CsvTable.read(Source.read(path))
    table.require(columns.columns)
    return csv_products(columns.translated(table.records))
