"""A whole shop in memory."""

from __future__ import annotations

from datetime import datetime

from adapters.memory.analytics import MemoryAnalytics
from adapters.memory.bell import MemoryBell
from adapters.memory.cache import MemoryCache
from adapters.memory.carrier import MemoryCarrier
from adapters.memory.carrier_notices import MemoryCarrierNotices
from adapters.memory.carts import MemoryCarts
from adapters.memory.catalogue_views import MemoryCatalogueViews
from adapters.memory.clock import MemoryClock
from adapters.memory.database import MemoryDatabase
from adapters.memory.deliveries import MemoryDeliveries
from adapters.memory.design_views import MemoryDesignViews
from adapters.memory.event_views import MemoryEventViews
from adapters.memory.ids import MemoryOrderNumbers, SequentialIds
from adapters.memory.leftovers import MemoryLeftovers
from adapters.memory.letters import MemoryLetters
from adapters.memory.mail_notices import MemoryMailNotices
from adapters.memory.mailer import MemoryMailer
from adapters.memory.operator_task_views import MemoryOperatorTaskViews
from adapters.memory.order_views import MemoryOrderViews
from adapters.memory.payment_gateway import MemoryPaymentGateway
from adapters.memory.payment_notices import MemoryPaymentNotices
from adapters.memory.payment_views import MemoryPaymentViews
from adapters.memory.pin_directory import MemoryPinDirectory
from adapters.memory.production_views import MemoryProductionViews
from adapters.memory.products import MemoryProducts
from adapters.memory.shipment_views import MemoryShipmentViews
from adapters.memory.shipping_rates import MemoryShippingRates
from adapters.memory.stock_views import MemoryStockViews
from adapters.memory.task_queue import MemoryTaskQueue
from domain.events import DomainEvent
from ports.transactions import Begin


class MemoryShop:
    """Everything that a use case asks for, under the names that use cases have for it.

    Two shops share nothing. Time stands at `now` until `clock.advance`.
    """

    def __init__(self, now: datetime) -> None:
        self.clock = MemoryClock(now)
        self.ids = SequentialIds()
        self.order_numbers = MemoryOrderNumbers()
        self.cache = MemoryCache(self.clock)
        self.carts = MemoryCarts(self.clock)
        self.pin_directory = MemoryPinDirectory()
        self.shipping_rates = MemoryShippingRates()
        self.payment_gateway = MemoryPaymentGateway()
        self.payment_notices = MemoryPaymentNotices()
        self.carrier = MemoryCarrier()
        self.carrier_notices = MemoryCarrierNotices()
        self.mailer = MemoryMailer()
        self.letters = MemoryLetters()
        self.mail_notices = MemoryMailNotices()
        self.analytics = MemoryAnalytics()
        self.task_queue = MemoryTaskQueue()
        self.bell = MemoryBell()
        self._database = MemoryDatabase(self.clock, on_news=self.bell.ring)
        self.deliveries = MemoryDeliveries(self._database)
        self.leftovers = MemoryLeftovers(self._database)
        self.event_views = MemoryEventViews(self._database, self.deliveries)
        self.operator_task_views = MemoryOperatorTaskViews(self._database)
        self.products = MemoryProducts(self._database)
        self.catalogue_views = MemoryCatalogueViews(self._database)
        self.design_views = MemoryDesignViews(self._database)
        self.order_views = MemoryOrderViews(self._database)
        self.payment_views = MemoryPaymentViews(self._database)
        self.shipment_views = MemoryShipmentViews(self._database)
        self.production_views = MemoryProductionViews(self._database)
        self.stock_views = MemoryStockViews(self._database)

    @property
    def begin(self) -> Begin:
        """Begins a transaction."""
        return self._database.begin

    @property
    def outbox(self) -> tuple[DomainEvent, ...]:
        """Every event that was committed, oldest first."""
        return self._database.outbox
