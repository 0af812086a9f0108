"""The Maildir adapter writes whole mails, once, and leaves what was read alone."""

from __future__ import annotations

import mailbox
from pathlib import Path

import pytest

from adapters.mail.maildir import MaildirMailer
from ports.mailer import MailUnavailable, Message

pytestmark = pytest.mark.anyio

MESSAGE = Message(to="asha@example.com", subject="Thank you", html="<p>Hi</p>", text="Hi\n", kind="order_placed")


async def send(directory: Path, key: str = "event-1:tell") -> None:
    """Send MESSAGE there."""
    await MaildirMailer(directory, sender="Italian Shoes <orders@italianshoes.example>").send(
        MESSAGE, idempotency_key=key
    )


async def test_the_folder_is_made_and_any_mail_program_can_read_it(tmp_path: Path) -> None:
    """As a Maildir with one new mail, and nothing half-written."""
    await send(tmp_path / "deep" / "mail")

    box = mailbox.Maildir(tmp_path / "deep" / "mail", create=False)
    (mail,) = box.values()
    assert mail["Subject"] == "Thank you"
    assert mail["Date"]
    assert mail.get_subdir() == "new"
    assert list((tmp_path / "deep" / "mail" / "tmp").iterdir()) == []


async def test_a_mail_that_was_read_is_not_sent_again(tmp_path: Path) -> None:
    """A mail program has moved it and put its marks on it."""
    await send(tmp_path)
    (file,) = (tmp_path / "new").iterdir()
    file.rename(tmp_path / "cur" / f"{file.name}:2,S")

    await send(tmp_path)

    assert list((tmp_path / "new").iterdir()) == []


async def test_a_repeated_mail_changes_nothing(tmp_path: Path) -> None:
    """Not even a byte."""
    await send(tmp_path)
    (file,) = (tmp_path / "new").iterdir()
    before = (file.stat().st_ino, file.stat().st_mtime_ns)

    await send(tmp_path)

    assert (file.stat().st_ino, file.stat().st_mtime_ns) == before


async def test_a_folder_that_is_none_is_a_technical_error(tmp_path: Path) -> None:
    """Somebody has to mend it; the mail waits."""
    (tmp_path / "new").touch()

    with pytest.raises(MailUnavailable):
        await send(tmp_path)
