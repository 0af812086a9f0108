"""Third parties that call the shop, each with its key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from adapters.memory.carrier_notices import MemoryCarrierNotices
from adapters.memory.mail_notices import MemoryMailNotices
from adapters.memory.payment_notices import MemoryPaymentNotices
from ports.webhooks import WebhookCall, WebhookSource
from tests.builders import NOW

GATEWAY: Final = MemoryPaymentNotices()
CARRIER: Final = MemoryCarrierNotices()
MAILER: Final = MemoryMailNotices()
SOURCES: Final[Mapping[str, WebhookSource]] = {"payments": GATEWAY, "courier": CARRIER, "mail": MAILER}


@dataclass(frozen=True, slots=True)
class Sender:
    """Somebody who calls at an address; `signed` makes a message, always the same one."""

    source: str
    path: str
    signed: Callable[[], WebhookCall]


SENDERS: Final = (
    Sender("payments", "/webhooks/payments/razorpay", lambda: GATEWAY.call(None, event_id="evt_1", at=NOW)),
    Sender("courier", "/webhooks/courier", lambda: CARRIER.tell(None, at=NOW)),
    Sender("mail", "/webhooks/mail", lambda: MAILER.tell(None, event_id="msg_1", at=NOW)),
)
