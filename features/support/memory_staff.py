"""The workshop's staff, who call the use cases themselves."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, Final
from uuid import UUID

from application.events.replay_event import ReplayEventCommand
from application.fulfilment.answer_failed_delivery import AnswerFailedDeliveryCommand
from application.fulfilment.book_shipment import BookShipmentCommand
from application.fulfilment.cancel_shipment import CancelShipmentCommand
from application.fulfilment.enter_awb import EnterAwbCommand
from application.fulfilment.report_parcel import ReportParcelCommand
from application.orders.cancel_order import CancelOrderCommand
from application.payments.request_refund import RequestRefundCommand
from bootstrap.backoffice import BackOffice
from bootstrap.memory import MemoryAdapters
from domain.actor import Staff as StaffMember
from domain.errors import DomainError
from domain.money import Money
from domain.permissions import Permission
from domain.shipping.booking import Direction
from domain.shipping.parcel import ParcelStatus
from domain.shipping.waybill import Waybill
from features.support.seen import Refused
from features.support.stack import ShipmentSeen, Staff, StuckSeen, TaskSeen
from ports.carrier import DeliveryWish
from ports.event_views import DeliveryState
from ports.idempotency import IdempotencyKey

Run = Callable[[Coroutine[Any, Any, Any]], Any]  # Any: whatever a use case answers

_SOMEBODY: Final = StaffMember(UUID("019b0000-0000-7000-8000-000000000001"), frozenset(Permission))


class MemoryStaff(Staff):
    """Somebody who may do everything."""

    def __init__(self, ports: MemoryAdapters, office: BackOffice, run: Run) -> None:
        self._ports = ports
        self._office = office
        self._run = run

    def start_production(self, order_id: str) -> None:
        self._ask(self._office.start_production()(_SOMEBODY, order_id))

    def mark_ready(self, order_id: str) -> None:
        self._ask(self._office.mark_ready()(_SOMEBODY, order_id))

    def cancel(self, order_id: str) -> None:
        command = CancelOrderCommand(_SOMEBODY, order_id, "the leather is faulty", self._key("cancel"))
        self._ask(self._office.cancel_for_buyer()(command))

    def refund(self, order_id: str, amount: int | None) -> None:
        money = None if amount is None else Money(amount)
        command = RequestRefundCommand(_SOMEBODY, order_id, money, "goodwill", self._key("refund"))
        self._ask(self._office.request_refund()(command))

    def book(self, order_id: str, carrier: str | None) -> None:
        self._ask(
            self._office.book_shipment()(BookShipmentCommand(_SOMEBODY, order_id, carrier, self._key("shipments")))
        )

    def enter_awb(self, order_id: str, awb: str, courier: str) -> None:
        waybill = Waybill(awb, courier, tracking_url=None)
        self._ask(self._office.enter_awb()(EnterAwbCommand(_SOMEBODY, order_id, waybill)))

    def report(self, order_id: str, status: str) -> None:
        command = ReportParcelCommand(_SOMEBODY, order_id, Direction.OUTBOUND, ParcelStatus(status))
        self._ask(self._office.report_parcel()(command))

    def call_off(self, order_id: str) -> None:
        self._ask(self._office.cancel_shipment()(CancelShipmentCommand(_SOMEBODY, order_id, Direction.OUTBOUND)))

    def ask_for_reattempt(self, order_id: str) -> None:
        command = AnswerFailedDeliveryCommand(_SOMEBODY, order_id, DeliveryWish.TRY_AGAIN, "at home after six")
        self._ask(self._office.answer_failed_delivery()(command))

    def shipments(self, order_id: str) -> list[ShipmentSeen]:
        return [
            ShipmentSeen(
                carrier=each.carrier,
                is_return=each.direction is Direction.RETURN,
                step=each.step,
                status=each.status,
                courier=each.courier,
                awb=each.awb,
            )
            for each in self._ask(self._office.list_shipments()(_SOMEBODY, order_id))
        ]

    def tasks(self) -> list[TaskSeen]:
        tasks = self._ask(self._office.list_tasks()(_SOMEBODY, 100))
        return [TaskSeen(each.kind, str(each.order_id) if each.order_id else None) for each in tasks.items]

    def stuck(self) -> list[StuckSeen]:
        dead = self._ask(self._office.list_deliveries()(_SOMEBODY, DeliveryState.DEAD, 100))
        return [StuckSeen(str(each.event_id), each.handler) for each in dead.items]

    def replay(self, event_id: str) -> None:
        self._ask(self._office.replay_event()(ReplayEventCommand(_SOMEBODY, UUID(event_id), None)))

    def _key(self, what: str) -> IdempotencyKey:
        return IdempotencyKey(f"staff.{what}", str(self._ports.ids().new_id()), what)

    def _ask(self, question: Coroutine[Any, Any, Any]) -> Any:  # Any: whatever the use case answers
        try:
            return self._run(question)
        except DomainError as refusal:
            raise Refused(refusal.code) from refusal
