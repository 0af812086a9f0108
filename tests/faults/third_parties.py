"""The sandboxes as witnesses: what the shop had them do, order by order."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Final

from tests.faults.door import Door, Json
from tests.faults.market import Market

_NUMBER: Final = re.compile(r"IS-\d{4}-\d+")
_WEALTH: Final = 100_000_000.0  # rupees, for couriers


@dataclass(slots=True)
class Deeds:
    """About one order: paise that came and went, parcels by their air waybills, mails by their kinds."""

    paid: list[int] = field(default_factory=list)
    given_back: list[int] = field(default_factory=list)
    parcels: list[str] = field(default_factory=list)
    mails: Counter[str] = field(default_factory=Counter)


class ThirdParties:
    """Gateway, carrier and mail, of a market that has all three."""

    def __init__(self, market: Market) -> None:
        settings = market.shop.settings
        self._gateway = market.door_to(settings.razorpay_url)
        self._carrier = market.door_to(settings.shiprocket_url)
        self._mail = market.door_to(settings.mail_url)

    async def told(self) -> int | None:
        """How many messages they have sent since they forgot; None while one has not arrived."""
        count = 0
        for door in (self._gateway, self._carrier, self._mail):
            sent = (await _control(door, "GET", "/webhooks"))["deliveries"]
            if any(each["state"] == "waiting" for each in sent):
                return None
            count += len(sent)
        return count

    async def tell_again(self) -> None:
        """Tell now what was not heard, however long they would have left the shop alone."""
        for door in (self._gateway, self._carrier, self._mail):
            for each in (await _control(door, "GET", "/webhooks"))["deliveries"]:
                if each["state"] == "waiting":
                    await _control(door, "POST", f"/webhooks/{each['event_id']}/redeliver")

    async def forget_what_was_told(self) -> None:
        """Keep their lists short."""
        for door in (self._gateway, self._carrier, self._mail):
            await door.ask("DELETE", "/_control/webhooks")

    async def be_rich(self) -> None:
        """Have money for any number of parcels."""
        await _control(self._carrier, "PUT", "/wallet", {"balance": _WEALTH})

    async def bring(self, reference: str) -> None:
        """Take a parcel all the way to the door, at once."""
        await _control(self._carrier, "POST", f"/parcels/{reference}/advance", {"steps": 9})

    async def deeds(self) -> dict[str, Deeds]:
        """All that was done, by order number."""
        deeds: dict[str, Deeds] = defaultdict(Deeds)
        money = await _control(self._gateway, "GET", "/state")
        receipts = {order["id"]: order["receipt"] for order in money["orders"]}
        payments = {each["id"]: receipts[each["order_id"]] for each in money["payments"]}
        for each in money["payments"]:
            if each["captured"]:
                deeds[receipts[each["order_id"]]].paid.append(each["amount"])
        for each in money["refunds"]:
            deeds[payments[each["payment_id"]]].given_back.append(each["amount"])
        parcels = await _control(self._carrier, "GET", "/state")
        awbs = {each["id"]: each["awb"] for each in parcels["shipments"]}
        for each in parcels["orders"]:
            for number in _NUMBER.findall(each["asked"]["reference"]):
                deeds[number].parcels.append(awbs[each["shipment_id"]])
        for each in (await self._mail.ask("GET", "/_control/outbox")).response.json():
            for number in _NUMBER.findall(each["subject"]):
                deeds[number].mails[each["tags"]["kind"]] += 1
        return deeds

    async def spent_on_parcels(self) -> tuple[int, int]:
        """Paise that are missing in the wallet, and what all parcels together cost."""
        held = await _control(self._carrier, "GET", "/state")
        return round(_WEALTH * 100) - held["account"]["wallet"], sum(each["freight"] for each in held["shipments"])


async def _control(door: Door, method: str, path: str, body: object = None) -> Json:
    answer = await door.ask(method, f"/_control{path}", body=body)
    assert answer.status == 200, f"{method} {path}: {answer.response.body.decode()}"
    return answer.document
