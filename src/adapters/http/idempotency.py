"""The caller's name for a request that must be done once."""

from __future__ import annotations

import hashlib
import re
from typing import Final

import msgspec

from adapters.http.errors import Fault, Refusal, invalid
from adapters.http.exchange import AnyRequest, header
from adapters.http.reply import Header
from domain.ordering.owner import hash_token
from ports.idempotency import IdempotencyKey

KEY: Final = r"^[ -~]{1,255}$"
REPLAYED: Final[Header] = (b"idempotent-replayed", b"true")

_KEY: Final = re.compile(KEY)


def idempotency_key(
    request: AnyRequest, operation: str, token: str | None, form: msgspec.Struct | None
) -> IdempotencyKey:
    """The request's key: of this caller (who holds `token`), for this operation.

    The fingerprint is of the form, not of the bytes: the same request in other white
    space is the same request. Raises Refusal without a key, or with a malformed one.
    """
    key = header(request, b"idempotency-key")
    if key is None:
        raise Refusal("idempotency-key-missing", "Send an Idempotency-Key, a new one for each new request.")
    if not _KEY.fullmatch(key):
        raise invalid(Fault("/Idempotency-Key", "pattern", "is not 1 to 255 printable ASCII characters"))
    asked = msgspec.json.encode((operation, request.scope["path"], form))
    caller = hash_token(token) if token else "nobody"
    return IdempotencyKey(f"{operation}:{caller}", key, hashlib.sha256(asked).hexdigest())
