"""The repositories of one transaction on PostgreSQL."""

from __future__ import annotations

from adapters.db.catalogue_store import SqlCatalogueStore
from adapters.db.designs import SqlDesigns
from adapters.db.idempotency import SqlIdempotencyKeys
from adapters.db.inbox import SqlInbox
from adapters.db.mail_addresses import SqlMailAddresses
from adapters.db.operator_tasks import SqlOperatorTasks
from adapters.db.orders import SqlOrders
from adapters.db.payments import SqlPayments
from adapters.db.receipts import SqlReceipts
from adapters.db.reservations import SqlReservations
from adapters.db.session import Session
from adapters.db.shipments import SqlShipments
from ports.transactions import Transaction


class SqlTransaction(Transaction):
    """All repositories on one connection; whoever made it commits."""

    def __init__(self, session: Session) -> None:
        self._orders = SqlOrders(session)
        self._payments = SqlPayments(session)
        self._shipments = SqlShipments(session)
        self._reservations = SqlReservations(session)
        self._designs = SqlDesigns(session)
        self._catalogue = SqlCatalogueStore(session)
        self._idempotency = SqlIdempotencyKeys(session)
        self._receipts = SqlReceipts(session)
        self._tasks = SqlOperatorTasks(session)
        self._inbox = SqlInbox(session)
        self._mail_addresses = SqlMailAddresses(session)

    @property
    def orders(self) -> SqlOrders:
        """See Transaction."""
        return self._orders

    @property
    def payments(self) -> SqlPayments:
        """See Transaction."""
        return self._payments

    @property
    def shipments(self) -> SqlShipments:
        """See Transaction."""
        return self._shipments

    @property
    def reservations(self) -> SqlReservations:
        """See Transaction."""
        return self._reservations

    @property
    def designs(self) -> SqlDesigns:
        """See Transaction."""
        return self._designs

    @property
    def catalogue(self) -> SqlCatalogueStore:
        """See Transaction."""
        return self._catalogue

    @property
    def idempotency(self) -> SqlIdempotencyKeys:
        """See Transaction."""
        return self._idempotency

    @property
    def receipts(self) -> SqlReceipts:
        """See Transaction."""
        return self._receipts

    @property
    def tasks(self) -> SqlOperatorTasks:
        """See Transaction."""
        return self._tasks

    @property
    def inbox(self) -> SqlInbox:
        """See Transaction."""
        return self._inbox

    @property
    def mail_addresses(self) -> SqlMailAddresses:
        """See Transaction."""
        return self._mail_addresses
