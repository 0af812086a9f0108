"""Somebody of the workshop, who works at any of the doors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tests.faults.door import Answer, Door, Json
from tests.faults.guests import BASE, fresh_key
from tests.harness.live import OPERATOR

_SIGNED_IN: Final = {"Authorization": f"Bearer {OPERATOR}"}


@dataclass(frozen=True, slots=True)
class Staff:
    """Answers are given back as they come."""

    door: Door

    async def refund(self, order: str, amount: int | None, *, key: str | None = None) -> Answer:
        """Give back so many paise, or all that is left."""
        return await self._post(order, "/refunds", {"amount": amount, "reason": "The sole came off"}, key)

    async def make(self, order: str) -> None:
        """Cut the leather, box the pair: a parcel is booked next."""
        for made in (await self.cut(order), await self.box(order)):
            assert made.status == 200, made.response.body

    async def cut(self, order: str) -> Answer:
        """Begin to make the pairs."""
        return await self._post(order, "/start-production")

    async def box(self, order: str) -> Answer:
        """Say that the pairs are finished."""
        return await self._post(order, "/ready")

    async def order(self, order: str) -> Json:
        """An order as it is."""
        return (await self.door.ask("GET", f"{BASE}/admin/orders/{order}", headers=_SIGNED_IN)).data

    async def shipments(self, order: str) -> list[Json]:
        """Every try to ship it, the oldest first."""
        answer = await self.door.ask("GET", f"{BASE}/admin/orders/{order}/shipments", headers=_SIGNED_IN)
        shipments: list[Json] = answer.document["data"]
        return shipments

    async def _post(self, order: str, path: str, body: Json | None = None, key: str | None = None) -> Answer:
        headers = {**_SIGNED_IN, "Idempotency-Key": key or fresh_key()}
        return await self.door.ask("POST", f"{BASE}/admin/orders/{order}{path}", headers=headers, body=body)
