"""Which courier gets a parcel."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from domain.money import Money
from domain.ordering.status import PaymentMethod


@dataclass(frozen=True, slots=True)
class CourierOffer:
    """A courier who would take the parcel. `rating` is from 0 to 5; `days` counts from the pickup."""

    courier_id: str
    name: str
    fee: Money
    days: int
    rating: float
    collects_cash: bool


@dataclass(frozen=True, slots=True)
class CourierTerms:
    """What the shop asks of couriers: to be well rated, and to be there in time if any of them can."""

    within_days: int
    least_rating: float


def choose_courier(
    offers: Iterable[CourierOffer], terms: CourierTerms, payment_method: PaymentMethod
) -> CourierOffer | None:
    """The cheapest offer that meets the terms; where all are too slow, the fastest; None when none is acceptable.

    An acceptable courier is rated well enough, and collects cash where it is to be
    collected. The same offers in another order make no other choice.
    """
    acceptable = [
        offer
        for offer in offers
        if offer.rating >= terms.least_rating and (offer.collects_cash or payment_method is not PaymentMethod.COD)
    ]
    in_time = [offer for offer in acceptable if offer.days <= terms.within_days]
    return min(in_time, key=_cheapest) if in_time else min(acceptable, key=_fastest, default=None)


def _cheapest(offer: CourierOffer) -> tuple[int, int, float, str]:
    return offer.fee.minor, offer.days, -offer.rating, offer.courier_id


def _fastest(offer: CourierOffer) -> tuple[int, int, float, str]:
    return offer.days, offer.fee.minor, -offer.rating, offer.courier_id
