"""The shop in memory: one thread that does, when it is asked to, what servers and workers do by themselves."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from dependency_injector import providers

from adapters.shipping.rate_table import RateTableShipping
from application.events.retry_policy import RetryPolicy
from bootstrap.backoffice import BackOffice
from bootstrap.container import Shop
from bootstrap.memory import DEFAULT_POLICY, MemoryAdapters
from bootstrap.saga import Saga
from domain.customers.pincode import PinCode
from features.support.backroom import Backroom
from features.support.memory_messages import Messages
from features.support.memory_shopper import MemoryShopper
from features.support.memory_staff import MemoryStaff
from features.support.memory_thirds import MemoryCourier, MemoryGateway, MemoryPostOffice
from features.support.rest import unrest
from features.support.seen import Shopper
from features.support.stack import Stack
from ports.event_views import DeliveryState

NOW: Final = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
ATTEMPTS: Final = 3
"""Before an operator is asked."""

_ROUNDS: Final = 200

Run = Callable[[Coroutine[Any, Any, Any]], Any]  # Any: whatever a use case answers


class MemoryStack(Stack):
    """A shop that lives as long as the scenario."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self.ports = MemoryAdapters(now=NOW)
        self.ports.retry_policy.override(providers.Object(RetryPolicy(attempts=ATTEMPTS)))
        rates = RateTableShipping(seller_pincode=PinCode("560001"), seller_state=DEFAULT_POLICY.seller)
        self.ports.shipping_rates.override(providers.Object(rates))
        self._saga = Saga(ports=self.ports)
        office = BackOffice(ports=self.ports)
        self.backroom = Backroom(self.ports, run)
        self.staff = MemoryStaff(self.ports, office, run)
        self.gateway = MemoryGateway(self.ports, Messages("payments", office, run), run)
        self.courier = MemoryCourier(self.ports, Messages("courier", office, run))
        self.post = MemoryPostOffice(self.ports, Messages("mail", office, run))

    def shopper(self) -> Shopper:
        return MemoryShopper(self.ports, Shop(ports=self.ports), BackOffice(ports=self.ports), self.gateway, self._run)

    def pass_time(self, time: timedelta) -> None:
        self.ports.clock().advance(time)

    def settle(self) -> None:
        for _ in range(_ROUNDS):
            self._work_off()
            left = self._run(unrest(self.ports.event_views(), self._now))
            if not left:
                return
            self.pass_time(left.pause(self._now))
        raise AssertionError("the shop does not come to rest")

    def await_failure(self, handler: str) -> None:
        self._work_off()
        pending = self._run(self.ports.event_views().deliveries(DeliveryState.PENDING, 100))
        assert any(each.handler == handler and each.error for each in pending), f"{handler} did not fail"

    @property
    def _now(self) -> datetime:
        now: datetime = self.ports.clock().now()
        return now

    def _work_off(self) -> None:
        """Do all that is due now."""
        while self._go_round():
            pass

    def _go_round(self) -> bool:
        """Hand over what third parties tell, and make what deliveries are due. False when there was nothing."""
        self.post.return_mail()
        told = [each.deliver() for each in (self.gateway.messages, self.courier.messages, self.post.messages)]
        handed_over = self._run(self._saga.relay_events()())
        while (task := self.ports.task_queue().take()) is not None:
            self._run(self._saga.handle_deliveries()(task[1]))
        return bool(handed_over or any(told))
