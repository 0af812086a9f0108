"""What a payment refuses."""

from __future__ import annotations

from domain.errors import DomainError
from domain.money import Money


class InvalidPaymentTransition(DomainError):
    """A payment can't go from where it is to what was asked."""

    code = "conflict"

    def __init__(self, payment_id: object, current: str, wanted: str) -> None:
        super().__init__(f"payment {payment_id} is {current} and can't become {wanted}")
        self.current = current
        self.wanted = wanted


class RefundTooLarge(DomainError):
    """More was asked back than is left of what was captured."""

    code = "conflict"

    def __init__(self, asked: Money, left: Money) -> None:
        super().__init__(f"{asked} can't be refunded: {left} is left")
        self.asked = asked
        self.left = left


class AmountMismatch(DomainError):
    """The gateway speaks of another amount than the shop asked for."""

    code = "payment-not-allowed"

    def __init__(self, expected: Money, actual: Money) -> None:
        super().__init__(f"{expected} was asked for, the gateway has {actual}")
        self.expected = expected
        self.actual = actual
