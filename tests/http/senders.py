"""Third parties that call the shop, each with its key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from adapters.memory.shop import MemoryShop
from ports.webhooks import WebhookCall
from tests.builders import NOW


@dataclass(frozen=True, slots=True)
class Sender:
    """Somebody who calls at an address; `signed` makes a message to a shop, always the same one."""

    source: str
    path: str
    signed: Callable[[MemoryShop], WebhookCall]


GATEWAY: Final = Sender(
    "payments",
    "/webhooks/payments/razorpay",
    lambda shop: shop.payment_notices.call(None, event_id="evt_1", at=NOW),
)
CARRIER: Final = Sender("courier", "/webhooks/courier", lambda shop: shop.carrier_notices.tell(None, at=NOW))
MAILER: Final = Sender("mail", "/webhooks/mail", lambda shop: shop.mail_notices.tell(None, event_id="msg_1", at=NOW))
SENDERS: Final = (GATEWAY, CARRIER, MAILER)
