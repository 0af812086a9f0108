"""Who may come in: the API user, with a token that is neither expired nor logged out."""

from __future__ import annotations

import hmac
import uuid
from typing import Final

import msgspec
from msgspec.structs import replace

from sandbox.shiprocket.entities import COMPANY_ID, RevokedToken
from sandbox.shiprocket.ledger import Ledger
from sandbox.shiprocket.moments import stamp
from sandbox.shiprocket.tokens import Claims, NotOurToken, read, signed
from sandbox.shiprocket.wire.errors import refused
from sandbox.shiprocket.wire.fields import read_body

USER_ID: Final = 4_412_001
MOST_FAILURES: Final = 5  # the number is ours: Shiprocket doesn't tell
LOCKED_FOR: Final = 30 * 60
_ISSUER: Final = "https://apiv2.shiprocket.in/v1/external/auth/login"
_CREATED_AT: Final = 1_775_000_000.0


class LoginAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What a login hands over. That the token ends in ten days is said only inside of it."""

    id: int = USER_ID
    first_name: str = "API"
    last_name: str = "USER"
    email: str
    company_id: int = COMPANY_ID
    created_at: str = stamp(_CREATED_AT)
    token: str


class Access:
    """The door for one API user. Tokens outlive a restart: their secret is derived from the password."""

    def __init__(self, ledger: Ledger, *, email: str, password: str) -> None:
        self._ledger = ledger
        self._email = email
        self._password = password.encode()
        self._secret = hmac.digest(self._password, b"tokens of the sandbox", "sha256")

    def login(self, body: bytes) -> LoginAnswer:
        """A new token; older ones stay good. After too many failures not even the right password opens."""
        fields = read_body(body)
        email, password = fields.text("email"), fields.text("password")
        fields.check("The given data was invalid.")
        ledger, account = self._ledger, self._ledger.account
        if ledger.now() < account.blocked_until:
            raise refused(403, "User blocked due to too many failed login attempts.")
        if email != self._email or not hmac.compare_digest(password.encode(errors="replace"), self._password):
            failures = account.failures + 1
            blocked_until = ledger.now() + LOCKED_FOR if failures >= MOST_FAILURES else 0
            ledger.change(replace(account, failures=failures % MOST_FAILURES, blocked_until=blocked_until))
            raise refused(403, "Invalid email and password combination")
        ledger.change(replace(account, failures=0, logins=account.logins + 1))
        return LoginAnswer(email=email, token=self._new_token())

    def check(self, authorization: str) -> Claims:
        """Who sends this header. Raises Refused, 401."""
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise refused(401, "Token not provided")
        try:
            claims = read(token.strip(), self._secret)
        except NotOurToken:
            raise refused(401, "Token Signature could not be verified.") from None
        if claims.exp <= self._ledger.now() or claims.prv != self._generation():
            raise refused(401, "Token has expired")
        if self._ledger.is_revoked(claims.jti):
            raise refused(401, "The token has been blacklisted")
        return claims

    def logout(self, authorization: str) -> None:
        """This token opens nothing any more; others do."""
        self._ledger.change(RevokedToken(id=self.check(authorization).jti))

    def _new_token(self) -> str:
        now = int(self._ledger.now())
        expires = now + self._ledger.settings.token_seconds
        claims = Claims(
            sub=USER_ID, iss=_ISSUER, iat=now, exp=expires, nbf=now, jti=uuid.uuid4().hex[:16], prv=self._generation()
        )
        return signed(claims, self._secret)

    def _generation(self) -> str:
        return f"{self._ledger.account.generation:040x}"
