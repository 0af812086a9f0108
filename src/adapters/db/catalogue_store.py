"""Changing the catalogue, stock levels and week capacity, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from adapters.db.options import ALL_OPTIONS, Options, color_rows, last_row, material_row, option_row
from adapters.db.product_rows import product_row
from adapters.db.session import Row, Session, Statement
from adapters.db.statements import Values, as_json, insert_rows, upsert_rows
from adapters.db.tables import catalogue as tables
from domain.catalogue.options import Material, Option
from domain.catalogue.product import Product
from domain.inventory.capacity import Week, WeekCapacity
from domain.inventory.errors import CapacityExhausted, OutOfStock
from domain.inventory.stock import StockItem
from ports.catalogue_store import CatalogueChange, CatalogueContents, CatalogueStore

# Also the lock that makes one change of the catalogue wait for the other.
_NEXT_REVISION: Final = Statement("UPDATE catalogue_revision SET revision = revision + 1")
_LASTS: Final = Statement(upsert_rows(tables.last, "rows", key="code"))
_STYLES: Final = Statement(upsert_rows(tables.style, "rows", key="ext_id", keeping=["id"]))
_SOLES: Final = Statement(upsert_rows(tables.sole, "rows", key="ext_id", keeping=["id"]))
_MATERIALS: Final = Statement(
    upsert_rows(tables.material, "rows", key="ext_id", keeping=["id"]) + " RETURNING ext_id, id"
)
_COLORS: Final = Statement(upsert_rows(tables.material_color, "rows", key="ext_id", keeping=["id"]))
_DROP_COLORS: Final = Statement("""
    DELETE FROM material_color
    WHERE material_id = ANY (CAST(:materials AS uuid[])) AND ext_id <> ALL (CAST(:kept AS text[]))
""")
_PRODUCTS: Final = Statement(
    upsert_rows(tables.product, "rows", key="product_id", keeping=["id", "created_at", "version"])
    + ", version = product.version + 1 RETURNING product_id, id"
)
_OPTION_IDS: Final = Statement("""
    SELECT 'last' AS kind, code AS ext_id, NULL AS id FROM last
    UNION ALL SELECT 'style', ext_id, id FROM style
    UNION ALL SELECT 'sole', ext_id, id FROM sole
    UNION ALL SELECT 'material', ext_id, id FROM material
""")
_CHOICES: Final = {
    kind: (
        Statement(f"DELETE FROM {table.name} WHERE product_id = ANY (CAST(:products AS uuid[]))"),  # noqa: S608  # ours
        Statement(insert_rows(table, "rows")),
    )
    for kind, table in (
        ("style", tables.product_style),
        ("sole", tables.product_sole),
        ("material", tables.product_material),
    )
}
_DERIVE: Final = Statement("""
    WITH offered AS (
        SELECT p.id, array_agg(DISTINCT m.category ORDER BY m.category) AS categories,
               array_agg(DISTINCT c.family ORDER BY c.family) AS families
        FROM product p
        JOIN product_material pm ON pm.product_id = p.id
        JOIN material m ON m.id = pm.material_id AND m.is_active
        JOIN material_color c ON c.material_id = m.id AND c.is_active
        GROUP BY p.id
    )
    UPDATE product p
    SET material_categories = coalesce(o.categories, '{}'), color_families = coalesce(o.families, '{}')
    FROM product q LEFT JOIN offered o ON o.id = q.id
    WHERE p.id = q.id AND (
        p.material_categories <> coalesce(o.categories, '{}') OR p.color_families <> coalesce(o.families, '{}')
    )
""")
_STOCK: Final = Statement("""
    INSERT INTO stock_item AS s (sku, unit, on_hand, reserved)
    SELECT sku, unit, on_hand, 0 FROM json_populate_recordset(NULL::stock_item, CAST(:rows AS json)) ORDER BY sku
    ON CONFLICT (sku) DO UPDATE SET unit = excluded.unit, on_hand = excluded.on_hand
    WHERE s.reserved <= excluded.on_hand
    RETURNING sku
""")
_WEEKS: Final = Statement("""
    INSERT INTO week_capacity AS w (monday, capacity, booked)
    SELECT monday, capacity, 0 FROM json_populate_recordset(NULL::week_capacity, CAST(:rows AS json)) ORDER BY monday
    ON CONFLICT (monday) DO UPDATE SET capacity = excluded.capacity
    WHERE w.booked <= excluded.capacity
    RETURNING monday
