"""Messages are read by whoever they concern, once, and what can't be read goes to a person."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest

from adapters.memory.carrier_notices import MemoryCarrierNotices
from adapters.memory.mail_notices import MemoryMailNotices
from adapters.memory.payment_notices import MemoryPaymentNotices
from adapters.memory.shop import MemoryShop
from application.events.handler import Handler, subscription_of
from application.events.relay_events import LEASE
from application.fulfilment.take_parcel_notice import TakeParcelNotice
from application.operations.ask_operator import OperatorDesk
from application.saga.take_bounce_webhook import TakeBounceWebhook
from application.saga.take_parcel_webhook import TakeParcelWebhook
from application.saga.take_payment_webhook import TakePaymentWebhook
from application.webhooks.open_message import MessageOpener
from application.webhooks.receive_webhook import ReceiveWebhook
from domain.customers.email import Email
from domain.operations.task import TaskKind
from domain.operations.webhooks import WebhookReceived
from domain.ordering.status import OrderStatus
from domain.shipping.parcel import ParcelStatus
from ports.deliveries import Delivery
from ports.mail_notices import BounceNotice
from ports.webhooks import WebhookCall
from tests.builders import NOW
from tests.unit.application.dispatch import Dispatch, notice
from tests.unit.application.till import Till

pytestmark = pytest.mark.anyio


@dataclass(frozen=True, slots=True)
class PostRoom:
    """A shop with its inbox, and those who send to it."""

    dispatch: Dispatch = field(default_factory=Dispatch)
    carrier: MemoryCarrierNotices = field(default_factory=MemoryCarrierNotices)
    mail: MemoryMailNotices = field(default_factory=MemoryMailNotices)

    @property
    def shop(self) -> MemoryShop:
        """Where all is kept."""
        return self.dispatch.shop

    @property
    def opener(self) -> MessageOpener:
        """Opens messages."""
        return MessageOpener(self.shop.begin, OperatorDesk(self.shop.clock, self.shop.ids), self.shop.clock)

    async def hear(self, provider: str, call: WebhookCall, handler: Handler[Any]) -> Delivery:
        """A message comes in, and is delivered to a handler."""
        receive = ReceiveWebhook({"courier": self.carrier, "mail": self.mail}, self.shop.begin, self.shop.ids)
        await receive(provider, call)
        [due] = await self.shop.deliveries.hand_out([subscription_of(handler)], NOW, lease=LEASE, most=9)
        [delivery] = await self.shop.deliveries.start([due.key], NOW, lease=LEASE)
        assert isinstance(delivery.event, WebhookReceived)
        await handler(delivery.event, delivery.key)
        return delivery

    async def reason(self, address: str) -> str | None:
        """Why nothing is sent there."""
        async with self.shop.begin() as tx:
            return await tx.mail_addresses.undeliverable(Email(address))


@pytest.fixture
def room() -> PostRoom:
    """An empty inbox."""
    return PostRoom()


def bounces(room: PostRoom) -> TakeBounceWebhook:
    """Who reads what mail providers send."""
    return TakeBounceWebhook({"mail": room.mail}, room.opener, room.shop.begin, room.shop.clock)


def parcels(room: PostRoom) -> TakeParcelWebhook:
    """Who reads what carriers send."""
    take = TakeParcelNotice("memory", room.shop.begin, room.dispatch.intake, room.shop.clock)
    return TakeParcelWebhook({"courier": room.carrier}, room.opener, take)


async def test_a_bounce_marks_every_address_that_it_names(room: PostRoom) -> None:
    """What is no address at all is passed over."""
    notice = BounceNotice(("asha@example.com", "not an address", "ravi@example.com"), "bounced: NoEmail")

    await room.hear("mail", room.mail.tell(notice, event_id="evt_1", at=NOW), bounces(room))

    assert [await room.reason(each) for each in ("asha@example.com", "ravi@example.com", "leela@example.com")] == [
        "bounced: NoEmail",
        "bounced: NoEmail",
        None,
    ]


async def test_good_news_of_a_mail_changes_nothing(room: PostRoom) -> None:
    """It arrived."""
    await room.hear("mail", room.mail.tell(None, event_id="evt_1", at=NOW), bounces(room))

    assert await room.shop.operator_task_views.open_tasks(9) == []


async def test_a_parcel_s_news_moves_its_order_once(room: PostRoom) -> None:
    """A carrier's test call, which is about no parcel, moves nothing."""
    order = await room.dispatch.order()
    parcel = notice(await room.dispatch.booked(order), ParcelStatus.PICKED_UP, NOW)

    for call in (room.carrier.tell(parcel, at=NOW), room.carrier.tell(None, at=NOW)):
        await room.hear("courier", call, parcels(room))

    assert (await room.dispatch.order_now(order)).status is OrderStatus.SHIPPED
    assert [event.name for event in room.shop.outbox].count("order.shipped") == 1


async def test_what_cannot_be_read_goes_to_a_person_once(room: PostRoom) -> None:
    """It is kept, and not tried again: tomorrow it says the same."""
    authentic = room.carrier.tell(None, at=NOW)
    handler = parcels(room)
    for body in (b"<html>", b"[]"):
        delivery = await room.hear("courier", WebhookCall(authentic.headers, body, NOW), handler)
        await handler(WebhookReceived(aggregate_id=_of(delivery), occurred_at=NOW, provider="courier"), delivery.key)

    [task] = await room.shop.operator_task_views.open_tasks(9)
    assert (task.kind, task.subject) == (TaskKind.WEBHOOK_UNREADABLE, "messages of courier")


async def test_each_leaves_the_others_messages_alone(room: PostRoom) -> None:
    """Not even a look inside."""
    till = await Till.opened()
    call = room.mail.tell(BounceNotice(("asha@example.com",), "bounced"), event_id="evt_1", at=NOW)
    payments = next(each for each in till.handlers if isinstance(each, TakePaymentWebhook))
    strangers: list[Handler[Any]] = [
        parcels(room),
        TakePaymentWebhook(
            {"payments": MemoryPaymentNotices()}, room.opener, payments.take_payment, payments.take_refund
        ),
        TakeBounceWebhook({"other": room.mail}, room.opener, room.shop.begin, room.shop.clock),
    ]
    delivery = await room.hear("mail", call, strangers[0])
    for stranger in strangers[1:]:
        await stranger(WebhookReceived(aggregate_id=_of(delivery), occurred_at=NOW, provider="mail"), delivery.key)

    assert await room.reason("asha@example.com") is None
    assert await room.shop.operator_task_views.open_tasks(9) == []


def _of(delivery: Delivery) -> UUID:
    assert isinstance(delivery.event, WebhookReceived)
    return delivery.event.aggregate_id
