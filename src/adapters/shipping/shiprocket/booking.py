"""What Shiprocket tells of couriers that were chosen, pickups that were ordered and papers that were made."""

from __future__ import annotations

from typing import Final

import msgspec

from adapters.shipping.shiprocket.answers import (
    NO_PART,
    failure_told_by,
    number_of,
    part_of,
    refused,
    rupees_of,
    text_of,
)
from adapters.shipping.shiprocket.moments import read_moment
from adapters.shipping.shiprocket.orders import assigned_parcel
from adapters.shipping.shiprocket.wire import Answer
from ports.carrier import AssignedParcel, Pickup

_LONGEST_URL: Final = 2_000


class _Booking(msgspec.Struct, frozen=True):
    """Of both calls. `response` is an object, or the reason why there is none."""

    response: msgspec.Raw = NO_PART
    pickup_status: object = None


class _AwbResponse(msgspec.Struct, frozen=True):
    data: msgspec.Raw = NO_PART


class _Awb(msgspec.Struct, frozen=True):
    awb_code: object = None
    awb_assign_error: object = None
    courier_name: object = None
    freight_charges: object = None


class _PickupResponse(msgspec.Struct, frozen=True):
    pickup_scheduled_date: object = None


def read_assignment(answer: Answer, tracking_url: str) -> AssignedParcel:
    """The air waybill: there is one exactly when the answer names it, for failures come with 200 too.

    Raises CarrierRefused with the reason that is given, CarrierUnavailable when none is.
    """
    booking = _booking_in(answer)
    response = part_of(booking.response, _AwbResponse) or _AwbResponse(booking.response)
    told = part_of(response.data, _Awb) or _Awb(awb_assign_error=part_of(response.data, str))
    awb = text_of(told.awb_code)
    if answer.is_success and awb:
        return assigned_parcel(awb, told.courier_name, rupees_of(told.freight_charges), tracking_url)
    if answer.is_success and text_of(told.awb_assign_error):
        raise refused(told.awb_assign_error)
    raise failure_told_by(answer)


def read_pickup(answer: Answer) -> Pickup:
    """When the courier comes. Raises CarrierRefused, CarrierUnavailable."""
    booking = _booking_in(answer)
    if answer.is_success and number_of(booking.pickup_status) == 1:
        response = part_of(booking.response, _PickupResponse) or _PickupResponse()
        return Pickup(read_moment(response.pickup_scheduled_date))
    reason = part_of(booking.response, str)
    if answer.is_success and reason:
        raise refused(reason)
    raise failure_told_by(answer)


class PaperAnswer(msgspec.Struct, frozen=True):
    """The answer of each call that makes a paper: only one of the fields is there, if any."""

    label_url: object = None
    manifest_url: object = None
    invoice_url: object = None

    @property
    def url(self) -> str | None:
        """Where it is; None when there is none, or what is told can't be clicked safely."""
        for told in (self.label_url, self.manifest_url, self.invoice_url):
            if isinstance(told, str) and told.startswith(("https://", "http://")) and told.isprintable():
                return told if len(told) <= _LONGEST_URL else None
        return None


def _booking_in(answer: Answer) -> _Booking:
    return part_of(msgspec.Raw(answer.body), _Booking) or _Booking()
