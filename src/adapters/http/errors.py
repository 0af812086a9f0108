"""The one table from error codes to statuses, and the words in which each error is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import singledispatch
from http import HTTPStatus
from typing import Final

from litestar.exceptions import HTTPException

from domain.catalogue.errors import DesignNotBuildable
from domain.customers.errors import InvalidFields
from domain.errors import DomainError, InvalidValue, NotFound
from domain.inventory.errors import OutOfStock
from domain.money import Money
from domain.ordering.errors import PriceChanged
from domain.tax.gst import PriceInForbiddenBand
from ports.errors import PortUnavailable, StaleAggregate
from ports.idempotency import IdempotencyInFlight


@dataclass(frozen=True, slots=True)
class ProblemType:
    """A kind of problem: the same status and title whenever it occurs."""

    status: HTTPStatus
    title: str


PROBLEM_TYPES: Final[Mapping[str, ProblemType]] = {
    "validation-error": ProblemType(HTTPStatus.BAD_REQUEST, "Request validation failed"),
    "malformed-json": ProblemType(HTTPStatus.BAD_REQUEST, "The body is not JSON"),
    "invalid-cursor": ProblemType(HTTPStatus.BAD_REQUEST, "The cursor is not one of this list"),
    "idempotency-key-missing": ProblemType(HTTPStatus.BAD_REQUEST, "An idempotency key is needed"),
    "unauthorized": ProblemType(HTTPStatus.UNAUTHORIZED, "Authentication is needed"),
    "mfa-required": ProblemType(HTTPStatus.UNAUTHORIZED, "A second factor is needed"),
    "invalid-signature": ProblemType(HTTPStatus.UNAUTHORIZED, "The signature is not valid"),
    "forbidden": ProblemType(HTTPStatus.FORBIDDEN, "Not allowed"),
    "resource-not-found": ProblemType(HTTPStatus.NOT_FOUND, "Not found"),
    "method-not-allowed": ProblemType(HTTPStatus.METHOD_NOT_ALLOWED, "This method is not offered here"),
    "not-acceptable": ProblemType(HTTPStatus.NOT_ACCEPTABLE, "No such version of the API"),
    "payload-too-large": ProblemType(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The body is too large"),
    "unsupported-media-type": ProblemType(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "The body is of an unknown type"),
    "conflict": ProblemType(HTTPStatus.CONFLICT, "The resource's state does not allow this"),
    "out-of-stock": ProblemType(HTTPStatus.CONFLICT, "Out of stock"),
    "capacity-exhausted": ProblemType(HTTPStatus.CONFLICT, "The workshop is booked up"),
    "price-changed": ProblemType(HTTPStatus.CONFLICT, "The price has changed"),
    "cart-empty": ProblemType(HTTPStatus.CONFLICT, "The cart is empty"),
    "order-not-cancellable": ProblemType(HTTPStatus.CONFLICT, "The order can't be cancelled any more"),
    "payment-not-allowed": ProblemType(HTTPStatus.CONFLICT, "No payment is possible"),
    "idempotency-in-flight": ProblemType(HTTPStatus.CONFLICT, "The same request is being worked on"),
    "stale-version": ProblemType(HTTPStatus.PRECONDITION_FAILED, "The resource has changed meanwhile"),
    "precondition-required": ProblemType(HTTPStatus.PRECONDITION_REQUIRED, "If-Match is needed"),
    "design-not-buildable": ProblemType(HTTPStatus.UNPROCESSABLE_ENTITY, "This shoe can't be made"),
    "not-serviceable": ProblemType(HTTPStatus.UNPROCESSABLE_ENTITY, "No courier delivers there"),
    "cod-not-available": ProblemType(HTTPStatus.UNPROCESSABLE_ENTITY, "Cash on delivery is not available"),
    "coupon-not-applicable": ProblemType(HTTPStatus.UNPROCESSABLE_ENTITY, "The coupon does not apply"),
    "idempotency-key-reused": ProblemType(HTTPStatus.UNPROCESSABLE_ENTITY, "The idempotency key was used before"),
    "rate-limit-exceeded": ProblemType(HTTPStatus.TOO_MANY_REQUESTS, "Too many requests"),
    "internal-server-error": ProblemType(HTTPStatus.INTERNAL_SERVER_ERROR, "Something went wrong"),
    "service-unavailable": ProblemType(HTTPStatus.SERVICE_UNAVAILABLE, "Not available right now"),
}

Member = Mapping[str, object] | tuple[Mapping[str, object], ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """One bad field. `pointer` is a JSON pointer into the body, or `/` and the name of a parameter."""

    pointer: str
    code: str
    message: str


class Refusal(Exception):
    """A request that gets a problem document. `code` is one of PROBLEM_TYPES.

    `members` are extension members of the document (RFC 9457, 3.2).
    """

    def __init__(
        self,
        code: str,
        detail: str,
        *,
        faults: Iterable[Fault] = (),
        headers: Mapping[str, str] | None = None,
        members: Mapping[str, Member] | None = None,
    ) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.faults = tuple(faults)
        self.headers = dict(headers or {})
        self.members = dict(members or {})


def invalid(*faults: Fault) -> Refusal:
    """The refusal of bad fields."""
    return Refusal("validation-error", "; ".join(_told(fault) for fault in faults[:5]), faults=faults)


@singledispatch
def refusal_of(error: Exception) -> Refusal:
    """How an error is told to the caller. One that is not meant for callers says nothing."""
    return Refusal("internal-server-error", "It is not your fault, and it has been noted.")


@refusal_of.register
def _as_it_is(error: Refusal) -> Refusal:
    return error


@refusal_of.register
def _by_code(error: DomainError) -> Refusal:
    return Refusal(error.code, _sentence(str(error)))


@refusal_of.register
def _not_found(error: NotFound) -> Refusal:
    # The key is not repeated: it may be anything that a stranger typed.
    return Refusal(error.code, f"There is no such {error.resource}.")


@refusal_of.register
def _invalid_value(error: InvalidValue) -> Refusal:
    return invalid(_fault_of(error))


@refusal_of.register
def _invalid_fields(error: InvalidFields) -> Refusal:
    return invalid(*map(_fault_of, error.errors))


@refusal_of.register
def _forbidden_price(error: PriceInForbiddenBand) -> Refusal:
    return invalid(Fault("", "invalid", str(error)))


@refusal_of.register
def _not_buildable(error: DesignNotBuildable) -> Refusal:
    faults = [Fault(_CHOICE.get(each.field, ""), each.code, each.message) for each in error.problems]
    return Refusal(error.code, _sentence(str(error)), faults=faults)


@refusal_of.register
def _price_changed(error: PriceChanged) -> Refusal:
    members = {"expected": _amount(error.expected), "actual": _amount(error.actual)}
    return Refusal(error.code, _sentence(str(error)), members=members)


@refusal_of.register
def _out_of_stock(error: OutOfStock) -> Refusal:
    """Which options are out is the buyer's business; stock keeping is not."""
    missing = tuple(option for sku in error.skus if (option := _option_of(sku)) is not None)
    return Refusal(error.code, "There is not enough left to make these shoes.", members={"missing": missing})


