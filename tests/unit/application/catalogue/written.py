"""A small catalogue as a file would spell it, and a desk that imports it into a shop in memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from adapters.memory.shop import MemoryShop
from application.catalogue.import_catalogue import (
    CatalogueRefused,
    ImportCatalogue,
    ImportCatalogueCommand,
    ImportReport,
    OnBadRow,
)
from application.catalogue.rows import (
    CapacityRow,
    CatalogueRows,
    ColorRow,
    LastRow,
    MaterialRow,
    ProductRow,
    SoleRow,
    StockRow,
    StyleRow,
    WrittenMedia,
    WrittenMonogram,
    WrittenOption,
    WrittenRule,
    WrittenSize,
)
from domain.catalogue.product import Product
from domain.inventory.bill_of_materials import BillOfMaterials
from ports.catalogue_store import CatalogueContents
from tests.builders import NOW, a_hold

BOX: Final = "box:standard"
LEATHER: Final = "leather:CALF-BLACK"


def a_written_rule(
    when: tuple[str, str], kind: str, then: tuple[str, str], reason: str = "They don't go together."
) -> WrittenRule:
    """`a_written_rule(("sole", "RUBBER"), "excludes", ("style", "BROGUE"))`."""
    return WrittenRule(
        when=WrittenOption(option=when[0], ext_id=when[1]),
        kind=kind,
        then=WrittenOption(option=then[0], ext_id=then[1]),
        reason=reason,
    )


LAST: Final = LastRow(
    line=1,
    code="ROMA",
    name="Roma",
    widths=("F", "G"),
    sizes=(
        WrittenSize(eu="41", uk="7.5", us="8.5", india="7.5"),
        WrittenSize(eu="42", uk="8.5", us="9.5", india="8.5"),
        WrittenSize(eu="43", uk="9.5", us="10.5", india="9.5"),
    ),
)
CAPTOE: Final = StyleRow(line=2, ext_id="CAPTOE", name="Cap toe", surcharge=0, is_active=True)
BROGUE: Final = StyleRow(line=3, ext_id="BROGUE", name="Brogue", surcharge=75_000, is_active=True)
WELTED: Final = SoleRow(line=4, ext_id="WELTED", name="Welted leather", surcharge=0, is_active=True)
RUBBER: Final = SoleRow(line=5, ext_id="RUBBER", name="Rubber", surcharge=25_000, is_active=True)
BLACK: Final = ColorRow(
    line=7, ext_id="CALF-BLACK", name="Black", surcharge=0, is_active=True, hex_code="#1A1A1A", family="BLACK"
)
COGNAC: Final = replace(BLACK, line=8, ext_id="CALF-COGNAC", name="Cognac", hex_code="#8B4513", family="BROWN")
CALF: Final = MaterialRow(
    line=6, ext_id="CALF", name="Box calf", surcharge=0, is_active=True, category="LEATHER", colors=(BLACK, COGNAC)
)
NAVY: Final = replace(BLACK, line=10, ext_id="SUEDE-NAVY", name="Navy", hex_code="#26314A", family="BLUE")
SUEDE: Final = replace(CALF, line=9, ext_id="SUEDE", name="Calf suede", category="SUEDE", colors=(NAVY,))
OXFORD: Final = ProductRow(
    line=11,
    product_id="oxford-roma",
    title="Roma Oxford",
    description="A closed-laced shoe for every day.",
    category="OXFORD",
    brand="Italian Shoes",
    base_price=1_299_900,
    hsn="64035990",
    last="ROMA",
    lead_time_days=21,
    leather_dm2=24,
    monogram=WrittenMonogram(max_length=3, surcharge=49_900),
    styles=("CAPTOE", "BROGUE"),
    soles=("WELTED", "RUBBER"),
    materials=("CALF", "SUEDE"),
    sizes=("41", "42"),
    widths=("F", "G"),
    rules=(a_written_rule(("sole", "RUBBER"), "excludes", ("style", "BROGUE")),),
    media=(WrittenMedia(url="/media/roma.jpg", alt="From the side", kind="image"),),
    is_active=True,
)
DERBY: Final = replace(OXFORD, line=12, product_id="derby-roma", title="Roma Derby", category="DERBY", rules=())
STOCK: Final = (
    StockRow(line=13, sku=LEATHER, unit="DM2", on_hand=4_000),
    StockRow(line=14, sku="sole:WELTED:42", unit="PAIR", on_hand=40),
    StockRow(line=15, sku=BOX, unit="PIECE", on_hand=200),
)
CAPACITY: Final = CapacityRow(line=16, pairs_per_week=40, weeks_ahead=3)

CATALOGUE: Final = CatalogueRows(
    lasts=(LAST,),
    styles=(CAPTOE, BROGUE),
    soles=(WELTED, RUBBER),
    materials=(CALF, SUEDE),
    products=(OXFORD, DERBY),
    stock=STOCK,
    capacity=CAPACITY,
)


@dataclass(frozen=True, slots=True)
class Desk:
    """Where catalogues are brought to. Its shop starts empty, on a Tuesday of 2026-W49."""

    shop: MemoryShop = field(default_factory=lambda: MemoryShop(NOW))

    async def bring(self, rows: CatalogueRows, on_bad_row: OnBadRow = OnBadRow.REFUSE_ALL) -> ImportReport:
        """Import."""
        shop = self.shop
        importer = ImportCatalogue(shop.begin, shop.products, shop.stock_views, shop.clock, shop.ids)
        return await importer(ImportCatalogueCommand(rows, on_bad_row))

    async def reasons(self, rows: CatalogueRows) -> list[str]:
        """Why an import is refused, as `line kind key: reason`; nothing when it isn't."""
        try:
            await self.bring(rows)
        except CatalogueRefused as refused:
            return [f"{row.line} {row.kind} {row.key}: {reason}" for row in refused.rejected for reason in row.reasons]
        return []

    async def hold(self, needs: BillOfMaterials, pairs: int = 1) -> None:
        """Promise stock and pairs of this week to an order."""
        async with self.shop.begin() as tx:
            await tx.reservations.hold(a_hold().needing(needs).of_pairs(pairs).build())

    async def contents(self) -> CatalogueContents:
        """What is there to refer to."""
        async with self.shop.begin() as tx:
            return await tx.catalogue.contents()

    async def product(self, slug: str) -> Product:
        """A product that is there."""
        return (await self.shop.products.named([slug]))[slug]

    async def everything(self) -> tuple[object, ...]:
        """All that an import could change, to be compared."""
        contents = await self.contents()
        products: Mapping[str, Product] = await self.shop.products.named(contents.product_ids.keys())
        states = {slug: (repr(product), product.updated_at) for slug, product in products.items()}
        return contents, states, await self.shop.stock_views.available(contents.reserved.keys())
