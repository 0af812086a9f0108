"""The sandbox lets in who Shiprocket would, and locks out as it does."""

from __future__ import annotations

import base64

import msgspec
import pytest

from tests.unit.sandbox.shiprocket.account import EMAIL, NOW, PASSWORD, Json, ShiprocketAccountHolder

TEN_DAYS = 864_000
WRONG = {"message": "Invalid email and password combination", "status_code": 403}
BLOCKED = {"message": "User blocked due to too many failed login attempts.", "status_code": 403}


def claims_of(token: str) -> Json:
    """What a token says, for who has no key."""
    part = token.split(".")[1]
    claims: Json = msgspec.json.decode(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return claims


def log_in(holder: ShiprocketAccountHolder, password: str = PASSWORD, *, status: int = 200) -> Json:
    answer: Json = holder.ask("POST", "/auth/login", {"email": EMAIL, "password": password}, status=status)
    return answer


def test_a_login_answers_a_token_that_ends_in_ten_days(stranger: ShiprocketAccountHolder) -> None:
    """In the documented shape; when it ends is said in the token only."""
    answer = log_in(stranger)

    claims = claims_of(answer["token"])
    assert answer == {
        "id": 4412001,
        "first_name": "API",
        "last_name": "USER",
        "email": EMAIL,
        "company_id": 918273,
        "created_at": "2026-04-02 10:15:33",
        "token": answer["token"],
    }
    assert set(claims) == {"sub", "iss", "iat", "exp", "nbf", "jti", "prv"}
    assert (claims["iat"], claims["exp"]) == (int(NOW), int(NOW) + TEN_DAYS)


@pytest.mark.parametrize(("email", "password"), [(EMAIL, "wrong"), ("who@solecraft.example", PASSWORD), ("é", "é")])
def test_wrong_credentials_are_403(stranger: ShiprocketAccountHolder, email: str, password: str) -> None:
    """Not 401: that is for tokens."""
    assert stranger.ask("POST", "/auth/login", {"email": email, "password": password}, status=403) == WRONG


def test_a_missing_field_is_422(stranger: ShiprocketAccountHolder) -> None:
    """And no failed attempt."""
    answer = stranger.ask("POST", "/auth/login", {"email": EMAIL}, status=422)

    assert answer["errors"] == {"password": ["The password field is required."]}
    assert stranger.control("GET", "/state")["account"]["failures"] == 0


def test_too_many_failures_lock_even_the_right_password_out_for_half_an_hour(
    stranger: ShiprocketAccountHolder,
) -> None:
    """Also a token that was given out before stays good."""
    stranger.log_in()
    for _ in range(5):
        assert log_in(stranger, "wrong", status=403) == WRONG

    blocked = log_in(stranger, status=403)
    stranger.ask("GET", "/orders")
    stranger.moment.now += 30 * 60

    assert blocked == BLOCKED
    assert log_in(stranger)["token"]


def test_a_success_forgets_earlier_failures(stranger: ShiprocketAccountHolder) -> None:
    """Only failures in a row count."""
    for _ in range(2):
        for _ in range(4):
            log_in(stranger, "wrong", status=403)
        log_in(stranger)


def test_the_lock_out_can_be_reset(stranger: ShiprocketAccountHolder) -> None:
    """As their support would do."""
    for _ in range(5):
        log_in(stranger, "wrong", status=403)

    stranger.control("POST", "/lockout/reset")

    assert log_in(stranger)["token"]


@pytest.mark.parametrize(
    "authorization", ["", "Bearer", "Bearer ", "Bearer a.b.c", "Bearer x", "Basic YTpi", "Bearer é"]
)
@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/orders"), ("POST", "/orders/create/adhoc"), ("POST", "/auth/logout"), ("GET", "/courier/track/awb/1")],
)
def test_without_a_good_token_it_is_401(
    stranger: ShiprocketAccountHolder, authorization: str, method: str, path: str
) -> None:
    """Whatever is asked."""
    headers = {b"authorization": authorization.encode()}

    response = stranger.client.request(method, f"/v1/external{path}", headers=headers)

    assert response.status_code == 401
    assert response.json()["status_code"] == 401


def test_a_token_signed_by_somebody_else_is_401(shiprocket: ShiprocketAccountHolder) -> None:
    """The claims of a good one, and another's signature."""
    head, claims, signature = shiprocket.token.split(".")
    shiprocket.token = f"{head}.{claims}.{signature[::-1]}"

    assert shiprocket.ask("GET", "/orders", status=401)["message"] == "Token Signature could not be verified."


def test_after_ten_days_a_token_has_expired(shiprocket: ShiprocketAccountHolder) -> None:
    """To the second; a new login helps."""
    shiprocket.moment.now = int(NOW) + TEN_DAYS - 1
    shiprocket.ask("GET", "/orders")

    shiprocket.moment.now = int(NOW) + TEN_DAYS
    expired = shiprocket.ask("GET", "/orders", status=401)
    shiprocket.log_in()

    assert expired == {"message": "Token has expired", "status_code": 401}
    shiprocket.ask("GET", "/orders")


def test_a_logout_ends_this_token_and_no_other(shiprocket: ShiprocketAccountHolder) -> None:
    """A second login doesn't end the first token."""
    first = shiprocket.token
    shiprocket.log_in()

    shiprocket.ask("POST", "/auth/logout")

    shiprocket.ask("GET", "/orders", status=401)
    shiprocket.token = first
    shiprocket.ask("GET", "/orders")


def test_all_tokens_can_be_made_to_expire(shiprocket: ShiprocketAccountHolder) -> None:
    """At once, or the next ones after so many seconds."""
    shiprocket.control("POST", "/tokens/expire")
    expired = shiprocket.ask("GET", "/orders", status=401)

    shiprocket.control("PATCH", "/settings", {"token_seconds": 5})
    shiprocket.log_in()
    shiprocket.ask("GET", "/orders")
    shiprocket.moment.now += 5

    assert expired["message"] == "Token has expired"
    shiprocket.ask("GET", "/orders", status=401)


def test_logins_are_counted(shiprocket: ShiprocketAccountHolder) -> None:
    """So that a test can see who logs in too often."""
    shiprocket.log_in()

    assert shiprocket.control("GET", "/state")["account"]["logins"] == 2
