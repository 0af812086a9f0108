"""Who may come in: the API user, with a token that is neither expired nor logged out."""

from __future__ import annotations

import hmac
import uuid
from typing import Final

from msgspec.structs import replace

from sandbox.shiprocket.entities import USER_ID, RevokedToken
from sandbox.shiprocket.ledger import Ledger
from sandbox.shiprocket.tokens import Claims, NotOurToken, read, signed
from sandbox.shiprocket.wire.access import Credentials
from sandbox.shiprocket.wire.errors import refused

MOST_FAILURES: Final = 5  # the number is ours: Shiprocket doesn't tell
LOCKED_FOR: Final = 30 * 60
_ISSUER: Final = "https://apiv2.shiprocket.in/v1/external/auth/login"


class Access:
    """The door for one API user. Tokens outlive a restart: their secret is derived from the password."""

    def __init__(self, ledger: Ledger, *, email: str, password: str) -> None:
        self._ledger = ledger
        self._email = email
        self._password = password.encode()
        self._secret = hmac.digest(self._password, b"tokens of the sandbox", "sha256")

    def login(self, asked: Credentials) -> str:
        """A new token; older ones stay good. After too many failures not even the right password opens."""
        ledger, account = self._ledger, self._ledger.account
        if ledger.now() < account.blocked_until:
            raise refused(403, "User blocked due to too many failed login attempts.")
        given = asked.password.encode(errors="replace")
        if asked.email != self._email or not hmac.compare_digest(given, self._password):
            failures = account.failures + 1
            blocked_until = ledger.now() + LOCKED_FOR if failures >= MOST_FAILURES else 0
            ledger.change(replace(account, failures=failures % MOST_FAILURES, blocked_until=blocked_until))
            raise refused(403, "Invalid email and password combination")
        ledger.change(replace(account, failures=0, logins=account.logins + 1))
        return self._new_token()

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
