"""A cart: lines of (design, quantity), of a customer or of a guest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from domain.cart.errors import TooManyLines, TooManyPairs
from domain.design.design import Design
from domain.errors import NotFound
from domain.events import Aggregate
from domain.money import Money

MOST_PAIRS: Final = 10
MOST_LINES: Final = 50


@dataclass(frozen=True, slots=True)
class GuestCart:
    """The owner of a guest's cart: sha-256 (hex) of the token that the guest holds."""

    token_hash: str


@dataclass(frozen=True, slots=True)
class CustomerCart:
    """The owner of a customer's cart."""

    customer_id: UUID


CartOwner = GuestCart | CustomerCart


@dataclass(frozen=True, slots=True)
class CartLine:
    """`quantity` pairs of a design, and the unit price that its owner last agreed to."""

    design: Design
    quantity: int
    seen_price: Money

    def __post_init__(self) -> None:
        if not 1 <= self.quantity <= MOST_PAIRS:
            raise TooManyPairs(MOST_PAIRS)

    @property
    def line_id(self) -> str:
        """A line is its design: the design code."""
        return self.design.code


@dataclass(slots=True, kw_only=True, eq=False)
class Cart(Aggregate):
    """What somebody means to buy. `expires_at` (UTC) is set for guests only.

    `merged` are the ids of the guest carts that have been merged into this one.
    """

    id: UUID
    owner: CartOwner
    lines: tuple[CartLine, ...] = ()
    merged: frozenset[UUID] = frozenset()
    updated_at: datetime
    expires_at: datetime | None = None

    @property
    def pairs(self) -> int:
        """All pairs in the cart."""
        return sum(line.quantity for line in self.lines)

    def add(self, design: Design, quantity: int, price: Money, *, at: datetime) -> None:
        """Put pairs in; the same design adds up. Raises TooManyPairs and TooManyLines."""
        if quantity < 1:
            raise TooManyPairs(MOST_PAIRS)
        present = self._find(design.code)
        if present is None:
            if len(self.lines) >= MOST_LINES:
                raise TooManyLines(MOST_LINES)
            self.lines = (*self.lines, CartLine(design, quantity, price))
        else:
            self._put(CartLine(design, present.quantity + quantity, price))
        self.updated_at = at

    def set_quantity(self, line_id: str, quantity: int, price: Money, *, at: datetime) -> None:
        """Change a line; its owner has now seen `price`. Raises NotFound and TooManyPairs."""
        line = self.line(line_id)
        self._put(CartLine(line.design, quantity, price))
        self.updated_at = at

    def remove(self, line_id: str, *, at: datetime) -> None:
        """Take a line out. Raises NotFound."""
        self.line(line_id)
        self.lines = tuple(line for line in self.lines if line.line_id != line_id)
        self.updated_at = at

    def clear(self, *, at: datetime) -> None:
        """Take everything out."""
        self.lines = ()
        self.updated_at = at

    def line(self, line_id: str) -> CartLine:
        """The line of a design. Raises NotFound."""
        found = self._find(line_id)
        if found is None:
            raise NotFound("cart item", line_id)
        return found

    def left_after(self, ordered: Mapping[str, int], new_id: UUID, *, at: datetime) -> Cart | None:
        """What came in while `ordered` (pairs by design code) was bought; None when nothing did.

        It takes this cart's place under a new id, because one cart is ordered at most once.
        """
        left = tuple(
            replace(line, quantity=more)
            for line in self.lines
            if (more := line.quantity - ordered.get(line.line_id, 0)) > 0
        )
        if not left:
            return None
        return replace(self, id=new_id, lines=left, updated_at=at)

    def _find(self, line_id: str) -> CartLine | None:
        return next((line for line in self.lines if line.line_id == line_id), None)

    def _put(self, changed: CartLine) -> None:
        self.lines = tuple(changed if line.line_id == changed.line_id else line for line in self.lines)
