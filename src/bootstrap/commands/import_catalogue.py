"""`shoes import-catalogue`: products, options, stock and weeks from a file."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import click

from adapters.files.report import rejection_lines, report_lines
from adapters.files.source import UnreadableFile
from application.catalogue.import_catalogue import CatalogueRefused, ImportReport, OnBadRow
from bootstrap.adapters import Adapters, opened
from bootstrap.catalogue import import_file
from bootstrap.container import Shop
from bootstrap.environment import settings_with_servers
from bootstrap.settings import Settings
from domain.errors import DomainError


@click.command("import-catalogue")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--mapping", help="What the columns of a foreign CSV mean: a JSON file, or a shipped one (myntra).")
@click.option(
    "--skip-bad",
    "on_bad_row",
    flag_value=OnBadRow.SKIP_ROW,
    default=OnBadRow.REFUSE_ALL,
    type=click.Choice(OnBadRow),
    help="Import the good rows and list the bad ones, instead of importing nothing.",
)
def import_catalogue(file: Path, mapping: str | None, on_bad_row: OnBadRow) -> None:
    """Import FILE (JSON, or CSV for products); see docs/catalogue-file.md.

    Everything is checked first. A bad row stops the import before anything is changed,
    and every bad row is listed with its line and reason.
    """
    settings = settings_with_servers()
    try:
        report = asyncio.run(_import(settings, file, mapping, on_bad_row))
    except CatalogueRefused as refusal:
        for line in rejection_lines(refusal.rejected):
            click.echo(line, err=True)
        click.echo(f"shoes: {refusal}", err=True)
        sys.exit(1)
    except (UnreadableFile, DomainError) as refusal:
        click.echo(f"shoes: {refusal}", err=True)
        sys.exit(1)
    for line in report_lines(report):
        click.echo(line)


async def _import(settings: Settings, file: Path, mapping: str | None, on_bad_row: OnBadRow) -> ImportReport:
    async with opened(Adapters(settings=settings)) as adapters:
        return await import_file(Shop(ports=adapters), file, mapping=mapping, on_bad_row=on_bad_row)
