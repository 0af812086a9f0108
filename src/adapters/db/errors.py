"""What PostgreSQL's refusals mean to the shop.

Nothing of a statement, nor of a row, gets into a message: PostgreSQL's own words quote both.
"""

from __future__ import annotations

import logging
from asyncio import IncompleteReadError
from collections.abc import Callable, Mapping
from typing import Final

from asyncpg.exceptions import InterfaceError, InternalClientError, PostgresError
from sqlalchemy.dialects.postgresql.asyncpg import AsyncAdapt_asyncpg_dbapi
from sqlalchemy.exc import SQLAlchemyError

from domain.errors import DomainError, InvalidValue, NotFound
from domain.inventory.errors import OutOfStock
from domain.ordering.errors import PaymentNotAllowed
from domain.payments.errors import RefundTooLarge
from domain.payments.payment import Payment
from domain.shipping.errors import AlreadyShipping, AwbTaken
from domain.shipping.shipment import Shipment
from ports.errors import PortUnavailable

DRIVER_ERRORS: Final = (PostgresError, InterfaceError, InternalClientError, OSError, TimeoutError, IncompleteReadError)
"""What a statement on an open connection may raise."""

CONNECT_ERRORS: Final = (*DRIVER_ERRORS, SQLAlchemyError, AsyncAdapt_asyncpg_dbapi.Error)
"""What getting a connection may raise. The last is what SQLAlchemy makes of a server that refuses to let us in."""

_log: Final = logging.getLogger(__name__)


class DatabaseUnavailable(PortUnavailable):
    """PostgreSQL can't be reached, is overloaded, or gave this transaction up."""

    def __init__(self, reason: str = "no answer", *, retry_after: int = 1) -> None:
        super().__init__("database", reason, retry_after=retry_after)


class LockTimeout(DatabaseUnavailable):
    """Somebody else has been working on the same row for too long."""

    def __init__(self) -> None:
        super().__init__("waited too long for a lock")


class ConnectionLost(DatabaseUnavailable):
    """The connection broke off. What the statement should have done is not done, but for a commit: see there."""

    def __init__(self, reason: str = "the connection was lost") -> None:
        super().__init__(reason)


class RuleBroken(DomainError):
    """A row would break a rule that the domain should have kept.

    `constraint` names the rule, for the log: the message may get to a caller, whom the
    names of our tables don't concern.
    """

    def __init__(self, constraint: str) -> None:
        super().__init__("the change breaks a rule of the shop")
        self.constraint = constraint


def _refund_too_large(subject: object) -> DomainError:
    if not isinstance(subject, Payment):
        return RuleBroken("ck_payment_refunded_within_captured")
    return RefundTooLarge(subject.refunded, subject.captured)


def _awb_taken(subject: object) -> DomainError:
    if not isinstance(subject, Shipment) or subject.waybill is None:
        return RuleBroken("uq_shipment_carrier_awb")
    return AwbTaken(subject.waybill.awb)


Refusal = Callable[[object], DomainError]

CONSTRAINTS: Final[Mapping[str, Refusal]] = {
    "ck_payment_refunded_within_captured": _refund_too_large,
    "ck_stock_item_reserved_within_on_hand": lambda _: OutOfStock(()),
    "fk_order_item_order_id": lambda order: NotFound("order", order),
    "fk_payment_order_id": lambda payment: NotFound("order", getattr(payment, "order_id", payment)),
    "fk_reservation_item_sku": lambda _: OutOfStock(()),
    "fk_shipment_order_id": lambda shipment: NotFound("order", getattr(shipment, "order_id", shipment)),
    "uq_payment_provider_provider_order_id": lambda _: PaymentNotAllowed("the gateway's order has a payment already"),
    "uq_payment_provider_provider_payment_id": lambda _: PaymentNotAllowed("the gateway's payment is counted already"),
    "uq_shipment_carrier_awb": _awb_taken,
    "uq_shipment_order_id_direction": lambda shipment: AlreadyShipping(getattr(shipment, "order", "")),
}
"""What a broken constraint tells a caller, given the aggregate that was saved. Others are `RuleBroken`."""

# https://www.postgresql.org/docs/current/errcodes-appendix.html
_UNAVAILABLE: Final[Mapping[str, str]] = {
    "08": "the connection was lost",
    "40": "given up in favour of a concurrent transaction",
    "53": "the server has no room for more work",
    "57": "the server is shutting down or starting up",
    "58": "the server's storage fails",
}
_LOCK_NOT_AVAILABLE: Final = "55P03"
_QUERY_CANCELED: Final = "57014"
_CONNECTION_IS_GONE: Final = frozenset({"57P01", "57P02", "57P05", "25P03"})
_INTEGRITY: Final = "23"
_NO_TEXT: Final = frozenset({"22021", "22P05"})


def translated(error: Exception, subject: object = None) -> Exception:
    """The shop's word for what the driver raised; the error itself where it is a mistake of ours."""
    if _is_misuse(error):
        return error
    if not isinstance(error, PostgresError):
        return ConnectionLost()
    state: str = error.sqlstate or ""
    if state.startswith(_INTEGRITY):
        return _refused(error, subject)
    if state == _LOCK_NOT_AVAILABLE:
        return LockTimeout()
    if state in _NO_TEXT:
        return InvalidValue("text", "holds a character that can't be kept")
    if state == _QUERY_CANCELED:
        return DatabaseUnavailable("a statement took too long")
    if state in _CONNECTION_IS_GONE or state.startswith("08"):
        return ConnectionLost()
    reason = _UNAVAILABLE.get(state[:2])
    return DatabaseUnavailable(reason) if reason else error


def _is_misuse(error: Exception) -> bool:
    """Two tasks on one transaction, a value of the wrong type: nothing that passes by itself."""
    return isinstance(error, InterfaceError) and "closed" not in str(error)


def _refused(error: PostgresError, subject: object) -> DomainError:
    constraint: str = error.constraint_name or f"not_null_{error.table_name}_{error.column_name}"
    refusal = CONSTRAINTS.get(constraint)
    refused = refusal(subject) if refusal else RuleBroken(constraint)
    if isinstance(refused, RuleBroken):
        _log.warning("a row would have broken %s", constraint)
    return refused
