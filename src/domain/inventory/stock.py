"""Components on the shelf, and how many of them are spoken for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from domain.errors import InvalidValue
from domain.inventory.errors import OutOfStock

SKU: Final = re.compile(r"(leather|sole|box|pair):[A-Za-z0-9-]+(:[0-9.]+)?")


class Unit(StrEnum):
    """What a stock row counts."""

    DM2 = "DM2"
    PAIR = "PAIR"
    PIECE = "PIECE"


def leather_sku(color: str) -> str:
    """Leather (or cloth) of a colour, in dm²."""
    return f"leather:{color}"


def sole_sku(sole: str, size_eu: str) -> str:
    """A pair of soles of a size."""
    return f"sole:{sole}:{size_eu}"


BOX_SKU: Final = "box:standard"


@dataclass(slots=True)
class StockItem:
    """A component that pairs consume: `0 <= reserved <= on_hand`, in its unit."""

    sku: str
    unit: Unit
    on_hand: int
    reserved: int = 0

    def __post_init__(self) -> None:
        if not SKU.fullmatch(self.sku):
            raise InvalidValue("sku", f"{self.sku!r} is not leather:…, sole:…:…, box:… or pair:…")
        if not 0 <= self.reserved <= self.on_hand:
            raise InvalidValue("on_hand", f"{self.sku}: 0 <= {self.reserved} <= {self.on_hand} does not hold")

    @property
    def available(self) -> int:
        """What can still be promised."""
        return self.on_hand - self.reserved

    def reserve(self, quantity: int) -> None:
        """Promise some, or raise OutOfStock."""
        _check_quantity(quantity)
        if quantity > self.available:
            raise OutOfStock((self.sku,))
        self.reserved += quantity

    def release(self, quantity: int) -> None:
        """Take a promise back."""
        _check_quantity(quantity)
        if quantity > self.reserved:
            raise InvalidValue("quantity", f"{self.sku}: only {self.reserved} are reserved")
        self.reserved -= quantity

    def consume(self, quantity: int) -> None:
        """Use up what was promised."""
        self.release(quantity)
        self.on_hand -= quantity


def _check_quantity(quantity: int) -> None:
    if quantity < 0:
        raise InvalidValue("quantity", "a quantity is not negative")
