"""The bearer tokens: JSON Web Tokens signed with HS256 (RFC 7515, RFC 7519)."""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Final

import msgspec

_HEADER: Final = b'{"typ":"JWT","alg":"HS256"}'


class Claims(msgspec.Struct, frozen=True, kw_only=True):
    """What a token says. Times in Unix seconds; `prv` changes when every older token is expired at once."""

    sub: int
    iss: str
    iat: int
    exp: int
    nbf: int
    jti: str
    prv: str


class NotOurToken(Exception):
    """No token, not readable, or signed with another secret."""


def signed(claims: Claims, secret: bytes) -> str:
    """The token with these claims."""
    told = _encoded(_HEADER) + b"." + _encoded(msgspec.json.encode(claims))
    return (told + b"." + _signature(told, secret)).decode()


def read(token: str, secret: bytes) -> Claims:
    """What an authentic token says, expired or not. Raises NotOurToken."""
    told, _, signature = token.encode(errors="replace").rpartition(b".")
    if not hmac.compare_digest(signature, _signature(told, secret)):
        raise NotOurToken
    claims = told.partition(b".")[2]
    return msgspec.json.decode(urlsafe_b64decode(claims + b"=" * (-len(claims) % 4)), type=Claims)


def _signature(told: bytes, secret: bytes) -> bytes:
    return _encoded(hmac.digest(secret, told, "sha256"))


def _encoded(plain: bytes) -> bytes:
    return urlsafe_b64encode(plain).rstrip(b"=")
