"""Products that are kept in a process are never older than the last commit of any process."""

from __future__ import annotations

from asyncio import gather
from collections.abc import AsyncIterator, Collection
from dataclasses import replace

import pytest

from adapters.db.engine import Database
from adapters.db.products import SqlProducts
from adapters.db.session import Statement
from domain.catalogue.product import Product
from domain.money import Money
from ports.catalogue_store import CatalogueChange
from tests.builders import a_product, a_stock_item, a_style, a_week, catalogue_of

pytestmark = pytest.mark.anyio

ROMA = a_product()


async def put(database: Database, *products: Product) -> None:
    """Import products."""
    async with database.begin() as tx:
        await tx.catalogue.apply(catalogue_of(*products, stock=[], weeks=[]))


@pytest.fixture
async def other_process(postgres_url: str) -> AsyncIterator[Database]:
    """Another pool on the same database."""
    database = Database(postgres_url, pool_size=2)
    yield database
    await database.close()


async def test_a_change_by_another_process_is_seen_at_once(database: Database, other_process: Database) -> None:
    """A price that was raised over there is not undercut here."""
    products = SqlProducts(database)
    await put(database, ROMA.build())
    before = (await products.named(["oxford-roma"]))["oxford-roma"]

    await put(other_process, ROMA.priced(1_400_000).build())

    after = (await products.named(["oxford-roma"]))["oxford-roma"]
    assert (before.base_price, after.base_price) == (Money(1_299_900), Money(1_400_000))


async def test_a_change_of_an_option_is_a_change_of_its_products(database: Database) -> None:
    """Surcharges are part of the price."""
    products = SqlProducts(database)
    await put(database, ROMA.build())
    await products.named(["oxford-roma"])

    dearer = a_style("BROGUE", surcharge=80_000)
    await put(database, a_product().called("derby-roma").in_styles(dearer).build())

    assert (await products.named(["oxford-roma"]))["oxford-roma"].style("BROGUE").surcharge == Money(80_000)


async def test_stock_is_no_part_of_the_catalogue(database: Database) -> None:
    """Counting the shelves doesn't make every process load its products again."""
    products = SqlProducts(database)
    await put(database, ROMA.build())
    before = await products.find("oxford-roma")

    async with database.begin() as tx:
        await tx.catalogue.apply(CatalogueChange(stock=[a_stock_item()], weeks=[a_week()]))

    assert await products.find("oxford-roma") is before


async def test_what_did_not_change_is_not_loaded_again(database: Database) -> None:
    """The same object, as long as the catalogue is the same; its options are shared between products."""
    products = SqlProducts(database)
    await put(database, ROMA.build(), ROMA.called("derby-roma").build())

    first = await products.named(["oxford-roma", "derby-roma"])
    again = await products.named(["oxford-roma"])

    assert first["oxford-roma"] is again["oxford-roma"]
    assert first["oxford-roma"].materials[0] is first["derby-roma"].materials[0]


async def test_a_change_between_the_check_and_the_loading_is_not_missed(database: Database) -> None:
    """What is loaded after the revision was asked for is told from what was there before."""
    changing = ChangesWhileAsked(database)
    await put(database, ROMA.build())
    products = SqlProducts(changing)

    found = await products.named(["oxford-roma"])

    assert changing.changes == 0
    assert found["oxford-roma"].base_price == Money(1_299_903)
    assert (await products.named(["oxford-roma"]))["oxford-roma"].base_price == Money(1_299_903)


class ChangesWhileAsked(Database):
    """A database whose catalogue changes just before each of three loads, as luck may have it."""

    def __init__(self, database: Database) -> None:
        self.__dict__.update(vars(database))
        self.changes = 3

    async def fetch(self, statement: Statement, **values: object) -> Collection[object]:  # type: ignore[override]  # rows
        """Change the catalogue, then read."""
        if self.changes and "product p" in statement.sql:
            self.changes -= 1
            await put(self, ROMA.priced(1_299_903 - self.changes).build())
        return await Database.fetch(self, statement, **values)


async def test_many_at_once_find_what_one_finds(database: Database) -> None:
    """Loading the same product in twenty tasks at once is a waste, not an error."""
    products = SqlProducts(database)
    await put(database, ROMA.build())

    found = await gather(*(products.find("oxford-roma") for _ in range(20)))

    assert {product.product_id for product in found if product} == {"oxford-roma"}


async def test_what_is_found_by_its_id_is_found_only_so_spelled(database: Database) -> None:
    """One spelling of an id, so that one thing has one address."""
    products = SqlProducts(database)
    product = replace(ROMA).build()
    await put(database, product)

    assert await products.find(str(product.id)) is not None
    assert await products.find(str(product.id).upper()) is None
    assert await products.find(product.id.hex) is None
