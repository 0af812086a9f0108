"""What a third party in memory tells the shop."""

from __future__ import annotations

import random
from collections.abc import Callable, Coroutine
from typing import Any

from bootstrap.backoffice import BackOffice
from domain.errors import DomainError
from features.support.seen import Refused
from ports.webhooks import WebhookCall

Run = Callable[[Coroutine[Any, Any, Any]], Any]  # Any: whatever a use case answers


class Messages:
    """Messages of one third party, which are taken in when the shop comes to rest."""

    def __init__(self, source: str, office: BackOffice, run: Run) -> None:
        self._source = source
        self._office = office
        self._run = run
        self._random = random.Random(0)
        self._waiting: list[WebhookCall] = []
        self._told: list[WebhookCall] = []
        self._is_held = False
        self._babbles = False

    @property
    def last_held(self) -> WebhookCall:
        """The message that came last of those that are held."""
        return self._waiting[-1]

    def say(self, call: WebhookCall) -> None:
        """Tell something, some time."""
        self._waiting.append(call)

    def hold(self) -> None:
        """Tell nothing for the moment."""
        self._is_held = True

    def send(self) -> None:
        """Tell what was held; when nothing was, everything once more."""
        self._is_held = False
        self._waiting = self._waiting or [*self._told]

    def babble(self) -> None:
        """From now on tell everything twice, and in any order."""
        self._babbles = True

    def deliver(self) -> bool:
        """Have the shop take in what is to be told; False when there is nothing."""
        if self._is_held or not self._waiting:
            return False
        due, self._waiting = self._waiting, []
        self._told += due
        if self._babbles:
            due = self._random.sample(due * 2, 2 * len(due))
        for call in due:
            self.receive(call)
        return True

    def receive(self, call: WebhookCall) -> None:
        """Have the shop take a message in, now. Raises Refused."""
        try:
            self._run(self._office.receive_webhook()(self._source, call))
        except DomainError as refusal:
            raise Refused(refusal.code) from refusal
