"""The staff's routes have one key, and it opens nothing else."""

from __future__ import annotations

import httpx
import pytest
from litestar import Request

from adapters.http.errors import Refusal
from adapters.http.exchange import open_exchange
from adapters.http.operator import OPERATOR, OperatorToken
from domain.permissions import Permission
from tests.builders import NOW
from tests.http.guest import API, Guest, data, problem
from tests.http.operator import OPERATOR_TOKEN, SIGNED_IN

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    "authorization",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        "Bearer x",
        f"Bearer {OPERATOR_TOKEN}x",
        f"Bearer {OPERATOR_TOKEN[:-1]}",
        f"Bearer {OPERATOR_TOKEN.upper()}",
        f"Bearer {OPERATOR_TOKEN} {OPERATOR_TOKEN}",
        f"Basic {OPERATOR_TOKEN}",
        OPERATOR_TOKEN,
        "Bearer \xfc\xff",
        "Bearer " + "x" * 100_000,
    ],
    ids=lambda value: repr(value)[:40],
)
async def test_without_the_token_nobody_gets_in(authorization: str | None, http: httpx.AsyncClient) -> None:
    """401, saying how to authenticate and nothing of the token."""
    headers = {} if authorization is None else {b"Authorization": authorization.encode("latin-1")}
    answer = await http.get(f"{API}/admin/backlog", headers=headers)
    problem(answer, "unauthorized")
    assert answer.headers["www-authenticate"] == "Bearer"
    assert OPERATOR_TOKEN not in answer.text


async def test_the_scheme_is_written_in_any_case(http: httpx.AsyncClient) -> None:
    """RFC 9110, 11.1."""
    assert data(await http.get(f"{API}/admin/backlog", headers={"Authorization": f"bearer {OPERATOR_TOKEN}"}))


@pytest.mark.parametrize("sent", ["Bearer ", "Bearer", "", f"Bearer {OPERATOR_TOKEN}"])
def test_a_shop_without_a_token_lets_nobody_in(sent: str) -> None:
    """Least of all who sends none."""
    scope = {"type": "http", "method": "GET", "path": "/", "headers": [(b"authorization", sent.encode())]}
    open_exchange(scope, NOW)  # type: ignore[arg-type]  # as much of a scope as is read
    with pytest.raises(Refusal) as refused:
        OperatorToken("").admit(Request(scope))  # type: ignore[arg-type]  # as above
    assert refused.value.code == "unauthorized"


async def test_the_token_is_no_key_to_what_is_a_customer_s(guest: Guest, http: httpx.AsyncClient) -> None:
    """Staff see orders on their own routes; here they are as unknown as anybody who signs in."""
    order = await guest.buy()
    problem(await http.get(f"{API}/orders/{order['extId']}", headers=SIGNED_IN), "unauthorized")
    problem(await http.get(f"{API}/cart", headers=SIGNED_IN), "unauthorized")


async def test_a_customer_s_token_is_no_key_to_the_staff_s_routes(guest: Guest) -> None:
    """Nor is it looked at."""
    await guest.buy()
    problem(await guest.get("/admin/events"), "unauthorized")


def test_the_operator_may_do_everything() -> None:
    """Until there are accounts."""
    assert OPERATOR.permissions == set(Permission)
