"""Third parties' sandboxes, and what a scenario does with them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Final

import httpx

from features.support.http_calls import Json
from features.support.http_messages import Falsifier, HttpThirdParty
from features.support.seen import OrderSeen, PaymentSeen
from features.support.stack import Courier, Gateway, PostOffice, RefundSeen, Station

_TOO_BUSY: Final = {"kind": "status", "status": 429, "path": "*", "times": 1_000}
_DOWN: Final = {"kind": "status", "status": 503, "path": "*/orders/create/adhoc", "times": 1_000}
_ANSWERS_LOST: Final = [
    {"kind": "malformed", "path": "*/orders/create/adhoc"},
    {"kind": "malformed", "path": "*/courier/assign/awb"},
]
_STATIONS: Final[Mapping[Station, tuple[str, str]]] = {  # on which journey they lie, and at which step of it
    "picked up": ("delivered", "picked_up"),
    "out for delivery": ("delivered", "out_for_delivery"),
    "delivered": ("delivered", "delivered"),
    "undelivered": ("rto", "undelivered"),
    "turned back": ("rto", "rto_initiated"),
    "back at the workshop": ("rto", "rto_delivered"),
    "lost": ("lost", "lost"),
}
_UNDELIVERED: Final = 21  # SHIPMENT table
_CALLED_OFF: Final = {5, 18}  # ORDER table: cancelled, and cancellation requested
_NOBODYS_PARCEL: Final = {
    "awb": "59629792084",
    "current_status": "Delivered",
    "current_status_id": 7,
    "shipment_status": "Delivered",
    "shipment_status_id": 7,
    "current_timestamp": "23 11 2026 11:43:52",
    "scans": [],
}


class HttpGateway(HttpThirdParty, Gateway):
    """Razorpay's sandbox, which plays the banks too."""

    def __init__(self, control: httpx.Client, falsifier: Falsifier) -> None:
        super().__init__(control)
        self._falsifier = falsifier

    def reset(self) -> None:
        """Be as at the start."""
        super().reset()
        self._do("PUT", "/settings", {})

    def authorize_late(self, payment: PaymentSeen) -> None:
        failed = [each["id"] for each in self._attempts(payment) if each["status"] == "failed"]
        self._do("POST", f"/payments/{failed[-1]}/authorize")

    def begin_refunds_pending(self) -> None:
        self._do("PUT", "/settings", {"refunds": "pending"})

    def settle_refund(self, payment: PaymentSeen) -> None:
        self._do("POST", f"/refunds/{self._pending(payment)}/settle")

    def fail_refund(self, payment: PaymentSeen) -> None:
        self._do("POST", f"/refunds/{self._pending(payment)}/fail")

    def has_captured(self, payment: PaymentSeen) -> bool:
        return any(each["captured"] for each in self._attempts(payment))

    def refunds(self, payment: PaymentSeen) -> list[RefundSeen]:
        return [RefundSeen(each["amount"], each["status"]) for each in self._given_back(payment)]

    def go_away(self) -> None:
        self._do("POST", "/faults", _TOO_BUSY)

    def come_back(self) -> None:
        self._do("DELETE", "/faults")

    def send_falsely(self, how: str) -> None:
        self._falsifier.payment(self.last_held(), how)

    def _attempts(self, payment: PaymentSeen) -> list[Json]:
        payments = self._do("GET", "/state")["payments"]
        return [each for each in payments if each["order_id"] == payment.provider_order_id]

    def _given_back(self, payment: PaymentSeen) -> list[Json]:
        attempts = {each["id"] for each in self._attempts(payment)}
        return [each for each in self._do("GET", "/state")["refunds"] if each["payment_id"] in attempts]

    def _pending(self, payment: PaymentSeen) -> str:
        [pending] = [each["id"] for each in self._given_back(payment) if each["status"] == "pending"]
        return str(pending)


class HttpCourier(HttpThirdParty, Courier):
    """Shiprocket's sandbox, whose parcels go by hand."""

    def __init__(self, control: httpx.Client, falsifier: Falsifier) -> None:
        super().__init__(control)
        self._falsifier = falsifier

    def reset(self) -> None:
        """Be as at the start."""
        super().reset()
        self._do("PATCH", "/settings", {"unserviceable": ["9"]})

    def bring(self, awb: str, station: Station) -> None:
        journey, step = _STATIONS[station]
        if station == "delivered" and self._parcel(awb)["status"] == _UNDELIVERED:
            journey = "ndr_then_delivered"
        self._do("POST", "/journeys", {"parcel": awb, "journey": journey})
        ahead = self._parcel(awb)["ahead"]
        self._do("POST", f"/parcels/{awb}/advance", {"steps": ahead.index(step) + 1})

    def refuse_all(self) -> None:
        self._do("PATCH", "/settings", {"unserviceable": ["1", "4", "5", "9"]})

    def go_away(self) -> None:
        self._do("POST", "/faults", _DOWN)

    def come_back(self) -> None:
        self._do("DELETE", "/faults")

    def lose_answers(self) -> None:
        self._do("POST", "/faults", _ANSWERS_LOST)

    def parcels(self, order: OrderSeen) -> int:
        orders = self._do("GET", "/state")["orders"]
        return sum(
            each["asked"]["reference"].startswith(order.number) and each["status"] not in _CALLED_OFF for each in orders
        )

    def send_falsely(self, how: str) -> None:
        self._falsifier.parcel(self.last_held(), how)

    def tell_of_unknown_parcel(self) -> None:
        self._falsifier.tell_parcel(_NOBODYS_PARCEL)

    def _parcel(self, awb: str) -> Json:
        [parcel] = [each for each in self._do("GET", "/state")["shipments"] if each["awb"] == awb]
        return dict(parcel)


class HttpPostOffice(HttpThirdParty, PostOffice):
    """Resend's sandbox: it keeps all mail, of which that before this scenario is not looked at."""

    def __init__(self, control: httpx.Client) -> None:
        super().__init__(control)
        self._old: set[str] = set()

    def forget(self) -> None:
        """Begin a new list of what was told, and of what was sent."""
        super().forget()
        self._old = {each["id"] for each in self._do("GET", "/outbox")}

    def letters(self, address: str) -> list[str]:
        mails = self._control.get("/outbox", params={"to": address}).json()
        return [each["tags"]["kind"] for each in reversed(mails) if each["id"] not in self._old]

    def bouncing_address(self) -> str:
        return f"bounced+{uuid.uuid4().hex}@resend.dev"
