"""The workshop learns of what needs a person."""

from __future__ import annotations

import pytest

from adapters.memory.letters import MemoryLetters
from adapters.memory.mailer import MemoryMailer
from adapters.memory.shop import MemoryShop
from application.saga.post import Post
from application.saga.tell_operator import TellOperator
from domain.customers.email import Email
from domain.operations.events import TaskOpened
from domain.operations.task import TaskKind
from ports.deliveries import DeliveryKey
from tests.builders import NOW, fresh_id

pytestmark = pytest.mark.anyio

WORKSHOP = "workshop@example.com"


async def test_a_mail_that_came_back_once_silences_no_alarm() -> None:
    """Nobody would hear of refunds and parcels that are stuck, for ever."""
    shop, mailer = MemoryShop(NOW), MemoryMailer()
    async with shop.begin() as tx:
        await tx.mail_addresses.mark_undeliverable(Email(WORKSHOP), "bounced: MailboxFull", NOW)
    tell = TellOperator(WORKSHOP, Post(MemoryLetters(), mailer, shop.begin))
    opened = TaskOpened(
        aggregate_id=fresh_id(), occurred_at=NOW, kind=TaskKind.REFUND_FAILED, subject="refund 1", detail="no balance"
    )

    await tell(opened, DeliveryKey(fresh_id(), tell.name))

    assert [mail.to for mail in mailer.sent] == [WORKSHOP]
