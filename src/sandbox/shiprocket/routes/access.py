"""`/auth/…`, and the guard of everything else."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import post
from litestar.connection import ASGIConnection
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler
from litestar.params import HeaderParameter, RawBody
from litestar.types import Guard

from sandbox.shiprocket.rules.access import Access
from sandbox.shiprocket.wire.access import LoginAnswer, LogoutAnswer, credentials

Door = NamedDependency[Access]
AnyConnection = ASGIConnection[Any, Any, Any, Any]  # Litestar's generics name handler, user, auth and state
Authorization = Annotated[str, HeaderParameter(name="Authorization")]


def bearer_guard(access: Access) -> Guard:
    """Refuses who has no good token. A function: of an object, Litestar's routers keep a deep copy."""

    def check(connection: AnyConnection, _: BaseRouteHandler) -> None:
        access.check(connection.headers.get("authorization", ""))

    return check


@post("/auth/login", status_code=200, sync_to_thread=False)
def login(body: RawBody, access: Door) -> LoginAnswer:
    """A token."""
    asked = credentials(body)
    return LoginAnswer(email=asked.email, token=access.login(asked))


@post("/auth/logout", status_code=200, sync_to_thread=False)
def logout(access: Door, authorization: Authorization) -> LogoutAnswer:
    """End a token."""
    access.logout(authorization)
    return LogoutAnswer()
