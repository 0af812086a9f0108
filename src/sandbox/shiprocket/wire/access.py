"""The bodies of `/auth/…`."""

from __future__ import annotations

import msgspec

from sandbox.shiprocket.entities import COMPANY_ID, USER_ID
from sandbox.shiprocket.wire.fields import read_body


class Credentials(msgspec.Struct, frozen=True):
    """Who says to be who."""

    email: str
    password: str


class LoginAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What a login hands over. When the token ends is said only inside of it."""

    id: int = USER_ID
    first_name: str = "API"
    last_name: str = "USER"
    email: str
    company_id: int = COMPANY_ID
    created_at: str = "2026-04-02 10:15:33"
    token: str


class LogoutAnswer(msgspec.Struct, frozen=True):
    """The token is no good any more."""

    message: str = "Successfully logged out"


def credentials(body: bytes) -> Credentials:
    """The body of POST /auth/login. Raises Refused."""
    fields = read_body(body)
    asked = Credentials(fields.text("email"), fields.text("password"))
    fields.check("The given data was invalid.")
    return asked
