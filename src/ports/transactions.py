"""One unit of work: all of it is kept, or nothing."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from ports.catalogue_store import CatalogueStore
from ports.deliveries import Receipts
from ports.designs import Designs
from ports.idempotency import IdempotencyKeys
from ports.mail_addresses import MailAddresses
from ports.operator_tasks import OperatorTasks
from ports.orders import Orders
from ports.payments import Payments
from ports.reservations import Reservations
from ports.shipments import Shipments
from ports.webhooks import Inbox


class Transaction(Protocol):
    """The repositories of one transaction."""

    @property
    @abstractmethod
    def orders(self) -> Orders: ...

    @property
    @abstractmethod
    def payments(self) -> Payments: ...

    @property
    @abstractmethod
    def shipments(self) -> Shipments: ...

    @property
    @abstractmethod
    def reservations(self) -> Reservations: ...

    @property
    @abstractmethod
    def designs(self) -> Designs: ...

    @property
    @abstractmethod
    def catalogue(self) -> CatalogueStore: ...

    @property
    @abstractmethod
    def idempotency(self) -> IdempotencyKeys: ...

    @property
    @abstractmethod
    def receipts(self) -> Receipts: ...

    @property
    @abstractmethod
    def tasks(self) -> OperatorTasks: ...

    @property
    @abstractmethod
    def inbox(self) -> Inbox: ...

    @property
    @abstractmethod
    def mail_addresses(self) -> MailAddresses: ...


Begin = Callable[[], AbstractAsyncContextManager[Transaction]]
"""`async with begin() as tx:` commits at the end of the block and rolls back on any error.

Nothing else commits. No network call to a third party belongs inside. May raise
PortUnavailable (nothing was done, or, for a lost connection, it is said that this is unknown).
"""
