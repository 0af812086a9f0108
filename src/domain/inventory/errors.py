"""What the stock room and the workshop's calendar refuse."""

from __future__ import annotations

from datetime import date

from domain.errors import DomainError


class OutOfStock(DomainError):
    """Components are missing for what was asked. `skus` lists them, sorted."""

    code = "out-of-stock"

    def __init__(self, skus: tuple[str, ...]) -> None:
        super().__init__(f"not enough in stock: {', '.join(skus)}")
        self.skus = skus


class CapacityExhausted(DomainError):
    """No week from `earliest` (a Monday) on has room for so many pairs."""

    code = "capacity-exhausted"

    def __init__(self, earliest: date, pairs: int) -> None:
        super().__init__(f"the workshop has no week left for {pairs} pairs from {earliest} on")
        self.earliest = earliest
        self.pairs = pairs


class InvalidReservationState(DomainError):
    """A reservation can't go from one state to the other."""

    code = "conflict"

    def __init__(self, order_id: object, status: str, wanted: str) -> None:
        super().__init__(f"reservation of order {order_id} is {status}, not to be made {wanted}")
        self.status = status
        self.wanted = wanted
