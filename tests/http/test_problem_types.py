"""Every error of the core has its place in the one table."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module

import pytest

import application
import domain
import ports
from adapters.db.errors import RuleBroken
from adapters.http.errors import PROBLEM_TYPES, refusal_of
from adapters.http.routes.table import UNVERSIONED, VERSIONED
from domain.errors import DomainError
from domain.money import Money
from domain.tax.gst import PriceInForbiddenBand
from ports.errors import PortUnavailable, StaleAggregate

CONTRACT = {
    400: {"validation-error", "malformed-json", "invalid-cursor", "idempotency-key-missing"},
    401: {"unauthorized", "mfa-required", "invalid-signature"},
    403: {"forbidden"},
    404: {"resource-not-found"},
    405: {"method-not-allowed"},
    406: {"not-acceptable"},
    409: {
        "conflict",
        "out-of-stock",
        "capacity-exhausted",
        "price-changed",
        "cart-empty",
        "order-not-cancellable",
        "payment-not-allowed",
        "idempotency-in-flight",
    },
    412: {"stale-version"},
    413: {"payload-too-large"},
    415: {"unsupported-media-type"},
    422: {
        "design-not-buildable",
        "not-serviceable",
        "cod-not-available",
        "coupon-not-applicable",
        "idempotency-key-reused",
    },
    428: {"precondition-required"},
    429: {"rate-limit-exceeded"},
    500: {"internal-server-error"},
    503: {"service-unavailable"},
}


def _errors() -> Iterator[type[DomainError]]:
    for package in (domain, ports, application):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            import_module(module.name)
    waiting: list[type[DomainError]] = [DomainError]
    while waiting:
        error = waiting.pop()
        waiting += error.__subclasses__()
        yield error


def test_the_table_is_the_contracts() -> None:
    """Each status with its codes."""
    by_status: dict[int, set[str]] = {}
    for code, kind in PROBLEM_TYPES.items():
        by_status.setdefault(kind.status.value, set()).add(code)
    assert by_status == CONTRACT


@pytest.mark.parametrize("error", sorted(_errors(), key=str))
def test_every_domain_error_is_in_the_table(error: type[DomainError]) -> None:
    """Or its first occurrence would be a 500."""
    assert error.code in PROBLEM_TYPES


def test_every_route_names_problems_of_the_table() -> None:
    """Or the OpenAPI document would promise what can't come."""
    for handler in (*VERSIONED, *UNVERSIONED):
        assert set(handler.opt["contract"].all_problems("/api/v1/{x}")) <= set(PROBLEM_TYPES)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (RuntimeError("secret"), "internal-server-error"),
        (PortUnavailable("database", "secret", retry_after=7), "service-unavailable"),
        (StaleAggregate("cart", "secret"), "conflict"),
        (PriceInForbiddenBand(Money(1), 1, Money(2), Money(3)), "validation-error"),
        (RuleBroken("ck_secret"), "conflict"),
    ],
)
def test_technical_errors_tell_nothing(error: Exception, code: str) -> None:
    """But when to try again, if that helps."""
    refusal = refusal_of(error)
    assert refusal.code == code
    assert "secret" not in refusal.detail
    if isinstance(error, PortUnavailable):
        assert refusal.headers == {"Retry-After": "7"}
