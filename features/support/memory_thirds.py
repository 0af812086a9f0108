"""Third parties in memory, and what a scenario does with them."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from bootstrap.memory import MemoryAdapters
from domain.shipping.parcel import ParcelStatus
from features.support.memory_messages import Messages
from features.support.seen import OrderSeen, PaymentSeen, Proof
from features.support.stack import Courier, Gateway, PostOffice, RefundSeen, Station
from ports.carrier_notices import ParcelNotice
from ports.mail_notices import BounceNotice
from ports.payment_gateway import GatewayPayment, GatewayPaymentStatus, GatewayRefund, GatewayRefundStatus

Run = Callable[[Coroutine[Any, Any, Any]], Any]  # Any: whatever a port answers

_TAKEN: Final = frozenset({GatewayPaymentStatus.CAPTURED, GatewayPaymentStatus.REFUNDED})
_TO_THE_DOOR: Final = (ParcelStatus.PICKED_UP, ParcelStatus.IN_TRANSIT, ParcelStatus.OUT_FOR_DELIVERY)
_NOT_HANDED_OVER: Final = (*_TO_THE_DOOR, ParcelStatus.UNDELIVERED)
_WAYS: Final[Mapping[Station, tuple[ParcelStatus, ...]]] = {
    "picked up": _TO_THE_DOOR[:1],
    "out for delivery": _TO_THE_DOOR,
    "delivered": (*_TO_THE_DOOR, ParcelStatus.DELIVERED),
    "undelivered": _NOT_HANDED_OVER,
    "turned back": (*_NOT_HANDED_OVER, ParcelStatus.RTO_INITIATED),
    "back at the workshop": (
        *(*_NOT_HANDED_OVER, ParcelStatus.RTO_INITIATED),
        *(ParcelStatus.RTO_IN_TRANSIT, ParcelStatus.RTO_DELIVERED),
    ),
    "lost": (*_TO_THE_DOOR[:2], ParcelStatus.LOST),
}
_STEP: Final = timedelta(minutes=1)


class MemoryThirdParty:
    """See ThirdParty."""

    def __init__(self, ports: MemoryAdapters, messages: Messages) -> None:
        self.messages = messages
        self._ports = ports

    def hold_messages(self) -> None:
        self.messages.hold()

    def send_messages(self) -> None:
        self.messages.send()

    def babble(self) -> None:
        self.messages.babble()

    def _now(self) -> Any:  # datetime, through an untyped container
        return self._ports.clock().now()


class MemoryGateway(MemoryThirdParty, Gateway):
    """The gateway of the shop, and the customers' banks."""

    def __init__(self, ports: MemoryAdapters, messages: Messages, run: Run) -> None:
        super().__init__(ports, messages)
        self._gateway = ports.payment_gateway()
        self._run = run

    def pay(self, payment: PaymentSeen, outcome: str) -> Proof:
        """Play the customer at the checkout."""
        proof = self._gateway.pay(payment.provider_order_id, outcome)
        seen = self._run(self._gateway.fetch_payment(proof.provider_payment_id))
        if seen.status is GatewayPaymentStatus.CAPTURED:
            self._tell(replace(seen, status=GatewayPaymentStatus.AUTHORIZED))
        self._tell(seen)
        return Proof(proof.provider_order_id, proof.provider_payment_id, proof.signature)

    def authorize_late(self, payment: PaymentSeen) -> None:
        failed = next(each for each in self._attempts(payment) if each.status is GatewayPaymentStatus.FAILED)
        self._tell(self._gateway.authorize_late(failed.provider_payment_id))

    def begin_refunds_pending(self) -> None:
        self._gateway.new_refunds = GatewayRefundStatus.PENDING

    def settle_refund(self, payment: PaymentSeen) -> None:
        self._tell(self._gateway.settle_refund(self._pending(payment)))

    def fail_refund(self, payment: PaymentSeen) -> None:
        self._tell(self._gateway.fail_refund(self._pending(payment)))

    def has_captured(self, payment: PaymentSeen) -> bool:
        return any(each.status in _TAKEN for each in self._attempts(payment))

    def refunds(self, payment: PaymentSeen) -> list[RefundSeen]:
        return [RefundSeen(each.amount.minor, each.status.lower()) for each in self._run(self._given_back(payment))]

    def go_away(self) -> None:
        self._gateway.unavailable = True

    def come_back(self) -> None:
        self._gateway.unavailable = False

    def send_falsely(self, how: str) -> None:
        call = self.messages.last_held
        falsified = {
            "without its signature": replace(call, headers={"x-event-id": "evt_1"}),
            "with a forged signature": replace(call, headers={**call.headers, "x-signature": "0" * 64}),
            "four days after it was made": replace(call, at=call.at + timedelta(days=4)),
        }
        self.messages.receive(falsified[how])

    def _attempts(self, payment: PaymentSeen) -> list[GatewayPayment]:
        attempts: list[GatewayPayment] = self._run(self._gateway.payments_of(payment.provider_order_id))
        return attempts

    def _pending(self, payment: PaymentSeen) -> str:
        [pending] = [each for each in self._run(self._given_back(payment)) if each.status == "PENDING"]
        return str(pending.provider_refund_id)

    async def _given_back(self, payment: PaymentSeen) -> list[GatewayRefund]:
        order_id = await self._ports.payment_views().order_of(self._gateway.provider, payment.provider_order_id)
        async with self._ports.begin()() as tx:
            refunds = (await tx.payments.of_order(order_id)).refunds
        sent = [each.provider_refund_id for each in refunds if each.provider_refund_id]
        return [await self._gateway.fetch_refund(each) for each in sent]

    def _tell(self, told: GatewayPayment | GatewayRefund) -> None:
        now = self._now()
        self.messages.say(self._ports.shop().payment_notices.call(told, event_id=f"evt_{uuid.uuid4().hex}", at=now))


