"""Shiprocket's statuses in the shop's words.

Shiprocket numbers them twice: parcels by one table, orders by another, so that 19 is "out
for pickup" here and "out for delivery" there. Which table a number is of depends on the
field that it comes in. Labels mean the same in both.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto
from typing import Final

from domain.shipping.parcel import ParcelStatus

_BOOKED: Final = ParcelStatus.BOOKED
_SCHEDULED: Final = ParcelStatus.PICKUP_SCHEDULED
_PICKED_UP: Final = ParcelStatus.PICKED_UP
_IN_TRANSIT: Final = ParcelStatus.IN_TRANSIT
_OUT: Final = ParcelStatus.OUT_FOR_DELIVERY
_UNDELIVERED: Final = ParcelStatus.UNDELIVERED
_DELIVERED: Final = ParcelStatus.DELIVERED
_RTO: Final = ParcelStatus.RTO_INITIATED
_RTO_IN_TRANSIT: Final = ParcelStatus.RTO_IN_TRANSIT
_RTO_DELIVERED: Final = ParcelStatus.RTO_DELIVERED
_CANCELLED: Final = ParcelStatus.CANCELLED
_LOST: Final = ParcelStatus.LOST


class Table(Enum):
    """Whose numbers."""

    SHIPMENT = auto()
    """`shipment_status`, `shipment_status_id`, `sr-status`."""

    ORDER = auto()
    """`status_code`, `current_status_id`."""


# What is not here moves nothing: a warehouse's inner steps, pickups that failed and are tried
# again, cancellations that were only asked for, what needs a person who reads the text.
_ROWS: Final[tuple[tuple[int | None, int | None, str, ParcelStatus], ...]] = (
    # parcel order  label                                 in our words
    (1,      None,  "AWB Assigned",                       _BOOKED),
    (2,      None,  "Label Generated",                    _BOOKED),
    (None,   3,     "Ready To Ship",                      _BOOKED),
    (52,     62,    "Shipment Booked",                    _BOOKED),
    (None,   22,    "Return Initiated",                   _BOOKED),
    (3,      4,     "Pickup Scheduled",                   _SCHEDULED),
    (None,   None,  "Pickup Generated",                   _SCHEDULED),
    (4,      12,    "Pickup Queued",                      _SCHEDULED),
    (None,   None,  "Pickup Queue",                       _SCHEDULED),
    (5,      None,  "Manifest Generated",                 _SCHEDULED),
    (15,     13,    "Pickup Rescheduled",                 _SCHEDULED),
    (19,     34,    "Out For Pickup",                     _SCHEDULED),
    (27,     70,    "Pickup Booked",                      _SCHEDULED),
    (None,   23,    "Return Pickup Queued",               _SCHEDULED),
    (None,   28,    "Return Pickup Generated",            _SCHEDULED),
    (None,   31,    "Return Pickup Rescheduled",          _SCHEDULED),
    (None,   47,    "Return Out For Pickup",              _SCHEDULED),
    (42,     51,    "Picked Up",                          _PICKED_UP),
    (51,     61,    "Handover to Courier",                _PICKED_UP),
    (None,   32,    "Return Picked Up",                   _PICKED_UP),
    (6,      6,     "Shipped",                            _IN_TRANSIT),
    (18,     20,    "In Transit",                         _IN_TRANSIT),
    (22,     37,    "Delayed",                            _IN_TRANSIT),
    (None,   None,  "Delivery Delayed",                   _IN_TRANSIT),
    (38,     43,    "Reached at Destination Hub",         _IN_TRANSIT),
    (None,   None,  "Reached Destination Hub",            _IN_TRANSIT),
    (39,     44,    "Misrouted",                          _IN_TRANSIT),
    (48,     58,    "Reached Warehouse",                  _IN_TRANSIT),
    (49,     59,    "Custom Cleared",                     _IN_TRANSIT),
    (50,     60,    "In Flight",                          _IN_TRANSIT),
    (54,     64,    "In Transit Overseas",                _IN_TRANSIT),
    (55,     65,    "Connection Aligned",                 _IN_TRANSIT),
    (56,     66,    "Reached Overseas Warehouse",         _IN_TRANSIT),
    (57,     67,    "Custom Cleared Overseas",            _IN_TRANSIT),
    (None,   25,    "Return In Transit",                  _IN_TRANSIT),
    (17,     19,    "Out For Delivery",                   _OUT),
    (None,   48,    "Return Out For Delivery",            _OUT),
    (21,     36,    "Undelivered",                        _UNDELIVERED),
    (77,     89,    "Issue Related To The Recipient",     _UNDELIVERED),
    (None,   50,    "Return Undelivered",                 _UNDELIVERED),
    (7,      7,     "Delivered",                          _DELIVERED),
    (26,     41,    "Fulfilled",                          _DELIVERED),
    (43,     52,    "Self Fulfilled",                     _DELIVERED),
    (None,   26,    "Return Delivered",                   _DELIVERED),
    (None,   68,    "Return Acknowledged",                _DELIVERED),
    (9,      15,    "RTO Initiated",                      _RTO),
    (75,     87,    "RTO Lock",                           _RTO),
    (40,     46,    "RTO NDR",                            _RTO_IN_TRANSIT),
    (41,     45,    "RTO OFD",                            _RTO_IN_TRANSIT),
    (46,     55,    "RTO In Transit",                     _RTO_IN_TRANSIT),
    (78,     90,    "Reached Back At Seller City",        _RTO_IN_TRANSIT),
    (10,     16,    "RTO Delivered",                      _RTO_DELIVERED),
    (14,     17,    "RTO Acknowledged",                   _RTO_DELIVERED),
    (8,      5,     "Canceled",                           _CANCELLED),
    (None,   None,  "Cancelled",                          _CANCELLED),
    (45,     54,    "Cancelled Before Dispatched",        _CANCELLED),
    (None,   None,  "Canceled before Dispatched",         _CANCELLED),
    (None,   27,    "Return Cancelled",                   _CANCELLED),
    (None,   30,    "Return Pickup Cancelled",            _CANCELLED),
    (12,     33,    "Lost",                               _LOST),
    (24,     39,    "Destroyed",                          _LOST),
    (25,     40,    "Damaged",                            _LOST),
    (44,     53,    "Disposed Off",                       _LOST),
)  # fmt: skip


# The documented numbers, with those that move nothing.
_KNOWN: Final[Mapping[Table, frozenset[int]]] = {
    Table.SHIPMENT: frozenset({*range(1, 28), *range(38, 84)}),
    Table.ORDER: frozenset({*range(1, 91)}),
}
_LONGEST_LABEL: Final = 60


def _key(label: str) -> str:
    """Labels come in any case, with spaces, hyphens or underscores."""
    return "".join(char for char in label[:_LONGEST_LABEL].casefold() if char.isalnum())


_BY_CODE: Final[Mapping[Table, Mapping[int, ParcelStatus]]] = {
    Table.SHIPMENT: {code: status for code, _, _, status in _ROWS if code is not None},
    Table.ORDER: {code: status for _, code, _, status in _ROWS if code is not None},
}
_BY_LABEL: Final = {_key(label): status for _, _, label, status in _ROWS}


def parcel_status(table: Table, code: int | None, label: str | None) -> ParcelStatus | None:
    """What a number of that table means, or else its label; None for what moves nothing.

    A number of the table that moves nothing is not overruled by its label.
    """
    if code is not None and code in _KNOWN[table]:
        return _BY_CODE[table].get(code)
    return None if label is None else _BY_LABEL.get(_key(label))
