"""What a route promises: written once beside it, shown by the OpenAPI document."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

from litestar.handlers import HTTPRouteHandler
from msgspec import Struct

from adapters.http.exchange import AnyRequest
from adapters.http.links import API
from adapters.http.validation import refuse_query

Method = Literal["GET", "POST", "PATCH", "DELETE"]
CONTRACT: Final = "contract"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderField:
    """A header that comes in or goes out. `pattern` is of its value."""

    name: str
    description: str
    required: bool = False
    pattern: str | None = None
    example: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trait:
    """What several routes have in common: headers in and out, problems, statuses beside the usual one."""

    takes: tuple[HeaderField, ...] = ()
    gives: tuple[HeaderField, ...] = ()
    problems: tuple[str, ...] = ()
    security: str | None = None
    may_be_unchanged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """What a route takes and gives.

    `answers` is the resource in `data` (None: no body at all); `many` says that `data` is a
    list of it, `paged` that the list comes in pages, `bare` that it comes without envelope.
    `body` is one of several forms, when there are several; `opaque` says that it is any bytes
    instead, which nobody reads before their signature. Problems that follow from the rest
    need not be named.
    """

    operation: str
    tag: str
    summary: str
    answers: type[Struct] | None
    description: str | None = None
    status: int = 200
    many: bool = False
    paged: bool = False
    bare: bool = False
    body: tuple[type[Struct], ...] = ()
    opaque: bool = False
    query: type[Struct] | None = None
    traits: tuple[Trait, ...] = ()
    problems: tuple[str, ...] = ()

    def all_problems(self, path: str) -> Iterator[str]:
        """The code of every problem that may come instead of an answer."""
        yield from ("validation-error", "internal-server-error", "service-unavailable")
        if path.startswith(API):
            yield "not-acceptable"
        if "{" in path:
            yield "resource-not-found"
        if self.body:
            yield from ("malformed-json", "unsupported-media-type", "payload-too-large")
        if self.opaque:
            yield "payload-too-large"
        for trait in self.traits:
            yield from trait.problems
        yield from self.problems


def endpoint(method: Method, path: str, contract: Contract) -> Callable[[Callable[..., Any]], HTTPRouteHandler]:
    """The decorator of a route that keeps a contract. Who may GET may HEAD."""
    return HTTPRouteHandler(
        path,
        http_method=["GET", "HEAD"] if method == "GET" else [method],
        before_request=None if contract.query else _no_query,
        status_code=200,  # for Litestar, which has none of the answer's parts to add: a Reply knows its own
        opt={CONTRACT: contract},
    )


async def _no_query(request: AnyRequest) -> None:
    refuse_query(request)


CART_HOLDER: Final = Trait(
    takes=(
        HeaderField(
            name="X-Cart-Token",
            description="A guest's key to the cart; one that is malformed, unknown or expired is as good as none.",
        ),
    ),
    problems=("unauthorized",),
)

CART_OPENER: Final = Trait(
    gives=(HeaderField(name="X-Cart-Token", description="The key to a new cart: send it from now on."),),
)

ORDER_OPENER: Final = Trait(
    gives=(HeaderField(name="X-Order-Token", description="The key to the order: nobody else has it."),),
)

CART_VERSION: Final = Trait(
    gives=(HeaderField(name="ETag", description="The cart's version.", required=True, pattern=r'^"[0-9]+"$'),),
)

CART_CHANGER: Final = Trait(
    takes=(
        HeaderField(
            name="If-Match",
            description="The version that is to be changed, and no other.",
            pattern=r'^("[!#-~]*"|\*)$',
            example='"3"',
        ),
    ),
    problems=("stale-version", "conflict"),
)

ORDER_HOLDER: Final = Trait(
    problems=("unauthorized",),
    security="orderToken",
)

STAFF: Final = Trait(
    problems=("unauthorized", "forbidden"),
    security="operatorToken",
)

IDEMPOTENT: Final = Trait(
    takes=(
        HeaderField(
            name="Idempotency-Key",
            description="The caller's name for this request: sent again, it gets the first answer again, for 24 hours.",
            required=True,
            pattern="^[ -~]{1,255}$",
            example="5f2c1a6e-buy-1",
        ),
    ),
    gives=(HeaderField(name="Idempotent-Replayed", description="`true` when this is the first answer again."),),
    problems=("idempotency-key-missing", "idempotency-key-reused", "idempotency-in-flight"),
)

CREATES: Final = Trait(
    gives=(HeaderField(name="Location", description="Where the new thing is.", required=True),),
)

_REVALIDATED: Final = (
    HeaderField(name="If-None-Match", description="Entity tags that the caller has.", example='"0a1b"'),
)
_TAGGED: Final = (
    HeaderField(name="ETag", description="Changes when anything of the answer does.", required=True),
    HeaderField(name="Cache-Control", description="How long it may be kept.", required=True),
    HeaderField(name="Vary", description="Which request headers it depends on.", required=True),
)

PUBLIC: Final = Trait(takes=_REVALIDATED, gives=_TAGGED, may_be_unchanged=True)

DATED: Final = Trait(
    gives=(HeaderField(name="Last-Modified", description="When the newest of it was changed."),),
)
