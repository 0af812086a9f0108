"""What Shiprocket answers, read with suspicion: numbers may be texts, failures may come with 200.

Only the fields that we use are declared, with what stands for nothing in each: null, "" or
no field at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from itertools import islice
from typing import Annotated, Final, TypeVar

import msgspec

from adapters.shipping.shiprocket.account import PROVIDER
from adapters.shipping.shiprocket.wire import Answer
from domain.money import Money
from ports.carrier import CarrierRefused, CarrierUnavailable

_WALLET_IS_EMPTY: Final = 350  # in a body's `status_code`, whatever HTTP's status is
_LONGEST_REASON: Final = 200
_MOST_SENTENCES: Final = 10
_LONGEST_CODE: Final = 3
_MOST_RUPEES: Final = 10_000_000
_OUR_REQUEST_IS_WRONG: Final = frozenset({400, 402, 404, 405, 409, 422, _WALLET_IS_EMPTY})

Id = Annotated[int, msgspec.Meta(ge=1, le=10**18)]

NO_PART: Final = msgspec.Raw(b"null")
"""Stands for a part of an answer that is not there."""

_Kind = TypeVar("_Kind")


class _Code(msgspec.Struct, frozen=True):
    """What a body says of itself."""

    status_code: object = None
    status: object = None


def read_answer(answer: Answer, kind: type[_Kind]) -> _Kind:
    """What a successful answer holds.

    Where it holds something else, or isn't successful: CarrierRefused with Shiprocket's own
    sentence when the request is what's wrong, CarrierUnavailable for everything else (pages
    of proxies and firewalls, missing permissions, failures over there).
    """
    if not answer.is_success:
        raise failure_told_by(answer)
    try:
        return msgspec.json.decode(answer.body, type=kind, strict=False)
    except (ValueError, RecursionError):  # ValueError: msgspec's errors, and bytes that aren't UTF-8
        # `from None`: what the other side sent must not reach a log through the chain of causes.
        raise failure_told_by(answer) from None


def failure_told_by(answer: Answer) -> CarrierRefused | CarrierUnavailable:
    """What an answer that isn't the wished one comes to."""
    sentence = complaint_of(answer.body)
    if sentence and _status_of(answer) in _OUR_REQUEST_IS_WRONG:
        return CarrierRefused(PROVIDER, sentence)
    if answer.is_success:
        return CarrierUnavailable("the answer does not have the documented shape")
    return CarrierUnavailable(f"HTTP {answer.status}", retry_after=answer.retry_after)


def check_done(answer: Answer) -> None:
    """Of what answers nothing but success: raise the failure that it tells, if it does (see `read_answer`)."""
    if not answer.is_success or _status_of(answer) in _OUR_REQUEST_IS_WRONG:
        raise failure_told_by(answer)


def refused(reason: object) -> CarrierRefused:
    """A refusal that was found in an answer, in Shiprocket's words as far as they are words."""
    return CarrierRefused(PROVIDER, sentence_of(reason) or "no reason was given")


def complaint_of(body: bytes) -> str:
    """The error that a body tells, in one bounded line; empty when it tells none.

    `{"message": …}`, with `{"errors": {field: [sentence…]}}` beside it or in its place, or a bare text.
    """
    try:
        told = msgspec.json.decode(body)
    except (ValueError, RecursionError):
        return ""
    if isinstance(told, dict):
        return sentence_of([told.get("message"), told.get("errors")])
    return sentence_of(told) if isinstance(told, str) else ""


def sentence_of(told: object) -> str:
    """Texts, lists of them and fields with them, in one line of at most _LONGEST_REASON characters."""
    return one_line(" ".join(islice(_texts(told, deep=3), _MOST_SENTENCES)), _LONGEST_REASON)


def one_line(text: str, longest: int) -> str:
    """What of a text can be shown anywhere."""
    return "".join(char for char in text[: 2 * longest] if char.isprintable())[:longest].strip()


def text_of(told: object, longest: int = _LONGEST_REASON) -> str:
    """What stands in a field for a text, in one line; numbers are taken for texts, everything else for none."""
    number = isinstance(told, int | float) and not isinstance(told, bool)
    return one_line(str(told), longest) if isinstance(told, str) or number else ""


def number_of(told: object) -> int | None:
    """The code, count or flag in a field: a small number, perhaps written as a text."""
    if isinstance(told, str):
        return int(told) if told.isascii() and told.isdigit() and len(told) <= _LONGEST_CODE else None
    return int(told) if isinstance(told, int) and 0 <= told < 10**_LONGEST_CODE else None


def rupees_of(told: object) -> Money | None:
    """An amount in rupees, to the paisa; None for what is no amount, or an absurd one."""
    try:
        rupees = Decimal(text_of(told))
    except InvalidOperation:
        return None
    if not rupees.is_finite() or not 0 <= rupees <= _MOST_RUPEES:
        return None
    return Money(int((rupees * 100).to_integral_value(ROUND_HALF_UP)))


def part_of(raw: msgspec.Raw, kind: type[_Kind]) -> _Kind | None:
    """A part of an answer that may be missing or of another shape: PHP writes an empty object as `[]`."""
    try:
        return msgspec.json.decode(raw, type=kind, strict=False)
    except (ValueError, RecursionError):
        return None


def _texts(told: object, *, deep: int) -> Iterator[str]:
    if isinstance(told, str):
        yield told[:_LONGEST_REASON]
    elif deep and isinstance(told, list):
        for each in told:
            yield from _texts(each, deep=deep - 1)
    elif deep and isinstance(told, dict):
        for field, each in told.items():
            for text in _texts(each, deep=deep - 1):
                yield f"{str(field)[:_LONGEST_REASON]}: {text}"


def _status_of(answer: Answer) -> int:
    """HTTP's, unless that is success and the body knows better, or the wallet is empty."""
    code = part_of(msgspec.Raw(answer.body), _Code) or _Code()
    told = [number for number in map(number_of, (code.status_code, code.status)) if number is not None]
    if told and (answer.is_success or told[0] == _WALLET_IS_EMPTY):
        return told[0]
    return answer.status
