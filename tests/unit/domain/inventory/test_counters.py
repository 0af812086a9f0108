"""What is on the shelf and what a week can take is never promised twice, nor below nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from domain.errors import InvalidValue
from domain.inventory.capacity import WeekCapacity
from domain.inventory.errors import CapacityExhausted, OutOfStock
from domain.inventory.stock import StockItem, Unit
from tests.builders import THIS_WEEK, a_stock_item, a_week

amounts = st.integers(min_value=0, max_value=12)


class Shelf(RuleBasedStateMachine):
    """A component that is reserved, given back and used up in any order."""

    item: StockItem
    on_hand: int
    reserved: int

    @initialize(on_hand=st.integers(0, 20))
    def stock(self, on_hand: int) -> None:
        """Begin with a full shelf."""
        self.item, self.on_hand, self.reserved = a_stock_item("box:standard", on_hand), on_hand, 0

    @rule(quantity=amounts)
    def reserve(self, quantity: int) -> None:
        """Promised only if it is there."""
        if quantity > self.on_hand - self.reserved:
            with pytest.raises(OutOfStock) as refused:
                self.item.reserve(quantity)
            assert refused.value.skus == ("box:standard",)
        else:
            self.item.reserve(quantity)
            self.reserved += quantity

    @rule(quantity=amounts)
    def release(self, quantity: int) -> None:
        """Given back only if it was promised."""
        if quantity > self.reserved:
            with pytest.raises(InvalidValue):
                self.item.release(quantity)
        else:
            self.item.release(quantity)
            self.reserved -= quantity

    @rule(quantity=amounts)
    def consume(self, quantity: int) -> None:
        """Used up only if it was promised."""
        if quantity > self.reserved:
            with pytest.raises(InvalidValue):
                self.item.consume(quantity)
        else:
            self.item.consume(quantity)
            self.reserved -= quantity
            self.on_hand -= quantity

    @invariant()
    def agrees(self) -> None:
        """The counters are those of the book-keeping, within their bounds."""
        assert (self.item.on_hand, self.item.reserved) == (self.on_hand, self.reserved)
        assert 0 <= self.item.reserved <= self.item.on_hand
        assert self.item.available == self.on_hand - self.reserved


class Calendar(RuleBasedStateMachine):
    """A week that is booked and given back in any order."""

    week: WeekCapacity
    booked: int

    @initialize(capacity=st.integers(0, 20))
    def plan(self, capacity: int) -> None:
        """Begin with an empty week."""
        self.week, self.booked = a_week(capacity=capacity), 0

    @rule(pairs=amounts)
    def book(self, pairs: int) -> None:
        """Promised only if there is room."""
        if pairs > self.week.capacity - self.booked:
            with pytest.raises(CapacityExhausted) as refused:
                self.week.book(pairs)
            assert (refused.value.earliest, refused.value.pairs) == (THIS_WEEK.monday, pairs)
        else:
            self.week.book(pairs)
            self.booked += pairs

    @rule(pairs=amounts)
    def release(self, pairs: int) -> None:
        """Given back only if it was promised."""
        if pairs > self.booked:
            with pytest.raises(InvalidValue):
                self.week.release(pairs)
        else:
            self.week.release(pairs)
            self.booked -= pairs

    @invariant()
    def agrees(self) -> None:
        """The counter is that of the book-keeping, within its bounds."""
        assert self.week.booked == self.booked
        assert 0 <= self.week.booked <= self.week.capacity
        assert self.week.free == self.week.capacity - self.booked


Shelf.TestCase.settings = settings(max_examples=60, stateful_step_count=20, deadline=None)
Calendar.TestCase.settings = Shelf.TestCase.settings
TestShelf = Shelf.TestCase
TestCalendar = Calendar.TestCase


@pytest.mark.parametrize("change", [StockItem.reserve, StockItem.release, StockItem.consume])
def test_a_negative_quantity_moves_no_stock(change: Callable[[StockItem, int], None]) -> None:
    """A sign that was mistyped neither invents stock nor gives back what others were promised."""
    item = replace(a_stock_item("box:standard", 10), reserved=4)
    with pytest.raises(InvalidValue):
        change(item, -5)
    assert (item.on_hand, item.reserved) == (10, 4)


@pytest.mark.parametrize("change", [WeekCapacity.book, WeekCapacity.release])
def test_a_negative_number_of_pairs_moves_no_week(change: Callable[[WeekCapacity, int], None]) -> None:
    """Nor does it make room in a full week."""
    week = replace(a_week(capacity=10), booked=4)
    with pytest.raises(InvalidValue):
        change(week, -5)
    assert week.booked == 4


@pytest.mark.parametrize(("on_hand", "reserved"), [(0, 1), (5, 6), (-1, 0), (5, -1)])
def test_a_shelf_that_promises_more_than_it_holds_cannot_exist(on_hand: int, reserved: int) -> None:
    """Not even when it is restored."""
    with pytest.raises(InvalidValue):
        StockItem("box:standard", Unit.PIECE, on_hand, reserved)


@pytest.mark.parametrize(("capacity", "booked"), [(0, 1), (5, 6), (-1, 0), (5, -1)])
def test_a_week_that_promises_more_than_it_can_make_cannot_exist(capacity: int, booked: int) -> None:
    """Not even when it is restored."""
    with pytest.raises(InvalidValue):
        WeekCapacity(THIS_WEEK, capacity, booked)


@pytest.mark.parametrize("sku", ["leather:CALF-COGNAC", "sole:GOODYEAR:42.5", "box:standard", "pair:BDGFPNJVYK2P"])
def test_skus_name_a_component_or_a_ready_pair(sku: str) -> None:
    """The four kinds that pairs consume or are."""
    assert StockItem(sku, Unit.PIECE, 1).sku == sku


@pytest.mark.parametrize(
    "sku", ["", "box", "box:", "lace:RED", "leather:CALF COGNAC", "sole:X:42:43", "box:standard\n"]
)
def test_other_skus_cannot_exist(sku: str) -> None:
    """A typing error in a stock list is caught at birth."""
    with pytest.raises(InvalidValue) as refused:
        StockItem(sku, Unit.PIECE, 1)
    assert refused.value.field == "sku"
