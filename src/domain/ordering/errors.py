"""What an order refuses."""

from __future__ import annotations

from domain.errors import DomainError
from domain.money import Money


class InvalidTransition(DomainError):
    """A status can't go from where it is to what was asked."""

    code = "conflict"

    def __init__(self, order: str, current: str, wanted: str) -> None:
        super().__init__(f"order {order} is {current} and can't become {wanted}")
        self.order = order
        self.current = current
        self.wanted = wanted


class OrderNotCancellable(DomainError):
    """The order has gone too far to be cancelled; the message says how far."""

    code = "order-not-cancellable"

    def __init__(self, order: str, state: str) -> None:
        super().__init__(f"order {order} can't be cancelled any more: it is {state}")
        self.order = order
        self.state = state


class PriceChanged(DomainError):
    """The buyer agreed to another total than what the order costs now."""

    code = "price-changed"

    def __init__(self, expected: Money, actual: Money) -> None:
        super().__init__(f"the total is {actual} now, not {expected}")
        self.expected = expected
        self.actual = actual


class CodNotAvailable(DomainError):
    """Cash on delivery isn't offered for this order."""

    code = "cod-not-available"

    def __init__(self, reason: str) -> None:
        super().__init__(f"cash on delivery is not available: {reason}")
        self.reason = reason


class PaymentNotAllowed(DomainError):
    """No payment can be started or confirmed for the order as it stands."""

    code = "payment-not-allowed"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ReturnRefused(DomainError):
    """The order can't be sent back, for all of these reasons."""

    code = "conflict"

    def __init__(self, order: str, reasons: tuple[str, ...]) -> None:
        super().__init__(f"order {order} can't be returned: {'; '.join(reasons)}")
        self.order = order
        self.reasons = reasons
