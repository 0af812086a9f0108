"""What may be asked of Razorpay, read and checked field by field with its own refusals."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Literal, TypeVar

import msgspec

from sandbox.razorpay.entities import NO_NOTES, Notes
from sandbox.razorpay.errors import bad_input

LEAST_AMOUNT: Final = 100
_GREATEST_AMOUNT: Final = 2**53 - 1  # what every JSON reader can hold
_LONGEST_RECEIPT: Final = 40
_MOST_NOTES: Final = 15
_LONGEST_NOTE: Final = 256
_LARGEST_PAGE: Final = 100

Outcome = Literal["success", "authorized", "failure"]
FailureReason = Literal["payment_failed", "payment_cancelled", "payment_timed_out", "insufficient_funds"]


class NewOrder(msgspec.Struct, frozen=True):
    """The body of POST /orders."""

    amount: int
    currency: str
    receipt: str | None
    notes: Notes


class Capture(msgspec.Struct, frozen=True):
    """The body of POST /payments/:id/capture."""

    amount: int
    currency: str


class NewRefund(msgspec.Struct, frozen=True):
    """The body of POST /payments/:id/refund. No amount: all that is left."""

    amount: int | None
    speed: Literal["normal", "optimum"]
    notes: Notes
    receipt: str | None


class CustomerAct(msgspec.Struct, frozen=True):
    """What the customer does at the checkout (ours, not Razorpay's).

    "authorized" stops short of the capture that an account makes by itself by default.
    """

    outcome: Outcome
    reason: FailureReason


class Page(msgspec.Struct, frozen=True):
    """Which part of a list: created from..to (Unix seconds, inclusive), then skip, then count."""

    count: int
    skip: int
    since: int
    until: int


def new_order(body: bytes) -> NewOrder:
    """Raises Refused, as all of this module."""
    fields = _Fields(body)
    return fields.all_read(NewOrder(fields.amount(), fields.currency(), fields.receipt(), fields.notes()))


def capture(body: bytes) -> Capture:
    """The amount and currency to capture."""
    fields = _Fields(body)
    return fields.all_read(Capture(fields.amount(), fields.currency()))


def new_refund(body: bytes) -> NewRefund:
    """An empty body asks for everything back at normal speed."""
    fields = _Fields(body)
    amount = fields.amount() if fields.has("amount") else None
    return fields.all_read(
        NewRefund(amount, fields.one_of("speed", _SPEEDS, "normal"), fields.notes(), fields.receipt())
    )


def changed_notes(body: bytes) -> Notes:
    """The body of a PATCH: notes and nothing else."""
    fields = _Fields(body)
    fields.required("notes")
    return fields.all_read(fields.notes())


def customer_act(body: bytes) -> CustomerAct:
    """The body of the control endpoint that plays the customer."""
    fields = _Fields(body)
    fields.required("outcome")
    outcome = fields.one_of("outcome", _OUTCOMES, "success")
    return fields.all_read(CustomerAct(outcome, fields.one_of("reason", _REASONS, "payment_failed")))


def refund_key(header: str) -> str:
    """The value of X-Refund-Idempotency."""
    if len(header) < 10:
        raise bad_input("The idempotency key must be at least 10 characters long.")
    if re.fullmatch(r"[A-Za-z0-9_-]+", header) is None:
        raise bad_input("The idempotency key must only contain alphanumeric characters, underscores, and hyphens")
    return header


def page(query: Mapping[str, str]) -> Page:
    """The paging parameters that every list takes."""
    wanted = Page(
        count=_query_number(query, "count", 10),
        skip=_query_number(query, "skip", 0),
        since=_query_number(query, "from", 0),
        until=_query_number(query, "to", _GREATEST_AMOUNT),
    )
    if not 1 <= wanted.count <= _LARGEST_PAGE:
        raise bad_input(f"The count must be between 1 and {_LARGEST_PAGE}.", "count")
    return wanted


def check_id(prefix: str, value: str) -> None:
    """Refuse what can't be an id at all: a prefix and 14 alphanumerics."""
    if re.fullmatch(rf"{prefix}_[A-Za-z0-9]{{14}}", value) is None:
        raise bad_input(f"{value} is not a valid id.")


_SPEEDS: Final[tuple[Literal["normal", "optimum"], ...]] = ("normal", "optimum")
_OUTCOMES: Final[tuple[Outcome, ...]] = ("success", "authorized", "failure")
_REASONS: Final[tuple[FailureReason, ...]] = (
    "payment_failed",
    "payment_cancelled",
    "payment_timed_out",
    "insufficient_funds",
)

_Read = TypeVar("_Read")
_Choice = TypeVar("_Choice", bound=str)


class _Fields:
    """The fields of a body, taken out one by one, so that what is left over can be refused."""

    def __init__(self, body: bytes) -> None:
        try:
            self._left = msgspec.json.decode(body or b"{}", type=dict[str, object])
        except (ValueError, RecursionError):
            raise bad_input("The request body is not a JSON object.") from None

    def has(self, name: str) -> bool:
        return self._left.get(name) is not None

    def required(self, name: str) -> None:
        if not self.has(name):
            raise bad_input(f"The {name} field is required.", name)

    def amount(self) -> int:
        self.required("amount")
        amount = self._left.pop("amount")
        if not isinstance(amount, int) or isinstance(amount, bool):
            raise bad_input("The amount must be an integer.", "amount")
        if amount < LEAST_AMOUNT:
            raise bad_input("The amount must be at least INR 1.00.", "amount")
        if amount > _GREATEST_AMOUNT:
            raise bad_input("Amount exceeds maximum amount allowed.", "amount")
        return amount

    def currency(self) -> str:
        self.required("currency")
        if self._left.pop("currency") != "INR":
            raise bad_input("Currency is not supported.", "currency")
        return "INR"

    def receipt(self) -> str | None:
        receipt = self._left.pop("receipt", None)
        if receipt is None or (isinstance(receipt, str) and len(receipt) <= _LONGEST_RECEIPT):
            return receipt
        raise bad_input(f"The receipt must be text of at most {_LONGEST_RECEIPT} characters.", "receipt")

    def notes(self) -> Notes:
        notes = self._left.pop("notes", None) or NO_NOTES
        try:
            pairs = msgspec.convert({} if notes == NO_NOTES else notes, dict[str, str])
        except msgspec.ValidationError:
            raise bad_input("The notes must be an object of texts.", "notes") from None
        if len(pairs) > _MOST_NOTES:
            raise bad_input(f"The notes must have at most {_MOST_NOTES} pairs.", "notes")
        if any(len(text) > _LONGEST_NOTE for pair in pairs.items() for text in pair):
            raise bad_input(f"A note must have at most {_LONGEST_NOTE} characters.", "notes")
        return pairs or NO_NOTES

    def one_of(self, name: str, choices: tuple[_Choice, ...], default: _Choice) -> _Choice:
        wanted = self._left.pop(name, None)
        if wanted is None:
            return default
        for choice in choices:
            if choice == wanted:
                return choice
        raise bad_input(f"The {name} must be one of {', '.join(choices)}.", name)

    def all_read(self, request: _Read) -> _Read:
        if self._left:
            raise bad_input(f"{', '.join(sorted(self._left))} is/are not required and should not be sent.")
        return request


def _query_number(query: Mapping[str, str], name: str, default: int) -> int:
    value = query.get(name)
    if value is None:
        return default
    if re.fullmatch(r"[0-9]{1,15}", value) is None:
        raise bad_input(f"The {name} must be an integer.", name)
    return int(value)
