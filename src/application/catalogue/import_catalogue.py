"""Take a catalogue into the shop: all of it, or all of it that is good."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from application.catalogue.import_plan import Shop, WeeksSet, plan_import
from application.catalogue.ledger import Tally
from application.catalogue.rows import CatalogueRows, RejectedRow, RowKind
from domain.errors import DomainError
from ports.catalogue_store import CatalogueStore
from ports.clock import Clock
from ports.ids import Ids
from ports.products import Products
from ports.stock_views import StockViews
from ports.transactions import Begin


class OnBadRow(StrEnum):
    """What to do about rows that can't be imported: nothing at all, or everything but them."""

    REFUSE_ALL = "refuse-all"
    SKIP_ROW = "skip-row"


@dataclass(frozen=True, slots=True)
class ImportCatalogueCommand:
    """The rows of a file, as its reader found them."""

    rows: CatalogueRows
    on_bad_row: OnBadRow


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import did, kind by kind, and the rows that it left out, by line."""

    tallies: Mapping[RowKind, Tally]
    weeks: WeeksSet | None
    rejected: tuple[RejectedRow, ...]


class CatalogueRefused(DomainError):
    """Rows are bad, and nothing was changed. `rejected` has all of them with their reasons, by line."""

    code = "validation-error"

    def __init__(self, rejected: tuple[RejectedRow, ...]) -> None:
        super().__init__(f"{len(rejected)} bad rows: nothing was imported")
        self.rejected = rejected


@dataclass(frozen=True, slots=True)
class ImportCatalogue:
    """Creates and changes by natural key (code, ext_id, slug, sku, week); never deletes.

    What is there already keeps its id; what is there exactly so is not written, and keeps
    its `updated_at`: the same file twice changes nothing. Rows may refer to each other and
    to what the shop has. A row that leans on a bad row is bad. One transaction.

    Raises CatalogueRefused when rows are bad and none may be skipped. Raises OutOfStock or
    CapacityExhausted, having changed nothing, when orders took what a level no longer
    covers while the rows were being checked.
    """

    begin: Begin
    products: Products
    stock: StockViews
    clock: Clock
    ids: Ids

    async def __call__(self, command: ImportCatalogueCommand) -> ImportReport:
        async with self.begin() as tx:
            shop = await self._shop(tx.catalogue, command.rows)
            plan = plan_import(command.rows, shop, at=self.clock.now(), new_id=self.ids.new_id)
            if plan.rejected and command.on_bad_row is OnBadRow.REFUSE_ALL:
                raise CatalogueRefused(plan.rejected)
            if plan.changes_something:
                await tx.catalogue.apply(plan.change)
        return ImportReport(tallies=plan.tallies, weeks=plan.weeks, rejected=plan.rejected)

    async def _shop(self, catalogue: CatalogueStore, rows: CatalogueRows) -> Shop:
        contents = await catalogue.contents()
        named = {row.product_id for row in rows.products} & contents.product_ids.keys()
        touched = contents.product_ids.keys() if rows.brings_parts else named
        skus = {row.sku for row in rows.stock} & contents.reserved.keys()
        available = await self.stock.available(skus) if skus else {}
        return Shop(
            contents=contents,
            products=await self.products.named(touched) if touched else {},
            on_hand={sku: available.get(sku, 0) + contents.reserved[sku] for sku in skus},
        )
