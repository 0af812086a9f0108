"""The shops that the contracts of repositories and views are checked on."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from adapters.memory.shop import MemoryShop
from ports.catalogue_store import CatalogueChange
from ports.catalogue_views import CatalogueViews
from ports.deliveries import Deliveries
from ports.designs import DesignViews
from ports.event_views import EventViews
from ports.ids import OrderNumbers
from ports.leftovers import Leftovers
from ports.operator_tasks import OperatorTaskViews
from ports.order_views import OrderViews
from ports.payment_views import PaymentViews
from ports.production_views import ProductionViews
from ports.products import Products
from ports.shipment_views import ShipmentViews
from ports.stock_views import StockViews
from ports.transactions import Begin, Transaction
from tests.builders import NOW


class Abandoned(Exception):
    """What goes wrong in a transaction that is to be rolled back."""


@dataclass(frozen=True, slots=True)
class Told:
    """An event that is to be told: a row of the outbox."""

    name: str
    aggregate: str
    aggregate_id: UUID
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopCase:
    """An empty shop. `outbox` reads what was committed to it, oldest first."""

    begin: Begin
    products: Products
    catalogue_views: CatalogueViews
    design_views: DesignViews
    order_views: OrderViews
    payment_views: PaymentViews
    shipment_views: ShipmentViews
    stock_views: StockViews
    order_numbers: OrderNumbers
    deliveries: Deliveries
    event_views: EventViews
    leftovers: Leftovers
    production_views: ProductionViews
    operator_task_views: OperatorTaskViews
    outbox: Callable[[], Awaitable[Sequence[Told]]]

    @asynccontextmanager
    async def failing(self) -> AsyncIterator[Transaction]:
        """A transaction that fails at the end of its block, and says so."""
        try:
            async with self.begin() as tx:
                yield tx
                raise Abandoned
        except Abandoned:
            return
        raise AssertionError("nobody was told that the transaction failed")

    async def fill(self, change: CatalogueChange) -> None:
        """Put a catalogue, stock and weeks into it."""
        async with self.begin() as tx:
            await tx.catalogue.apply(change)


def memory_shop() -> ShopCase:
    """The shop in memory."""
    shop = MemoryShop(NOW)

    async def outbox() -> Sequence[Told]:
        return [Told(event.name, event.aggregate, event.aggregate_id, event.occurred_at) for event in shop.outbox]

    return ShopCase(
        begin=shop.begin,
        products=shop.products,
        catalogue_views=shop.catalogue_views,
        design_views=shop.design_views,
        order_views=shop.order_views,
        payment_views=shop.payment_views,
        shipment_views=shop.shipment_views,
        stock_views=shop.stock_views,
        order_numbers=shop.order_numbers,
        deliveries=shop.deliveries,
        event_views=shop.event_views,
        leftovers=shop.leftovers,
        production_views=shop.production_views,
        operator_task_views=shop.operator_task_views,
        outbox=outbox,
    )


@asynccontextmanager
async def postgres_shop(url: str) -> AsyncIterator[ShopCase]:
    """The shop in a migrated, empty database."""
    from adapters.db.catalogue_views import SqlCatalogueViews
    from adapters.db.deliveries import SqlDeliveries
    from adapters.db.design_views import SqlDesignViews
    from adapters.db.engine import Database
    from adapters.db.event_views import SqlEventViews
    from adapters.db.leftovers import SqlLeftovers
    from adapters.db.operator_task_views import SqlOperatorTaskViews
    from adapters.db.order_numbers import SqlOrderNumbers
    from adapters.db.order_views import SqlOrderViews
    from adapters.db.payment_views import SqlPaymentViews
    from adapters.db.production_views import SqlProductionViews
    from adapters.db.products import SqlProducts
    from adapters.db.session import Statement
    from adapters.db.shipment_views import SqlShipmentViews
    from adapters.db.stock_views import SqlStockViews

    database = Database(url)
    told = Statement("SELECT name, aggregate, aggregate_id, occurred_at FROM domain_event ORDER BY id")

    async def outbox() -> Sequence[Told]:
        return [Told(**row) for row in await database.fetch(told)]

    try:
        yield ShopCase(
            begin=database.begin,
            products=SqlProducts(database),
            catalogue_views=SqlCatalogueViews(database),
            design_views=SqlDesignViews(database),
            order_views=SqlOrderViews(database),
            payment_views=SqlPaymentViews(database),
            shipment_views=SqlShipmentViews(database),
            stock_views=SqlStockViews(database),
            order_numbers=SqlOrderNumbers(database),
            deliveries=SqlDeliveries(database),
            event_views=SqlEventViews(database),
            leftovers=SqlLeftovers(database),
            production_views=SqlProductionViews(database),
            operator_task_views=SqlOperatorTaskViews(database),
            outbox=outbox,
        )
    finally:
        await database.close()
