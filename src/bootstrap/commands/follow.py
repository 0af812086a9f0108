"""The second half of `shoes demo --follow`: from a placed order to the customer's door."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import click
import httpx

Json = dict[str, Any]  # Any: another program's JSON, read by the names of the HTTP contract

_PATIENCE: Final = 60.0  # seconds
_PAUSE: Final = 0.5


class FollowFailed(click.ClickException):
    """The order did not get where it should, or there is nobody to ask."""


class Workshop:
    """The staff of a shop that `shoes up` runs under `var`, and the mail sandbox beside it."""

    def __init__(self, http: httpx.Client, var: Path, operator_token: str) -> None:
        self._http = http
        self._headers = {"Authorization": f"Bearer {operator_token or _kept(var / 'operator-token')}"}
        self._mail_url = _kept(var / "sandbox" / "resend.url")
        self._told: set[str] = set()

    def send_on_its_way(self, order: str) -> None:
        """Make the pair and box it; the rest happens by itself."""
        for step, words in (("start-production", "The leather is cut"), ("ready", "The pair is boxed")):
            answer = self._http.post(f"/admin/orders/{order}/{step}", headers=self._headers)
            if not answer.is_success:
                raise FollowFailed(f"{step} answered {answer.status_code}: {answer.text}")
            _tell(words, answer.json()["data"]["fulfillmentStatus"])

    def new_mails(self, order: str) -> Iterator[Json]:
        """Mails about an order that were not given before, oldest first."""
        mails = httpx.get(f"{self._mail_url}/_control/outbox", timeout=10).json()
        for mail in reversed(mails):
            if order in mail["subject"] and mail["id"] not in self._told:
                self._told.add(mail["id"])
                yield mail


def follow(workshop: Workshop, order: str, track: Callable[[], Json]) -> None:
    """Tell every step of an order until it is DELIVERED. Raises FollowFailed after a minute."""
    began = time.monotonic()
    workshop.send_on_its_way(order)
    seen: list[str] = []
    arrived = False
    while time.monotonic() - began < _PATIENCE:
        tracking = track()
        for step in _steps(tracking)[len(seen) :]:
            seen.append(step)
            _tell("Parcel", step)
        for mail in workshop.new_mails(order):
            _tell("Mail", f"“{mail['subject']}”")
            arrived = arrived or mail["tags"]["kind"] == "delivered"
        if tracking["fulfillmentStatus"] == "DELIVERED" and arrived:
            _tell(f"Order {order}", f"DELIVERED after {time.monotonic() - began:.0f} s")
            return
        time.sleep(_PAUSE)
    raise FollowFailed(f"order {order} was not DELIVERED, with its mail, within {_PATIENCE:.0f} s")


def _steps(tracking: Json) -> list[str]:
    """A parcel's history in a line each, oldest first."""
    return [
        f"{parcel['courier']} {parcel['awb']}: {scan['text']}"
        for parcel in tracking["parcels"]
        for scan in parcel["scans"]
    ]


def _kept(path: Path) -> str:
    try:
        return path.read_text().strip()
    except OSError:
        raise FollowFailed(f"{path} can't be read: the demo follows an order where `shoes up` runs") from None


def _tell(what: str, how: str) -> None:
    click.echo(f"  {what}: {how}")
