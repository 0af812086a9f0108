"""What a cart refuses."""

from __future__ import annotations

from uuid import UUID

from domain.errors import DomainError, InvalidValue


class CartEmpty(DomainError):
    """There is nothing to order."""

    code = "cart-empty"

    def __init__(self) -> None:
        super().__init__("the cart is empty")


class TooManyPairs(InvalidValue):
    """More pairs of one design than the shop makes for one cart."""

    def __init__(self, most: int) -> None:
        super().__init__("quantity", f"1 to {most} pairs of one design")


class TooManyLines(InvalidValue):
    """More different designs than one cart takes."""

    def __init__(self, most: int) -> None:
        super().__init__("items", f"a cart takes up to {most} designs")


class NotMergeable(DomainError):
    """Only a guest's cart goes into a customer's: nobody's cart is touched otherwise."""

    code = "conflict"

    def __init__(self) -> None:
        super().__init__("only a guest's cart can be merged, and only into a customer's")


class CartAlreadyOrdered(DomainError):
    """One cart is ordered at most once. `order_id` is the order that it became."""

    code = "conflict"

    def __init__(self, order_id: UUID) -> None:
        super().__init__(f"this cart has been ordered as {order_id}")
        self.order_id = order_id
