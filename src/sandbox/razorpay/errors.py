"""How Razorpay says no."""

from __future__ import annotations

from typing import Literal

import msgspec

ErrorCode = Literal["BAD_REQUEST_ERROR", "GATEWAY_ERROR", "SERVER_ERROR"]


class ErrorDetails(msgspec.Struct, frozen=True, kw_only=True):
    """The inside of an error answer. Where a field doesn't apply, Razorpay says "NA" or leaves it out."""

    code: ErrorCode
    description: str
    source: str | msgspec.UnsetType = "NA"
    step: str | msgspec.UnsetType = "NA"
    reason: str | msgspec.UnsetType = "NA"
    metadata: dict[str, str] | msgspec.UnsetType = msgspec.field(default_factory=dict)
    field: str | msgspec.UnsetType = msgspec.UNSET


class ErrorAnswer(msgspec.Struct, frozen=True):
    """The body of every answer that isn't 200, and what checkout's `payment.failed` hands over."""

    error: ErrorDetails


class Refused(Exception):
    """A request that Razorpay would refuse, with the answer that it would give."""

    def __init__(self, details: ErrorDetails, status: int = 400) -> None:
        super().__init__(details.description)
        self.details = details
        self.status = status


def bad_input(description: str, field: str | None = None) -> Refused:
    """400: something in the request is not as it should be."""
    return Refused(
        ErrorDetails(
            code="BAD_REQUEST_ERROR",
            description=description,
            source="business",
            step="payment_initiation",
            reason="input_validation_failed",
            field=msgspec.UNSET if field is None else field,
        )
    )


def bad_request(description: str, status: int = 400) -> Refused:
    """The request is well formed, but not now, not for this, or not at this address."""
    return Refused(ErrorDetails(code="BAD_REQUEST_ERROR", description=description), status)


def unknown_id() -> Refused:
    """400, not 404: so Razorpay answers for an id that isn't there or isn't yours."""
    return bad_input("The id provided does not exist")


def unauthenticated() -> Refused:
    """401, with the shortest of Razorpay's error bodies."""
    return Refused(
        ErrorDetails(
            code="BAD_REQUEST_ERROR",
            description="Authentication failed",
            source=msgspec.UNSET,
            step=msgspec.UNSET,
            reason=msgspec.UNSET,
            metadata=msgspec.UNSET,
        ),
        status=401,
    )
