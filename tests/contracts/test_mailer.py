"""Every way to send mail keeps the promises of its port."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from adapters.mail.resend import ResendAccount
from domain.errors import InvalidValue
from ports.mailer import MailRefused, MailUnavailable, Message
from tests.contracts.mailer_fixtures import (
    MailerCase,
    maildir_case,
    memory_case,
    resend_case,
    running_resend_sandbox,
    smtp_case,
)

pytestmark = pytest.mark.anyio

MESSAGE = Message(
    to="asha@example.com",
    subject="Thank you, Asha: ₹12,999.00 for “Oxford Roma”",
    html="<p>Grüße aus Bengaluru, ನಮಸ್ಕಾರ &amp; so on.</p>\n",
    text="Grüße aus Bengaluru, ನಮಸ್ಕಾರ & so on.\n.\n..\nFrom here on.\n",
    kind="order_placed",
)


@pytest.fixture(scope="session")
def resend_sandbox() -> Iterator[ResendAccount]:
    with running_resend_sandbox() as account:
        yield account


@pytest.fixture(params=["memory", "maildir", "smtp", "resend"])
async def case(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[MailerCase]:
    match request.param:
        case "memory":
            yield memory_case()
        case "maildir":
            yield maildir_case(tmp_path)
        case "smtp":
            async with smtp_case() as case:
                yield case
        case _:
            async with resend_case(request.getfixturevalue("resend_sandbox")) as case:
                yield case


@pytest.fixture
def key() -> str:
    """One that no other test uses: providers remember them."""
    return str(uuid4())


async def test_what_was_sent_arrives(case: MailerCase, key: str) -> None:
    """In any script, with every line as it was."""
    await case.mailer.send(MESSAGE, idempotency_key=key)

    assert await case.arrived() == [MESSAGE]


async def test_a_mail_is_sent_once_however_often_it_is_asked_for(case: MailerCase, key: str) -> None:
    """A worker that was killed after sending sends again."""
    for _ in range(3):
        await case.mailer.send(MESSAGE, idempotency_key=key)

    assert await case.arrived() == [MESSAGE]


async def test_a_mail_is_sent_once_when_it_is_asked_for_at_once(case: MailerCase, key: str) -> None:
    """Two workers with the same task."""
    await asyncio.gather(*(case.mailer.send(MESSAGE, idempotency_key=key) for _ in range(5)))

    assert await case.arrived() == [MESSAGE]


async def test_another_key_is_another_mail(case: MailerCase, key: str) -> None:
    """Even with the same words."""
    await case.mailer.send(MESSAGE, idempotency_key=f"{key}:1")
    await case.mailer.send(MESSAGE, idempotency_key=f"{key}:2")

    assert await case.arrived() == [MESSAGE, MESSAGE]


async def test_other_words_under_a_used_key_are_no_second_mail(case: MailerCase, key: str) -> None:
    """The order has moved on, and its letter is written anew: a provider may refuse that, but nobody sends it."""
    await case.mailer.send(MESSAGE, idempotency_key=key)
    with suppress(MailRefused):
        await case.mailer.send(replace(MESSAGE, text="Other words.\n"), idempotency_key=key)

    assert len(await case.arrived()) == 1


async def test_any_key_of_printable_characters_will_do(case: MailerCase, key: str) -> None:
    """Up to 200 of them, among them what a file name or a header could choke on."""
    awkward = f'{key}/../:<>"\\ %00*?'
    for each in (awkward, awkward.ljust(200, "~")):
        await case.mailer.send(MESSAGE, idempotency_key=each)

    assert len(await case.arrived()) == 2


@pytest.mark.parametrize("address", ["asha", "", "asha@", "a b@example.com", "asha@example.com, ravi@example.com"])
async def test_what_is_no_address_is_refused(case: MailerCase, key: str, address: str) -> None:
    """A business error: sending again changes nothing."""
    with pytest.raises(MailRefused) as refusal:
        await case.mailer.send(replace(MESSAGE, to=address), idempotency_key=key)

    assert refusal.value.reason
    assert await case.arrived() == []


async def test_a_refused_mail_leaves_its_key_free(case: MailerCase, key: str) -> None:
    """What was wrong may be mended."""
    with pytest.raises(MailRefused):
        await case.mailer.send(replace(MESSAGE, to="asha"), idempotency_key=key)

    await case.mailer.send(MESSAGE, idempotency_key=key)

    assert await case.arrived() == [MESSAGE]


async def test_mail_that_can_not_be_sent_now_is_a_technical_error(case: MailerCase, key: str) -> None:
    """Whoever sends comes back in a while."""
    with pytest.raises(MailUnavailable) as failure:
        await case.unreachable.send(MESSAGE, idempotency_key=key)

    assert failure.value.port == "mail"
    assert failure.value.retry_after >= 1


@pytest.mark.parametrize("smuggled", ["\r\nBcc: all@example.com", "\nX: y", "\r", "\x00", "\x85", "\u2028"])
@pytest.mark.parametrize("header", ["to", "subject"])
def test_no_mail_can_hold_a_second_header(header: str, smuggled: str) -> None:
    """So no way to send has to look."""
    with pytest.raises(InvalidValue) as refusal:
        replace(MESSAGE, **{header: f"asha@example.com{smuggled}"})

    assert refusal.value.field == header
