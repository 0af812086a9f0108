"""`/auth/…`, and the guard of everything else."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import post
from litestar.connection import ASGIConnection
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler
from litestar.params import HeaderParameter, RawBody

from sandbox.shiprocket.rules.access import Access, LoginAnswer

Door = NamedDependency[Access]
AnyConnection = ASGIConnection[Any, Any, Any, Any]  # Litestar's generics name handler, user, auth and state
Authorization = Annotated[str, HeaderParameter(name="Authorization")]


class BearerGuard:
    """Who has no good token is refused."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def __call__(self, connection: AnyConnection, _: BaseRouteHandler) -> None:
        self._access.check(connection.headers.get("authorization", ""))


@post("/auth/login", status_code=200, sync_to_thread=False)
def login(body: RawBody, access: Door) -> LoginAnswer:
    """A token."""
    return access.login(body)


@post("/auth/logout", status_code=200, sync_to_thread=False)
def logout(access: Door, authorization: Authorization) -> dict[str, str]:
    """End a token."""
    access.logout(authorization)
    return {"message": "Successfully logged out"}
