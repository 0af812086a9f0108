"""From rows to stock levels and weeks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from application.catalogue.ledger import Group, Ledger
from application.catalogue.parts import Parts
from application.catalogue.row_checks import range_problems, shown, spelling_problems
from application.catalogue.rows import CapacityRow, RejectedRow, RowKind, StockRow
from domain.design.design import is_design_code
from domain.inventory.capacity import WORKSHOP_ZONE, Week, WeekCapacity
from domain.inventory.stock import BOX_SKU, StockItem, Unit

_MOST_ON_HAND: Final = 1_000_000_000
_MOST_PAIRS: Final = 100_000
_MOST_WEEKS: Final = 260
_UNITS: Final = {"leather": Unit.DM2, "sole": Unit.PAIR, "box": Unit.PIECE, "pair": Unit.PAIR}
CAPACITY_KEY: Final = "capacity"


def unit_of(sku: str) -> Unit | None:
    """What a component is counted in: its sku says what it is."""
    return _UNITS.get(sku.partition(":")[0])


@dataclass(frozen=True, slots=True)
class StockTaker:
    """Turns rows into stock levels; what is `reserved` for orders (by sku) limits them from below."""

    stock: Group[StockItem]
    parts: Parts
    reserved: Mapping[str, int]

    def take(self, rows: Iterable[StockRow]) -> None:
        """Bring the good levels, refuse the others."""
        ledger = self.stock.ledger
        sizes = {row.eu for last in self.parts.lasts.everything for row in last.sizes}
        for row in rows:
            reasons = ledger.reasons_against(RowKind.STOCK, row.sku, row.line)
            self._check_sku(row.sku, sizes, reasons)
            reasons.extend(self._level_problems(row))
            if reasons:
                ledger.refuse(RejectedRow(row.line, RowKind.STOCK, row.sku, tuple(reasons)))
            else:
                reserved = self.reserved.get(row.sku, 0)
                self.stock.brought[row.sku] = StockItem(row.sku, Unit(row.unit), row.on_hand, reserved)

    def _check_sku(self, sku: str, sizes: Collection[str], reasons: list[str]) -> None:
        match sku.split(":"):
            case ["leather", color]:
                self.parts.colors.find("sku", color, reasons)
            case ["sole", sole, size]:
                self.parts.soles.find("sku", sole, reasons)
                if size not in sizes:
                    reasons.append(f"sku: no last has the EU size {shown(size)}")
            case ["pair", design] if is_design_code(design):
                pass
            case _ if sku == BOX_SKU:
                pass
            case _:
                reasons.append(
                    f"sku: neither leather:<color> nor sole:<sole>:<EU size> nor {BOX_SKU} nor pair:<design code>"
                )

    def _level_problems(self, row: StockRow) -> Iterator[str]:
        expected = unit_of(row.sku)
        yield from spelling_problems("unit", row.unit, [expected] if expected else Unit)
        yield from range_problems("onHand", row.on_hand, 0, _MOST_ON_HAND)
        reserved = self.reserved.get(row.sku, 0)
        if 0 <= row.on_hand < reserved:
            yield f"onHand: {reserved} are reserved for orders, {row.on_hand} is too little"


def take_capacity(
    row: CapacityRow | None, ledger: Ledger, booked: Mapping[str, int], now: datetime
) -> tuple[WeekCapacity, ...]:
    """The weeks that a row opens or sets, from the current one on; none when it is refused."""
    if row is None:
        return ()
    reasons = [
        *range_problems("pairsPerWeek", row.pairs_per_week, 0, _MOST_PAIRS),
        *range_problems("weeksAhead", row.weeks_ahead, 1, _MOST_WEEKS),
    ]
    weeks = () if reasons else tuple(_weeks(now, row.weeks_ahead))
    reasons.extend(
        f"pairsPerWeek: {booked[str(week)]} pairs are booked in {week}, {row.pairs_per_week} is too little"
        for week in weeks
        if booked.get(str(week), 0) > row.pairs_per_week
    )
    if reasons:
        ledger.refuse(RejectedRow(row.line, RowKind.CAPACITY, CAPACITY_KEY, tuple(reasons)))
        return ()
    return tuple(WeekCapacity(week, row.pairs_per_week, booked.get(str(week), 0)) for week in weeks)


def _weeks(now: datetime, count: int) -> Iterator[Week]:
    first = Week.of(now.astimezone(WORKSHOP_ZONE).date())
    return (Week(first.monday + timedelta(weeks=number)) for number in range(count))
