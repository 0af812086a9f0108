"""Rows about what happens after the answer went out: events, those who handle them, and the gateway's messages."""

from __future__ import annotations

from collections.abc import Collection
from math import ceil
from typing import Final

from benchmarks import idle
from benchmarks.bench import SHOPPERS, Bench
from benchmarks.gateway import TellOfPayments
from benchmarks.load import Load
from benchmarks.outcome import Latency, Outcome
from benchmarks.shopping import BeginPayments, BegunPayment, Purchase
from ports.deliveries import Lane

PURCHASES: Final = 20.0  # a second
MESSAGES: Final = 50.0  # a second
WITHOUT_MAIL: Final = tuple(lane for lane in Lane if lane is not Lane.MAIL)
_BUYING, _TELLING = 3.0, 7.0  # times as long as other rows: at a steady pace, little happens in a second
_WARM: Final = 2.0  # seconds in which the worker's processes do everything for the first time
_BACKLOG: Final = 200.0  # orders, for each second of a measurement
_PAYMENTS: Final = 500  # that messages are about, when there is no end of messages
_ENDLESS: Final = 10**9


def commit_to_handled(bench: Bench) -> Outcome:
    """Deliveries a second while customers buy at a steady pace, and how long after the commit each is done."""
    live, seconds = bench.shop.live, _BUYING * bench.seconds
    servers, journey = (live.api, live.sandbox), Purchase(_host(bench), bench.choices[live.api])
    with live.staffed():
        bench.driven(Load(servers, journey, SHOPPERS, _WARM, warm=0.0, pace=PURCHASES))
        live.come_to_rest()
        since = live.books.now()
        bought = bench.driven(Load(servers, journey, SHOPPERS, seconds, warm=0.0, pace=PURCHASES)).outcome
        live.come_to_rest()
    delays = live.books.delays(since)
    return Outcome(len(delays) / seconds, Latency.of(delays), {**bought.errors, **live.books.complaints(since)})


def drained(bench: Bench, lanes: Collection[Lane] = tuple(Lane)) -> Outcome:
    """Events a second that one worker process handles, out of the backlog of many orders placed and paid.

    What is of other lanes is done afterwards, outside the measured time.
    """
    live, since = bench.shop.live, bench.shop.live.books.now()
    payments = _begun(bench, ceil(_BACKLOG * bench.seconds))
    bench.prepared(live.api, _messages(bench, payments, wanted=len(payments)))
    with live.staffed("--concurrency", "1", "--queues", ",".join(lanes)):
        live.come_to_rest(lanes)
    rate = live.books.rate(since, lanes)
    if live.books.waiting(tuple(Lane)):
        with live.staffed():
            live.come_to_rest()
    return Outcome(rate, None, live.books.complaints(since))


def empty_tasks(bench: Bench) -> Outcome:
    """The limit of draining, were every event a task of its own: tasks a second that do nothing."""
    return Outcome(idle.rate(bench.shop.live.environment, ceil(_BACKLOG * 3 * bench.seconds)), None, {})


def acknowledged(bench: Bench) -> Outcome:
    """The gateway's messages at a steady pace."""
    seconds = _TELLING * bench.seconds
    return _told(bench, _begun(bench, ceil(MESSAGES * (seconds + 1.0))), seconds, pace=MESSAGES)


def most_acknowledged(bench: Bench) -> Outcome:
    """The gateway's messages as fast as they are taken."""
    return _told(bench, _begun(bench, _PAYMENTS), bench.seconds, pace=None)


def _told(bench: Bench, payments: list[BegunPayment], seconds: float, pace: float | None) -> Outcome:
    """Messages to the API while relay and worker have to do with those that came before."""
    live, since = bench.shop.live, bench.shop.live.books.now()
    with live.staffed():
        live.come_to_rest()
        journey = _messages(bench, payments, wanted=_ENDLESS)
        outcome = bench.driven(Load((live.api,), journey, SHOPPERS, seconds, pace=pace)).outcome
        live.come_to_rest()
    return Outcome(outcome.rate, outcome.latency, {**outcome.errors, **live.books.complaints(since)})


def _begun(bench: Bench, wanted: int) -> list[BegunPayment]:
    api = bench.shop.live.api
    made = bench.prepared(api, BeginPayments(_host(bench), bench.choices[api], wanted))
    return [payment for payment in made if isinstance(payment, BegunPayment)]


def _messages(bench: Bench, payments: list[BegunPayment], *, wanted: int) -> TellOfPayments:
    secret = bench.shop.live.environment["SHOES_RAZORPAY_WEBHOOK_SECRET"]
    return TellOfPayments(_host(bench), secret, payments, wanted)


def _host(bench: Bench) -> str:
    api = bench.shop.live.api
    return f"{api.host}:{api.port}"
