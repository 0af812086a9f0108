"""Mail that the shop sent, where a test has it sent into a directory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from email.parser import HeaderParser
from pathlib import Path


def into(directory: Path) -> Mapping[str, str]:
    """The settings of a shop whose mail goes to `directory`."""
    return {"mail_url": f"maildir:{directory / 'mail'}"}


def sent(directory: Path) -> Counter[str]:
    """How many mails of each kind there are."""
    files = (directory / "mail" / "new").glob("*")
    return Counter(str(HeaderParser().parsestr(file.read_text())["X-Kind"]) for file in files)
