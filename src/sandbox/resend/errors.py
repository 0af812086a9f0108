"""How Resend says no."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

import msgspec

ErrorName = Literal[
    "invalid_idempotency_key",
    "validation_error",
    "missing_api_key",
    "invalid_api_key",
    "not_found",
    "method_not_allowed",
    "invalid_idempotent_request",
    "missing_required_field",
    "invalid_parameter",
    "rate_limit_exceeded",
    "internal_server_error",
]

STATUS: Final[Mapping[ErrorName, int]] = {
    "invalid_idempotency_key": 400,
    "validation_error": 422,
    "missing_api_key": 401,
    "invalid_api_key": 403,
    "not_found": 404,
    "method_not_allowed": 405,
    "invalid_idempotent_request": 409,
    "missing_required_field": 422,
    "invalid_parameter": 422,
    "rate_limit_exceeded": 429,
    "internal_server_error": 500,
}


class ErrorAnswer(msgspec.Struct, frozen=True, rename="camel"):
    """The body of every answer that isn't 200."""

    status_code: int
    name: ErrorName
    message: str


class Refused(Exception):
    """A request that Resend would refuse, with the answer that it would give."""

    def __init__(self, name: ErrorName, message: str, *, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.answer = ErrorAnswer(STATUS[name], name, message)
        self.headers = dict(headers or {})
