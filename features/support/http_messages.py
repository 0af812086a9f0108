"""What third parties' sandboxes tell the shop, and what somebody tells it in their name."""

from __future__ import annotations

import hmac
import json
import time
from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

import httpx

from features.support.http_calls import Json, answered
from features.support.stack import ThirdParty

_COPIES: Final = 2
_WINDOW: Final = 12  # messages of which the order is shuffled: more than a parcel has stations
_FOUR_DAYS: Final = 4 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Told:
    """How many messages there were, and those that have not arrived, in words."""

    number: int
    on_the_way: tuple[str, ...]


class HttpThirdParty(ThirdParty):
    """A sandbox, played with through its control address."""

    def __init__(self, control: httpx.Client) -> None:
        self._control = control
        self._is_held = False
        self._copies = 1
        self._expected: Counter[str] = Counter()  # how often each message has to come

    def reset(self) -> None:
        """Be well, and tell what was held. What it told before is forgotten by `forget`."""
        self._do("DELETE", "/faults")
        self._do("POST", "/webhooks", {"paused": False, "mischief": {}})

    def forget(self) -> None:
        """Begin a new list of what was told."""
        self._do("DELETE", "/webhooks")

    def hold_messages(self) -> None:
        self._is_held = True
        self._do("POST", "/webhooks", {"paused": True})

    def send_messages(self) -> None:
        self._is_held = False
        told = self._do("POST", "/webhooks", {"paused": False})["deliveries"]
        if not any(each["state"] == "waiting" for each in told):
            for each in told:
                self._expected[each["event_id"]] = self._times(each["event_id"]) + 1
                self._do("POST", f"/webhooks/{each['event_id']}/redeliver")

    def babble(self) -> None:
        for each in self._told():
            self._expected[each["event_id"]] = self._times(each["event_id"])
        self._copies = _COPIES
        self._do("POST", "/webhooks", {"mischief": {"copies": _COPIES, "window": _WINDOW, "delay": [0.0, 0.2]}})

    def last_held(self) -> Json:
        """The last message that waits."""
        return next(each for each in self._told() if each["state"] == "waiting")

    def told(self) -> Told:
        """What was told so far, and what of it has not arrived."""
        told = self._told()
        return Told(len(told), () if self._is_held else tuple(map(_in_words, filter(self._is_on_the_way, told))))

    def _told(self) -> list[Json]:
        told: list[Json] = self._do("GET", "/webhooks")["deliveries"]
        return told

    def _is_on_the_way(self, message: Json) -> bool:
        arrived = sum(attempt["status"] == httpx.codes.OK for attempt in message["attempts"])
        return bool(arrived < self._times(message["event_id"]))

    def _times(self, event_id: str) -> int:
        return self._expected.get(event_id, self._copies)

    def _do(self, method: str, path: str, body: object = None) -> Any:  # Any: whatever the sandbox shows
        answer = self._control.request(method, path, json=body)
        answer.raise_for_status()
        return answer.json() if answer.content else None


def _in_words(message: Json) -> str:
    return f"{message['kind']} is told: {[attempt['status'] for attempt in message['attempts']]}"


class Falsifier:
    """Somebody who knows how messages look, and sends them to the shop."""

    def __init__(self, shop: httpx.Client, *, payments_secret: str, courier_key: str) -> None:
        self._shop = shop
        self._payments_secret = payments_secret.encode()
        self._courier_key = courier_key

    def payment(self, message: Json, how: str) -> None:
        """The gateway's message, sent falsely. Raises Refused."""
        told = message["body"]
        if how == "four days after it was made":
            told = {**told, "created_at": int(time.time()) - _FOUR_DAYS}
        body = json.dumps(told).encode()
        signature = hmac.new(self._payments_secret, body, "sha256").hexdigest()
        if how == "with a forged signature":
            signature = "0" * len(signature)
        headers = {"x-razorpay-event-id": message["event_id"], "x-razorpay-signature": signature}
        if how == "without its signature":
            del headers["x-razorpay-signature"]
        self._send("/webhooks/payments/razorpay", body, headers)

    def parcel(self, message: Json, how: str) -> None:
        """The courier's message, sent falsely. Raises Refused."""
        headers = {"without its key": {}, "with a wrong key": {"x-api-key": "0" * 32}}[how]
        self._send("/webhooks/courier", json.dumps(message["body"]).encode(), headers)

    def tell_parcel(self, news: Json) -> None:
        """A courier's message with the right key. Raises Refused."""
        self._send("/webhooks/courier", json.dumps(news).encode(), {"x-api-key": self._courier_key})

    def _send(self, path: str, body: bytes, headers: dict[str, str]) -> None:
        answered(self._shop.post(path, content=body, headers={"content-type": "application/json", **headers}))
