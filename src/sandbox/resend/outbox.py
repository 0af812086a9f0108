"""The mails that were sent, for people and tests to look at. Pages without scripts."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final

import msgspec

from sandbox.resend.entities import KeptEmail, LastEvent

PAGE_HEADERS: Final = {"content-security-policy": "default-src 'none'; style-src 'unsafe-inline'"}

_HEAD: Final = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 15px/1.5 system-ui, sans-serif; margin: 2em auto; max-width: 60em; padding: 0 1em; color: #222; }}
table {{ border-collapse: collapse; width: 100%; }}
td, th {{ padding: .4em .8em .4em 0; text-align: left; border-bottom: 1px solid #ddd; vertical-align: top; }}
iframe {{ width: 100%; height: 60em; border: 1px solid #ccc; }}
pre {{ white-space: pre-wrap; border: 1px solid #ccc; padding: 1em; }}
</style>
<h1>{title}</h1>
"""


class OutboxEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A mail in short."""

    id: str
    created_at: str
    to: list[str]
    subject: str
    tags: dict[str, str]
    last_event: LastEvent


def entry(kept: KeptEmail) -> OutboxEntry:
    """A mail in short."""
    email = kept.email
    return OutboxEntry(
        id=email.id,
        created_at=email.created_at,
        to=email.to,
        subject=email.subject,
        tags=kept.tags,
        last_event=email.last_event,
    )


def list_page(mails: Iterable[KeptEmail]) -> str:
    """All mails in a table."""
    rows = "".join(
        f"<tr><td>{escape(each.email.created_at[:19])}</td><td>{escape(', '.join(each.email.to))}</td>"
        f'<td><a href="mails/{escape(each.email.id)}">{escape(each.email.subject)}</a></td>'
        f"<td>{escape(each.email.last_event)}</td></tr>\n"
        for each in mails
    )
    head = "<tr><th>When (UTC)</th><th>To</th><th>Subject</th><th>What became of it</th></tr>\n"
    return f"{_HEAD.format(title='Mails')}<table>\n{head}{rows}</table>\n"


def mail_page(kept: KeptEmail) -> str:
    """One mail: its head, and both its bodies as a mail program would show them."""
    email = kept.email
    told = {
        "From": email.sender,
        "To": ", ".join(email.to),
        "When (UTC)": email.created_at[:19],
        "Tags": ", ".join(f"{name}: {value}" for name, value in kept.tags.items()),
        "What became of it": email.last_event,
    }
    rows = "".join(f"<tr><th>{name}</th><td>{escape(value)}</td></tr>\n" for name, value in told.items())
    html = "" if email.html is None else f'<iframe sandbox srcdoc="{escape(email.html)}"></iframe>\n'
    text = "" if email.text is None else f"<pre>{escape(email.text)}</pre>\n"
    return f"{_HEAD.format(title=escape(email.subject))}<table>\n{rows}</table>\n<p></p>\n{html}{text}"