""")
_BOOKED: Final = Statement("SELECT booked FROM week_capacity WHERE monday = :monday")
_PRODUCT_IDS: Final = Statement("SELECT product_id, id FROM product")
_RESERVED: Final = Statement("SELECT sku, reserved FROM stock_item")
_BOOKED_WEEKS: Final = Statement("SELECT monday, booked FROM week_capacity")
_ANY_PRODUCT: Final = Statement("SELECT FROM product LIMIT 1")


class SqlCatalogueStore(CatalogueStore):
    """A few statements a change, however large. What is overwritten keeps its id and creation date."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def contents(self) -> CatalogueContents:
        """See CatalogueStore."""
        await self._session.catch_up()
        row = await self._session.row(ALL_OPTIONS)
        assert row is not None  # noqa: S101  # the row of the revision is never deleted
        options = Options.of(row)
        return CatalogueContents(
            lasts=options.lasts,
            styles={style.ext_id: style for style in options.styles.values()},
            soles={sole.ext_id: sole for sole in options.soles.values()},
            materials={material.ext_id: material for material in options.materials.values()},
            product_ids={row["product_id"]: row["id"] for row in await self._session.rows(_PRODUCT_IDS)},
            reserved={row["sku"]: row["reserved"] for row in await self._session.rows(_RESERVED)},
            booked={str(Week(row["monday"])): row["booked"] for row in await self._session.rows(_BOOKED_WEEKS)},
        )

    async def apply(self, change: CatalogueChange) -> None:
        """See CatalogueStore. Raises LookupError for a product of a last or option that isn't there."""
        await self._session.catch_up()
        if change.lasts or change.styles or change.soles or change.materials or change.products:
            await self._put_catalogue(change)
        await self._put_stock(change.stock)
        await self._put_weeks(change.weeks)

    async def is_empty(self) -> bool:
        """See CatalogueStore."""
        return await self._session.row(_ANY_PRODUCT) is None

    async def _put_catalogue(self, change: CatalogueChange) -> None:
        await self._session.rows(_NEXT_REVISION)
        await self._upsert(_LASTS, {last.code: last_row(last) for last in change.lasts})
        await self._upsert(_STYLES, _by_ext_id(change.styles))
        await self._upsert(_SOLES, _by_ext_id(change.soles))
        await self._put_materials(change.materials)
        await self._put_products(change.products)
        if change.materials or change.products:
            await self._session.rows(_DERIVE)

    async def _upsert(self, statement: Statement, rows: Mapping[str, Values]) -> Sequence[Row]:
        """Write rows, of which there is one for each natural key."""
        return await self._session.rows(statement, rows=as_json(list(rows.values()))) if rows else []

    async def _put_materials(self, materials: Sequence[Material]) -> None:
        if not materials:
            return
        rows = {material.ext_id: material_row(material) for material in materials}
        ids = {row["ext_id"]: row["id"] for row in await self._upsert(_MATERIALS, rows)}
        colors = [row for material in materials for row in color_rows(material, ids[material.ext_id])]
        await self._upsert(_COLORS, {str(row["ext_id"]): row for row in colors})
        await self._session.rows(_DROP_COLORS, materials=list(ids.values()), kept=[row["ext_id"] for row in colors])

    async def _put_products(self, products: Sequence[Product]) -> None:
        if not products:
            return
        by_slug = {product.product_id: product for product in products}
        known = await self._option_ids()
        offers = {slug: _choices_of(product, known) for slug, product in by_slug.items()}
        rows = {slug: product_row(product) for slug, product in by_slug.items()}
        ids = {row["product_id"]: row["id"] for row in await self._upsert(_PRODUCTS, rows)}
        for kind, (delete, insert) in _CHOICES.items():
            joined = [
                {"product_id": ids[slug], f"{kind}_id": option_id, "position": position}
                for slug, offered in offers.items()
                for position, option_id in enumerate(offered[kind])
            ]
            await self._session.rows(delete, products=list(ids.values()))
            await self._session.rows(insert, rows=as_json(joined))

    async def _option_ids(self) -> Mapping[str, Mapping[str, UUID]]:
        known: dict[str, dict[str, UUID]] = {"last": {}, "style": {}, "sole": {}, "material": {}}
        for row in await self._session.rows(_OPTION_IDS):
            known[row["kind"]][row["ext_id"]] = row["id"]
        return known

    async def _put_stock(self, items: Sequence[StockItem]) -> None:
        rows = {item.sku: {"sku": item.sku, "unit": item.unit, "on_hand": item.on_hand} for item in items}
        put = {row["sku"] for row in await self._upsert(_STOCK, rows)}
        if short := sorted(rows.keys() - put):
            raise OutOfStock(tuple(short))

    async def _put_weeks(self, weeks: Sequence[WeekCapacity]) -> None:
        rows = {each.week.monday: {"monday": each.week.monday, "capacity": each.capacity} for each in weeks}
        put = {row["monday"] for row in await self._upsert(_WEEKS, {str(day): row for day, row in rows.items()})}
        if short := sorted(rows.keys() - put):
            booked = await self._session.row(_BOOKED, monday=short[0])
            raise CapacityExhausted(short[0], booked["booked"] if booked else 0)


def _by_ext_id(options: Sequence[Option]) -> Mapping[str, Values]:
    return {option.ext_id: option_row(option) for option in options}


def _choices_of(product: Product, known: Mapping[str, Mapping[str, UUID]]) -> Mapping[str, list[UUID]]:
    """The stored ids of what a product offers; LookupError when one isn't stored."""
    _ = known["last"][product.last.code]
    return {
        "style": [known["style"][style.ext_id] for style in product.styles],
        "sole": [known["sole"][sole.ext_id] for sole in product.soles],
        "material": [known["material"][material.ext_id] for material in product.materials],
    }
