"""The workshop's staff, at its dashboard."""

from __future__ import annotations

from typing import Any

import httpx

from features.support.http_calls import answered, fresh_key
from features.support.stack import ShipmentSeen, Staff, StuckSeen, TaskSeen


class HttpStaff(Staff):
    """Somebody who holds the operator's token; `http` sends it."""

    def __init__(self, http: httpx.Client) -> None:
        self._http = http

    def start_production(self, order_id: str) -> None:
        self._post(f"/orders/{order_id}/start-production")

    def mark_ready(self, order_id: str) -> None:
        self._post(f"/orders/{order_id}/ready")

    def cancel(self, order_id: str) -> None:
        self._post(f"/orders/{order_id}/cancel", {"reason": "the leather is faulty"})

    def refund(self, order_id: str, amount: int | None) -> None:
        self._post(f"/orders/{order_id}/refunds", {"amount": amount, "reason": "goodwill"})

    def book(self, order_id: str, carrier: str | None) -> None:
        self._post(f"/orders/{order_id}/shipments", {"carrier": carrier})

    def enter_awb(self, order_id: str, awb: str, courier: str) -> None:
        self._post(f"/orders/{order_id}/shipments/awb", {"awb": awb, "courier": courier})

    def report(self, order_id: str, status: str) -> None:
        self._post(f"/orders/{order_id}/shipments/report", {"direction": "OUTBOUND", "status": status})

    def call_off(self, order_id: str) -> None:
        self._post(f"/orders/{order_id}/shipments/cancel", {"direction": "OUTBOUND"})

    def ask_for_reattempt(self, order_id: str) -> None:
        wish = {"wish": "TRY_AGAIN", "comment": "at home after six"}
        self._post(f"/orders/{order_id}/shipments/failed-delivery", wish)

    def shipments(self, order_id: str) -> list[ShipmentSeen]:
        return [
            ShipmentSeen(
                carrier=each["carrier"],
                is_return=each["direction"] == "RETURN",
                step=each["step"],
                status=each["status"],
                courier=each["courier"],
                awb=each["awb"],
            )
            for each in self._get(f"/orders/{order_id}/shipments")
        ]

    def tasks(self) -> list[TaskSeen]:
        return [TaskSeen(each["kind"], each["orderId"]) for each in self._get("/tasks?limit=100")]

    def stuck(self) -> list[StuckSeen]:
        return [StuckSeen(each["eventId"], each["handler"]) for each in self._get("/deliveries?state=DEAD&limit=100")]

    def replay(self, event_id: str) -> None:
        self._post(f"/events/{event_id}/replay", {})

    def _get(self, path: str) -> Any:  # Any: whatever the contract says
        return answered(self._http.get(path))

    def _post(self, path: str, body: object = None) -> None:
        answered(self._http.post(path, json=body, headers={"Idempotency-Key": fresh_key()}))
