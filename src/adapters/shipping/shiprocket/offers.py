"""Who would carry a parcel: the answers of GET /courier/serviceability/."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Final

import msgspec

from adapters.shipping.shiprocket.answers import (
    NO_PART,
    Id,
    complaint_of,
    failure_told_by,
    number_of,
    part_of,
    rupees_of,
    text_of,
)
from adapters.shipping.shiprocket.wire import Answer
from domain.shipping.courier_choice import CourierOffer

_NOBODY: Final = 404
# These come with 404 as well, and are about something else: our id, our URL.
_OTHER_COMPLAINTS: Final = ("order does not exist", "404 not found")
_HOURS_A_DAY: Final = 24


class _Courier(msgspec.Struct, frozen=True):
    """A row; the numbers are texts now and then."""

    courier_company_id: Id
    courier_name: object
    rate: object
    rating: Annotated[float, msgspec.Meta(ge=0, le=5)]
    estimated_delivery_days: object = None
    etd_hours: object = None
    cod: object = None
    blocked: object = None

    def offer(self) -> CourierOffer | None:
        """The offer; None where it can't be told what it costs or how long it takes."""
        fee, days = rupees_of(self.rate), self._days()
        if fee is None or days is None or number_of(self.blocked):
            return None
        name = text_of(self.courier_name, 100) or f"Courier {self.courier_company_id}"
        cash = number_of(self.cod) == 1
        return CourierOffer(str(self.courier_company_id), name, fee, days, self.rating, cash)

    def _days(self) -> int | None:
        days, hours = number_of(self.estimated_delivery_days), number_of(self.etd_hours)
        return days if days is not None or hours is None else -(-hours // _HOURS_A_DAY)


class _Couriers(msgspec.Struct, frozen=True):
    available_courier_companies: list[msgspec.Raw]


class _Serviceability(msgspec.Struct, frozen=True):
    status: object = None
    data: msgspec.Raw = NO_PART


def read_offers(answer: Answer) -> Sequence[CourierOffer]:
    """The offers that make sense; none when nobody goes there, which is told with 200 or 404.

    Raises CarrierRefused for an order that isn't there, CarrierUnavailable for what can't be read.
    """
    told = part_of(msgspec.Raw(answer.body), _Serviceability) or _Serviceability()
    couriers = part_of(told.data, _Couriers)
    if answer.is_success and couriers is not None:
        rows = (part_of(row, _Courier) for row in couriers.available_courier_companies)
        offers = (row.offer() for row in rows if row is not None)
        return tuple(offer for offer in offers if offer is not None)
    complaint = complaint_of(answer.body).casefold()
    status = number_of(told.status) if answer.is_success else answer.status
    if status == _NOBODY and complaint and not complaint.startswith(_OTHER_COMPLAINTS):
        return ()
    raise failure_told_by(answer)
