"""Payments and refunds of one transaction."""

from __future__ import annotations

from functools import cache
from typing import Final
from uuid import UUID

from adapters.db.outbox import pulled_events, telling
from adapters.db.payment_rows import payment_of, payment_row, refund_rows
from adapters.db.session import Row, Session, Statement
from adapters.db.statements import Values, as_json, changed_columns, insert_rows, update_columns
from adapters.db.tables.payments import payment as payment_table
from adapters.db.tables.payments import refund as refund_table
from domain.payments.payment import Payment
from ports.errors import StaleAggregate
from ports.payments import Payments

_REFUNDS_INTO: Final = insert_rows(refund_table, "refunds")
_ADD: Final = Statement(f"""
    WITH added AS ({insert_rows(payment_table, "payments")}),
    asked AS ({_REFUNDS_INTO}),
    {telling()}
    SELECT 1
""")  # constants of this package
_LOCK_LATEST: Final = Statement("""
    SELECT * FROM payment WHERE order_id = :order_id ORDER BY created_at DESC, id DESC LIMIT 1 FOR NO KEY UPDATE
""")
# Not part of the statement above: that one sees what was there before it waited for the lock.
_REFUNDS: Final = Statement("SELECT * FROM refund WHERE payment_id = :payment_id ORDER BY position")


@cache
def _save(columns: tuple[str, ...]) -> Statement:
    return Statement(f"""
        WITH saved AS ({update_columns(payment_table, columns)} RETURNING id),
        asked AS (
            {_REFUNDS_INTO} WHERE EXISTS (SELECT FROM saved)
            ON CONFLICT (id) DO UPDATE SET state = excluded.state, provider_refund_id = excluded.provider_refund_id,
                failure = excluded.failure, ask_at = excluded.ask_at
        ),
        {telling("WHERE EXISTS (SELECT FROM saved)")}
        SELECT id FROM saved
    """)  # noqa: S608  # constants of this package


class SqlPayments(Payments):
    """Writes events to the outbox with every change."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._loaded: dict[UUID, tuple[Values, dict[UUID, Values]]] = {}

    async def add(self, payment: Payment) -> None:
        """See Payments. Raises NotFound without its order, PaymentNotAllowed for a gateway's order used before."""
        row, refunds = payment_row(payment), refund_rows(payment)
        await self._session.row(
            _ADD,
            about=payment,
            payments=as_json([{**row, "version": 1}]),
            refunds=as_json(list(refunds.values())),
            events=pulled_events(self._session, payment),
        )
        payment.version = 1
        self._loaded[payment.id] = row, refunds

    async def of_order(self, order_id: UUID) -> Payment | None:
        """See Payments."""
        row = await self._session.row(_LOCK_LATEST, order_id=order_id)
        if row is None:
            return None
        payment = payment_of(row, await self._refunds_of(row))
        self._loaded[payment.id] = payment_row(payment), refund_rows(payment)
        return payment

    async def save(self, payment: Payment) -> None:
        """See Payments."""
        row, refunds = payment_row(payment), refund_rows(payment)
        before, refunds_before = self._loaded.get(payment.id, (None, {}))
        changed = changed_columns(before, row)
        changed_refunds = [refund for key, refund in refunds.items() if refunds_before.get(key) != refund]
        saved = await self._session.row(
            _save(tuple(changed)),
            about=payment,
            **{**changed, "id": payment.id, "version": payment.version},
            refunds=as_json(changed_refunds),
            events=pulled_events(self._session, payment),
        )
        if saved is None:
            raise StaleAggregate("payment", payment.id)
        payment.version += 1
        self._loaded[payment.id] = row, refunds

    async def _refunds_of(self, row: Row) -> list[Row]:
        if row["captured"] == 0:  # nothing could be asked back yet: spare the round trip
            return []
        return list(await self._session.rows(_REFUNDS, payment_id=row["id"]))
