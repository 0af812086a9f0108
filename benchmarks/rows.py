"""The rows of the table: what is measured, against which limit, with which target."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from benchmarks import aftermath
from benchmarks.aftermath import MESSAGES, PURCHASES, WITHOUT_MAIL
from benchmarks.bench import PRODUCTS, Bench
from benchmarks.outcome import Outcome
from benchmarks.shopping import AddToCart, Get, Purchase


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a row should reach; None where nothing is asked. `share` of its limit, `rate` a second, `p95` and
    `p99` in ms.

    `first_share` is a step on the way to `share`.
    """

    share: float | None = None
    first_share: float | None = None
    rate: float | None = None
    p95: float | None = None
    p99: float | None = None

    def __str__(self) -> str:
        first = f" (first {self.first_share:.2f})" if self.first_share else ""
        parts = (
            self.share and f"≥ {self.share:.2f}{first}",
            self.rate and f"≥ {self.rate:g}/s",
            self.p95 and f"p95 < {self.p95:g} ms",
            self.p99 and f"p99 < {self.p99:g} ms",
        )
        return ", ".join(part for part in parts if part)

    def verdict(self, outcome: Outcome, share: float | None) -> str:
        """`yes`, `first step` or `no`; `-` where nothing is asked. A measurement with errors has reached nothing."""
        if outcome.errors or not self._fast_enough(outcome):
            return "no"
        if not str(self):
            return "-"
        if self.share is None or (share is not None and share >= self.share):
            return "yes"
        return "first step" if self.first_share and share is not None and share >= self.first_share else "no"

    def _fast_enough(self, outcome: Outcome) -> bool:
        if self.rate is not None and outcome.rate < self.rate:
            return False
        if self.p95 is None and self.p99 is None:
            return True
        return outcome.latency is not None and (
            (self.p95 is None or outcome.latency.p95 < self.p95)
            and (self.p99 is None or outcome.latency.p99 < self.p99)
        )


@dataclass(frozen=True, slots=True)
class Limit:
    """The most that could be reached; measured in the same run."""

    name: str
    measure: Callable[[Bench], Outcome]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. Without a `limit` its figures stand for themselves."""

    name: str
    title: str
    measure: Callable[[Bench], Outcome]
    limit: Limit | None
    target: Target


ROWS: Final = (
    Row(
        "products",
        "GET /products (20 items), warm",
        lambda bench: bench.shopping(Get(bench.host, f"{PRODUCTS}?limit=20")),
        Limit("bare handler", lambda bench: bench.bare_page(f"{PRODUCTS}?limit=20")),
        Target(share=0.80),
    ),
    Row(
        "product",
        "GET /products/{id}, warm",
        lambda bench: bench.shopping(Get(bench.host, bench.product)),
        Limit("bare handler", lambda bench: bench.bare_page(bench.product)),
        Target(share=0.80),
    ),
    Row(
        "order",
        "POST /orders (2 designs)",
        lambda bench: bench.orders(bench.shop.api),
        Limit("place_order.sql", lambda bench: bench.script("place_order.sql")),
        Target(share=0.15, first_share=0.10, p95=60),
    ),
    Row(
        "order-plenty",
        "the same, weeks never short",
        lambda bench: bench.orders(bench.shop.plenty),
        Limit("place_order.sql", lambda bench: bench.script("place_order.sql")),
        Target(share=0.15, first_share=0.10, p95=60),
    ),
    Row(
        "cart",
        "POST /cart/items",
        lambda bench: bench.shopping(AddToCart(bench.host, bench.choices[bench.shop.api])),
        Limit("cart_upsert.sql", lambda bench: bench.script("cart_upsert.sql")),
        Target(share=0.20),
    ),
    Row(
        "purchase",
        "whole purchase, paid",
        lambda bench: bench.shopping(Purchase(bench.host, bench.choices[bench.shop.api])),
        None,
        Target(rate=100, p95=120),
    ),
    Row(
        "outbox-latency",
        f"deliveries, commit to handled, {PURCHASES:g} purchases/s",
        aftermath.commit_to_handled,
        None,
        Target(p95=250),
    ),
    Row(
        "outbox-drain",
        "events of a backlog, one worker process",
        aftermath.drained,
        Limit("empty tasks", aftermath.empty_tasks),
        Target(rate=500),
    ),
    Row(
        "outbox-drain-mailless",
        "the same, all but the mail",
        lambda bench: aftermath.drained(bench, WITHOUT_MAIL),
        Limit("empty tasks", aftermath.empty_tasks),
        Target(rate=500),
    ),
    Row(
        "webhook",
        f"gateway's webhooks, {MESSAGES:g}/s",
        aftermath.acknowledged,
        None,
        Target(p99=50),
    ),
    Row(
        "webhook-most",
        "the same, as fast as they are taken",
        aftermath.most_acknowledged,
        Limit("keep_message.sql", lambda bench: bench.script("keep_message.sql")),
        Target(),
    ),
)
