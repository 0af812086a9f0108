"""What the mailroom holds survives a restart, and doesn't grow for ever."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from sandbox.kit.journal import Journal
from sandbox.resend import mailroom as module
from sandbox.resend.entities import Kept
from sandbox.resend.events import Event
from sandbox.resend.mailroom import Mailroom
from sandbox.resend.requests import new_email
from tests.unit.sandbox.resend.team import EMAIL

ASKED = new_email(msgspec.json.encode(EMAIL))


def opened(path: Path, told: list[Event]) -> tuple[Mailroom, Journal[Kept]]:
    """The mailroom of a sandbox that was just started on that file."""
    journal = Journal(path, msgspec.json.Decoder(list[Kept]))
    return Mailroom(past=journal.replay(), record=journal.append, tell=told.append), journal


def test_a_restart_forgets_neither_mails_nor_keys(tmp_path: Path) -> None:
    """And tells nothing twice."""
    told: list[Event] = []
    before, journal = opened(tmp_path / "resend.jsonl", told)
    sent = before.send(ASKED, "order-1")
    journal.close()

    after, journal = opened(tmp_path / "resend.jsonl", told)

    assert after.contents() == before.contents()
    assert after.send(ASKED, "order-1") == sent
    assert len(told) == 2
    journal.close()


def test_the_oldest_mails_make_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """A benchmark may run for hours."""
    monkeypatch.setattr(module, "_MOST_KEPT", 2)
    mailroom = Mailroom()
    sent = [mailroom.send(ASKED).id for _ in range(3)]

    assert [kept.email.id for kept in mailroom.contents()] == [sent[2], sent[1]]
