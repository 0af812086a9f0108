"""Who of the workshop calls."""

from __future__ import annotations

import hashlib
import hmac
from typing import Final
from uuid import UUID

from litestar.di import NamedDependency
from litestar.params import SkipValidation

from adapters.http.errors import Refusal
from adapters.http.exchange import AnyRequest, header
from domain.actor import Staff
from domain.permissions import Permission

OPERATOR: Final = Staff(UUID("019b0000-0000-7000-8000-000000000001"), frozenset(Permission))
"""Whoever holds the operator token: one member of staff who may do everything, until there are accounts."""

Admitted = NamedDependency[SkipValidation[Staff]]
"""A route's parameter `staff` of this type: without the token nobody gets as far as the route."""

_SCHEME: Final = "bearer"


class OperatorToken:
    """The one key to the staff's routes; "" opens nothing."""

    def __init__(self, token: str) -> None:
        self._digest: Final = _digest(token) if token else None

    def admit(self, request: AnyRequest) -> Staff:
        """Who calls with the token. Constant time. Raises Refusal for everybody else."""
        scheme, _, token = (header(request, b"authorization") or "").partition(" ")
        if (
            self._digest is None
            or scheme.lower() != _SCHEME
            or not hmac.compare_digest(_digest(token.strip(" ")), self._digest)
        ):
            raise Refusal("unauthorized", "Staff send Authorization: Bearer and the operator token.")
        return OPERATOR


def _digest(token: str) -> bytes:
    # Of equal length whatever was sent, so that a comparison tells nothing of the token's.
    return hashlib.sha256(token.encode()).digest()
