"""The HTTP application."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager

from litestar import Litestar, Router
from litestar.di import Provide

from adapters.http.links import API
from adapters.http.middleware.accept_version import AcceptVersion
from adapters.http.middleware.body_limit import BodyLimit
from adapters.http.middleware.stamp import Stamp
from adapters.http.operator import OperatorToken
from adapters.http.problem import answer_error
from adapters.http.routes import docs
from adapters.http.routes.health import HealthChecks
from adapters.http.routes.methods import options_for
from adapters.http.routes.table import UNVERSIONED, VERSIONED
from adapters.http.use_cases import UseCases, provide
from ports.clock import Clock

Lifespan = Callable[[Litestar], AbstractAsyncContextManager[None]]


def create_app(
    use_cases: UseCases,
    *,
    clock: Clock,
    health_checks: HealthChecks,
    operator_token: str = "",
    lifespan: Sequence[Lifespan] = (),
) -> Litestar:
    """The application, as ASGI. `lifespan` opens and closes what the use cases stand on.

    `operator_token` opens the staff's routes; "": nobody gets in.
    """
    unversioned = (*UNVERSIONED, *docs.ROUTES)
    app = Litestar(
        route_handlers=[
            Router(API, route_handlers=[*options_for(VERSIONED), *VERSIONED]),
            *options_for(unversioned),
            *unversioned,
        ],
        dependencies={
            **use_cases.dependencies(),
            "health_checks": provide(lambda: health_checks),
            "staff": Provide(OperatorToken(operator_token).admit, sync_to_thread=False),
        },
        exception_handlers={Exception: answer_error},
        lifespan=list(lifespan),
        openapi_config=None,
        logging_config=None,
        request_max_body_size=None,  # BodyLimit has it, for every route and before any of it is read
    )
    # Litestar's own middleware begins behind the routing: a 404 or a 405 would go without it.
    app.asgi_handler = Stamp(AcceptVersion(BodyLimit(app.asgi_handler)), clock)
    return app
