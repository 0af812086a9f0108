"""What the workshop does while customers shop: the arrangements of a scenario.

Works on the ports of any stack, so that the same arrangement means the same on both.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import timedelta
from typing import Any

from dependency_injector.containers import Container

from bootstrap.saga import Saga
from domain.catalogue.product import Product
from domain.inventory.capacity import Week, WeekCapacity, earliest_week
from domain.inventory.stock import StockItem, Unit
from domain.money import Money
from ports.catalogue_store import CatalogueChange

Run = Callable[[Coroutine[Any, Any, Any]], Any]  # Any: whatever a port answers

_FAR = timedelta(weeks=60)


class Backroom:
    """The workshop's hands: shelf, calendar, prices, and the chores."""

    def __init__(self, ports: Container, run: Run) -> None:
        self._ports = ports
        self._run = run

    def price(self, product_id: str, price: Money) -> None:
        """Sell a product at another base price from now on."""
        self._run(self._change_product(product_id, base_price=price))

    def sell_slipper(self, price: Money) -> None:
        """Put a product without surcharges on sale. Raises InvalidValue when it can't be sold at that price."""
        self._run(self._sell_slipper(price))

    def leave(self, sku: str, available: int) -> None:
        """Leave that many of a component on the shelf."""
        unit = Unit.PAIR if sku.startswith("sole:") else Unit.DM2
        self._apply(CatalogueChange(stock=[StockItem(sku, unit, available)]))

    def leave_in_first_week(self, pairs: int) -> None:
        """Leave room for that many pairs in the first week that can be promised for three weeks of lead time."""
        self._apply(CatalogueChange(weeks=[WeekCapacity(self._weeks()[0], pairs)]))

    def close_all_weeks(self) -> None:
        """Leave no room in any week for more than is booked."""
        self._run(self._close_all_weeks())

    def do_chore(self, name: str) -> None:
        """One of those that time brings, by its name in the parts list."""
        self._run(Saga(ports=self._ports).upkeep()[name]())

    def reserved(self) -> dict[str, int]:
        """What is promised of each component, without the zeros."""
        contents = self._run(self._contents())
        return {sku: quantity for sku, quantity in contents.reserved.items() if quantity}

    def booked(self) -> int:
        """Pairs that are promised in all weeks."""
        return sum(self._run(self._contents()).booked.values())

    def _weeks(self) -> list[Week]:
        now = self._ports.clock().now()
        week, last = earliest_week(now, 21), Week.of((now + _FAR).date())
        weeks = [week]
        while week < last:
            week = week.next()
            weeks.append(week)
        return weeks

    def _apply(self, change: CatalogueChange) -> None:
        self._run(self._applied(change))

    async def _applied(self, change: CatalogueChange) -> None:
        async with self._ports.begin()() as tx:
            await tx.catalogue.apply(change)

    async def _contents(self) -> Any:  # CatalogueContents, through an untyped container
        async with self._ports.begin()() as tx:
            return await tx.catalogue.contents()

    async def _close_all_weeks(self) -> None:
        booked = (await self._contents()).booked
        now = Week.of(self._ports.clock().now().date())
        weeks = [now, now.next(), now.next().next(), *self._weeks()]
        closed = [WeekCapacity(week, booked.get(str(week), 0)) for week in dict.fromkeys(weeks)]
        await self._applied(CatalogueChange(weeks=closed))

    async def _change_product(self, product_id: str, **fields: Any) -> None:  # Any: any field of Product
        products = await self._ports.products().named({product_id})
        changed = _copy(products[product_id], updated_at=self._ports.clock().now(), **fields)
        await self._applied(CatalogueChange(products=[changed]))

    async def _sell_slipper(self, price: Money) -> None:
        model = (await self._ports.products().named({"oxford-roma"}))["oxford-roma"]
        slipper = _copy(
            model,
            id=self._ports.ids().new_id(),
            product_id="slipper",
            title="Slipper",
            base_price=price,
            styles=model.styles[:1],
            soles=model.soles[:1],
            materials=(replace(model.materials[0], colors=model.materials[0].colors[:1]),),
            rules=(),
            monogram=None,
        )
        slipper.check(self._ports.clock().now().date())
        await self._applied(CatalogueChange(products=[slipper]))


def _copy(product: Product, **fields: Any) -> Product:  # Any: any field of Product
    return replace(product, **fields)