@refusal_of.register
def _in_flight(error: IdempotencyInFlight) -> Refusal:
    return Refusal(error.code, _sentence(str(error)), headers={"Retry-After": "1"})


@refusal_of.register
def _stale_aggregate(error: StaleAggregate) -> Refusal:
    return Refusal("conflict", "Others are changing the same thing; try again.", headers={"Retry-After": "1"})


@refusal_of.register
def _unavailable(error: PortUnavailable) -> Refusal:
    detail = "A part of the shop doesn't answer; try again in a moment."
    return Refusal("service-unavailable", detail, headers={"Retry-After": str(max(1, error.retry_after))})


@refusal_of.register
def _of_the_framework(error: HTTPException) -> Refusal:
    """What Litestar refuses before a route is reached."""
    if error.status_code == HTTPStatus.NOT_FOUND:
        return Refusal("resource-not-found", "There is nothing at this address.")
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        allowed = (error.headers or {}).get("allow", "")
        return Refusal("method-not-allowed", f"Allowed here: {allowed}.", headers={"Allow": allowed})
    if HTTPStatus.BAD_REQUEST <= error.status_code < HTTPStatus.INTERNAL_SERVER_ERROR:
        return invalid(Fault("", "malformed", "is not well formed"))
    return refusal_of.dispatch(Exception)(error)


_CHOICE: Final = {
    "product": "/productId",
    "style": "/styleId",
    "sole": "/soleId",
    "material": "/materialId",
    "color": "/colorId",
    "size": "/size",
    "width": "/width",
    "monogram": "/monogram",
    "design": "/designCode",
}
"""Where a choice's field is in the body."""


def _fault_of(error: InvalidValue) -> Fault:
    return Fault("".join(f"/{_camel(part)}" for part in error.field.split(".")), "invalid", error.message)


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(map(str.capitalize, others))


def _option_of(sku: str) -> Mapping[str, object] | None:
    """The option behind a sku, in the words of the catalogue; None for what no customer chooses."""
    match sku.split(":"):
        case ["leather", color]:
            return {"option": "color", "extId": color}
        case ["sole", sole, size]:
            return {"option": "sole", "extId": sole, "size": size}
        case _:
            return None


def _amount(money: Money) -> Mapping[str, object]:
    return {"amount": money.minor, "currency": money.currency, "formatted": money.formatted}


def _told(fault: Fault) -> str:
    return f"{fault.pointer or 'the request'}: {fault.message}"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")
