"""Which orders a list has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from sandbox.shiprocket.entities import Order, Shipment
from sandbox.shiprocket.ledger import Ledger
from sandbox.shiprocket.moments import day_named, in_days
from sandbox.shiprocket.wire.fields import Fields

_Filter = Callable[[Order, Shipment, str], bool]

# By `filter_by`, the value is in `filter`.
_FILTERS: Final[Mapping[str, _Filter]] = {
    "status": lambda order, _, value: f"{order.status}" == value,
    "payment_method": lambda order, _, value: order.asked.payment_method.lower() == value.lower(),
    "delivery_country": lambda order, _, value: order.asked.shipping.country.lower() == value.lower(),
    "channel_order_id": lambda order, _, value: order.asked.reference == value,
    "awb": lambda _, shipment, value: shipment.awb == value,
}


def matching(ledger: Ledger, query: Mapping[str, str]) -> list[Order]:
    """The orders that are asked for, newest first unless `sort` says otherwise. Raises Refused."""
    keeps = _FILTERS.get(query.get("filter_by", ""))
    found = [
        order
        for order in _created(ledger, query)
        if not order.asked.is_return
        and _searched(order, ledger.shipment_of(order), query)
        and (keeps is None or keeps(order, ledger.shipment_of(order), query.get("filter", "")))
    ]
    by_status = query.get("sort_by") == "status"
    found.sort(key=lambda each: (each.status if by_status else 0, each.id), reverse=query.get("sort", "DESC") != "ASC")
    return found


def returns(ledger: Ledger, query: Mapping[str, str]) -> list[Order]:
    """The return orders of those days, newest first. Raises Refused."""
    return [order for order in _created(ledger, query) if order.asked.is_return][::-1]


def _created(ledger: Ledger, query: Mapping[str, str]) -> list[Order]:
    """Those of the days from..to, oldest first."""
    fields = Fields(query)
    first, last = _day(fields, "from", days=0), _day(fields, "to", days=1)
    fields.check()
    return [
        order
        for order in ledger.orders()
        if (first is None or order.created_at >= first) and (last is None or order.created_at < last)
    ]


def _searched(order: Order, shipment: Shipment, query: Mapping[str, str]) -> bool:
    search, location = query.get("search", ""), query.get("pickup_location", "")
    return search in ("", order.asked.reference, shipment.awb) and location in ("", order.asked.pickup_location)


def _day(fields: Fields, name: str, *, days: int) -> float | None:
    day = fields.moment(name, "%Y-%m-%d") if fields.has(name) else ""
    return in_days(day_named(day, hour=0), days, hour=0) if day and not fields.errors else None