class MemoryCourier(MemoryThirdParty, Courier):
    """The carrier of the shop, and its roads."""

    def __init__(self, ports: MemoryAdapters, messages: Messages) -> None:
        super().__init__(ports, messages)
        self._carrier = ports.shop().carrier
        self._notices = ports.shop().carrier_notices

    def bring(self, awb: str, station: Station) -> None:
        carried = next(each for each in self._carrier.carried if each.assigned and each.assigned.awb == awb)
        passed = {scan.status for scan in carried.scans}
        for status in _WAYS[station]:
            if status not in passed:
                self._ports.clock().advance(_STEP)
                self._carrier.scan(awb, status, at=self._now())
                self._tell(ParcelNotice(awb, status, self._now(), tuple(carried.scans), None, carried.is_return))

    def refuse_all(self) -> None:
        self._carrier.refusal = "no courier goes there"

    def go_away(self) -> None:
        self._carrier.unavailable = True

    def come_back(self) -> None:
        self._carrier.unavailable = False

    def lose_answers(self) -> None:
        self._carrier.lose_answer_of("announce")
        self._carrier.lose_answer_of("assign")

    def parcels(self, order: OrderSeen) -> int:
        return sum(each.parcel.order == order.number and not each.cancelled for each in self._carrier.carried)

    def send_falsely(self, how: str) -> None:
        headers = {"without its key": {}, "with a wrong key": {"x-api-key": "0" * 32}}
        self.messages.receive(replace(self.messages.last_held, headers=headers[how]))

    def tell_of_unknown_parcel(self) -> None:
        notice = ParcelNotice("NOBODYS0001", ParcelStatus.DELIVERED, self._now(), (), None, is_return=False)
        self.messages.receive(self._notices.tell(notice, at=self._now()))

    def _tell(self, notice: ParcelNotice) -> None:
        self.messages.say(self._notices.tell(notice, at=self._now()))


class MemoryPostOffice(MemoryThirdParty, PostOffice):
    """Where the shop's mail goes, and comes back from some addresses."""

    def __init__(self, ports: MemoryAdapters, messages: Messages) -> None:
        super().__init__(ports, messages)
        self._bouncing: set[str] = set()
        self._seen = 0

    def letters(self, address: str) -> list[str]:
        return [each.kind for each in self._ports.mailer().sent if each.to == address]

    def bouncing_address(self) -> str:
        address = f"bounced+{uuid.uuid4().hex}@resend.dev"
        self._bouncing.add(address)
        return address

    def return_mail(self) -> None:
        """Tell the shop of what came back since the last time."""
        sent = self._ports.mailer().sent
        for mail in sent[self._seen :]:
            if mail.to in self._bouncing:
                notice = BounceNotice((mail.to,), "bounced: General")
                notices = self._ports.shop().mail_notices
                self.messages.say(notices.tell(notice, event_id=uuid.uuid4().hex, at=self._now()))
        self._seen = len(sent)
