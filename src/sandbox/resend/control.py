"""What is not Resend's: looking at the mails.

    GET …/_control/outbox       the mails in short, newest first; ?to=… those to an address
    GET …/_control/outbox/{id}  one mail, with everything
    GET …/_control/state        all that the sandbox holds
    GET /                       the mails as a page, and each as one of its own

Faults and webhooks to order are the kit's.
"""

from __future__ import annotations

from typing import Final

from litestar import MediaType, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParams

from sandbox.resend import outbox
from sandbox.resend.entities import KeptEmail
from sandbox.resend.mailroom import Mailroom

Room = NamedDependency[Mailroom]


@get("/outbox", sync_to_thread=False)
def sent_mails(query: QueryParams, mailroom: Room) -> list[outbox.OutboxEntry]:
    """The mails in short."""
    to = query.get("to")
    return [outbox.entry(kept) for kept in mailroom.contents() if to is None or to in kept.email.to]


@get("/outbox/{email_id:str}", sync_to_thread=False)
def sent_mail(email_id: FromPath[str], mailroom: Room) -> KeptEmail:
    """One mail."""
    return mailroom.email(email_id)


@get("/state", sync_to_thread=False)
def state(mailroom: Room) -> dict[str, list[KeptEmail]]:
    """Everything."""
    return {"emails": mailroom.contents()}


@get("/", media_type=MediaType.HTML, sync_to_thread=False)
def list_page(mailroom: Room) -> Response[str]:
    """The mails, for people."""
    return Response(outbox.list_page(mailroom.contents()), headers=outbox.PAGE_HEADERS)


@get("/mails/{email_id:str}", media_type=MediaType.HTML, sync_to_thread=False)
def mail_page(email_id: FromPath[str], mailroom: Room) -> Response[str]:
    """One mail, for people."""
    return Response(outbox.mail_page(mailroom.email(email_id)), headers=outbox.PAGE_HEADERS)


CONTROL: Final = (sent_mails, sent_mail, state)
PAGES: Final = (list_page, mail_page)
