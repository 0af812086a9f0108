"""How Shiprocket says no: mostly as Laravel's Dingo does, sometimes as PHP, sometimes as success."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

INVALID: Final = "Oops! Invalid Data."
MISSING: Final = "Required field missing"

FieldErrors = Mapping[str, Sequence[str]]


class ErrorAnswer(msgspec.Struct, frozen=True, omit_defaults=True):
    """The body of a refusal. Only validation has `errors`."""

    message: str
    status_code: int
    errors: FieldErrors | None = None


class Refused(Exception):
    """A request that Shiprocket would refuse: HTTP status and body."""

    def __init__(self, status: int, body: msgspec.Struct) -> None:
        super().__init__(f"{status} {body}")
        self.status = status
        self.body = body


def refused(status: int, message: str) -> Refused:
    """The flat shape."""
    return Refused(status, ErrorAnswer(message, status))


def invalid(errors: FieldErrors, message: str = INVALID) -> Refused:
    """422: every wrong field with its sentences."""
    return Refused(422, ErrorAnswer(message, 422, errors))


def not_a_list() -> Refused:
    """500: what PHP says when a list is expected and something else came."""
    return refused(500, "Invalid argument supplied for foreach()")


def not_an_object() -> Refused:
    """500: what PHP says when a record is not there."""
    return refused(500, "Trying to get property of non-object")
