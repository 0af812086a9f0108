"""Whom a scenario meets beside its customers, in words that both stacks can answer with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal, Protocol

from features.support.seen import OrderSeen, PaymentSeen, Shopper

Station = Literal[
    "picked up",
    "out for delivery",
    "delivered",
    "undelivered",
    "turned back",
    "back at the workshop",
    "lost",
]
"""Where a parcel can be brought. One that is fetched from a customer is "delivered" at the workshop."""


@dataclass(frozen=True, slots=True)
class ShipmentSeen:
    """A try to ship an order. `step` says how far it was booked, `status` where its parcel is."""

    carrier: str
    is_return: bool
    step: str
    status: str | None
    courier: str | None
    awb: str | None


@dataclass(frozen=True, slots=True)
class TaskSeen:
    """Something that needs a person; `order_id` when it is about an order."""

    kind: str
    order_id: str | None


@dataclass(frozen=True, slots=True)
class StuckSeen:
    """An event that a handler could not take in."""

    event_id: str
    handler: str


@dataclass(frozen=True, slots=True)
class RefundSeen:
    """Money that the gateway gave back, or is about to; the amount in paise."""

    amount: int
    status: Literal["pending", "processed", "failed"]


class Staff(Protocol):
    """Somebody of the workshop. Every refusal is a `Refused`. Orders go by their ids."""

    def start_production(self, order_id: str) -> None: ...

    def mark_ready(self, order_id: str) -> None: ...

    def cancel(self, order_id: str) -> None: ...

    def refund(self, order_id: str, amount: int | None) -> None: ...

    def book(self, order_id: str, carrier: str | None) -> None: ...

    def enter_awb(self, order_id: str, awb: str, courier: str) -> None: ...

    def report(self, order_id: str, status: str) -> None:
        """Say where the parcel of an order is."""

    def call_off(self, order_id: str) -> None: ...

    def ask_for_reattempt(self, order_id: str) -> None: ...

    def shipments(self, order_id: str) -> list[ShipmentSeen]: ...

    def tasks(self) -> list[TaskSeen]: ...

    def stuck(self) -> list[StuckSeen]: ...

    def replay(self, event_id: str) -> None: ...


class ThirdParty(Protocol):
    """Somebody who tells the shop things. What they tell comes at once, unless they are told otherwise."""

    def hold_messages(self) -> None: ...

    def send_messages(self) -> None:
        """What was held; when nothing was, all once more."""

    def babble(self) -> None:
        """From now on everything comes twice, and in any order."""


class Gateway(ThirdParty, Protocol):
    """Who takes the customers' money, with the banks behind it."""

    def authorize_late(self, payment: PaymentSeen) -> None:
        """The last payment that failed comes through after all."""

    def begin_refunds_pending(self) -> None: ...

    def settle_refund(self, payment: PaymentSeen) -> None: ...

    def fail_refund(self, payment: PaymentSeen) -> None: ...

    def has_captured(self, payment: PaymentSeen) -> bool: ...

    def refunds(self, payment: PaymentSeen) -> list[RefundSeen]: ...

    def go_away(self) -> None: ...

    def come_back(self) -> None: ...

    def send_falsely(self, how: str) -> None:
        """The last message that is held, but as it never would be sent. Raises Refused."""


class Courier(ThirdParty, Protocol):
    """Who carries parcels, and books couriers for them."""

    def bring(self, awb: str, station: Station) -> None:
        """Let a parcel go all the way to a station."""

    def refuse_all(self) -> None:
        """Go nowhere any more."""

    def go_away(self) -> None: ...

    def come_back(self) -> None: ...

    def lose_answers(self) -> None:
        """Announce the next parcel and hand it to a courier, but let nobody hear of either at once."""

    def parcels(self, order: OrderSeen) -> int:
        """How many parcels of an order there are, but for those that were called off."""

    def send_falsely(self, how: str) -> None:
        """The last message that is held, but as it never would be sent. Raises Refused."""

    def tell_of_unknown_parcel(self) -> None:
        """Raises Refused."""


class PostOffice(Protocol):
    """Where the shop's mail goes."""

    def letters(self, address: str) -> list[str]:
        """The kinds of all that was sent there, oldest first."""

    def bouncing_address(self) -> str:
        """A new address from which mail comes back."""


class Stack(Protocol):
    """A running shop: customers walk in, and the workshop's back room is open to the test."""

    backroom: Any  # features.support.backroom.Backroom; a protocol would repeat it line by line
    staff: Staff
    gateway: Gateway
    courier: Courier
    post: PostOffice

    def shopper(self) -> Shopper: ...

    def pass_time(self, time: timedelta) -> None:
        """Let that much time go by for everything that the shop knows."""

    def settle(self) -> None:
        """Wait until all that happens by itself has happened. AssertionError with what still goes on, or for ever."""

    def await_failure(self, handler: str) -> None:
        """Wait until a handler has failed, and is going to be called again."""
