"""Orders are created once per reference, changed until they have an AWB, and cancelled until they are fetched."""

from __future__ import annotations

from typing import NoReturn

from msgspec.structs import replace

from sandbox.shiprocket import statuses
from sandbox.shiprocket.entities import CHANNEL_ID, AskedOrder, Item, Order, PickupLocation, Shipment
from sandbox.shiprocket.ledger import Ledger
from sandbox.shiprocket.wire.errors import Refused, invalid, not_an_object, refused
from sandbox.shiprocket.wire.orders_asked import Readdressing, Relocation
from sandbox.shiprocket.wire.pickup_locations import WrongPickupLocation


def create(ledger: Ledger, asked: AskedOrder) -> Order:
    """A new order; for a reference that is known the old one, whatever became of it. Raises Refused."""
    known = ledger.order_called(asked.reference)
    if known is not None:
        return known
    _check_channel(asked.channel_id)
    if ledger.location(asked.pickup_location) is None:
        raise Refused(400, WrongPickupLocation.of(ledger.locations()))
    return _opened(ledger, asked, statuses.NEW)


def create_in_channel(asked: AskedOrder) -> NoReturn:
    """The only channel of this account is its own, which takes no orders this way. Raises Refused."""
    _check_channel(asked.channel_id)
    raise refused(400, "Inventory sync is turned off. Please add a manual order!")


def create_return(ledger: Ledger, asked: AskedOrder) -> Order:
    """A new return order. Here a known reference is refused. Raises Refused."""
    if ledger.order_called(asked.reference) is not None:
        raise invalid({"order_id": ["The order id has already been taken."]})
    _check_channel(asked.channel_id)
    return _opened(ledger, asked, statuses.RETURN_PENDING)


def change_items(ledger: Ledger, order_id: int, items: tuple[Item, ...]) -> Order:
    """Other lines, as long as no courier has it. Raises Refused."""
    order = ledger.order(order_id)
    if order is None or ledger.shipment_of(order).awb or order.status in statuses.ENDED:
        raise invalid({"order_id": ["The selected order id is invalid."]})
    changed = replace(order, asked=replace(order.asked, items=items), activities=(*order.activities, "ORDER_UPDATED"))
    ledger.change(changed)
    return changed


def readdress(ledger: Ledger, asked: Readdressing) -> None:
    """Another recipient, as long as no courier has it. Raises Refused."""
    order = ledger.order(asked.order_id)
    if order is None or ledger.shipment_of(order).awb or order.status in statuses.ENDED:
        raise invalid({"order_id": ["The selected order id is invalid."]}, "The selected order id is invalid.")
    recipient = replace(
        order.asked.shipping,
        name=asked.name,
        phone=asked.phone,
        address=asked.address,
        address_2=asked.address_2,
        city=asked.city,
        state=asked.state,
        country=asked.country,
        pincode=asked.pincode,
        email=asked.email or order.asked.shipping.email,
    )
    activities = (*order.activities, "ADDRESS_MODIFIED")
    ledger.change(replace(order, asked=replace(order.asked, shipping=recipient), activities=activities))


def relocate(ledger: Ledger, asked: Relocation) -> PickupLocation:
    """Another place to be fetched from. Raises Refused."""
    location = ledger.location(asked.pickup_location)
    if location is None:
        raise refused(400, "Pickup Code does not exist")
    orders = [ledger.order(each) for each in asked.order_ids]
    known = [order for order in orders if order is not None]
    if len(known) < len(orders):
        raise refused(400, "Order Id does not exists")
    ledger.change(*(replace(each, asked=replace(each.asked, pickup_location=location.nickname)) for each in known))
    return location


def cancel(ledger: Ledger, order_ids: list[int]) -> None:
    """For good, with all that was booked; the freight comes back. All of them or none. Raises Refused."""
    orders = [ledger.order(each) for each in dict.fromkeys(order_ids)]
    known = [order for order in orders if order is not None]
    if len(known) < len(orders):
        raise not_an_object()
    for order in known:
        if order.status in statuses.ENDED:
            raise refused(400, "Order is already cancelled.")
        if ledger.shipment_of(order).status not in statuses.NOT_FETCHED:
            raise refused(400, "Cannot cancel order, it has already been picked up.")
    for order in known:
        end(ledger, order)


def cancel_parcels(ledger: Ledger, awbs: list[str]) -> None:
    """Have them called off soon: Shiprocket does this in the background. Those that can't be are passed over."""
    for awb in awbs:
        shipment = ledger.shipment_with(awb)
        if shipment is None or shipment.status not in statuses.NOT_FETCHED:
            continue
        order = ledger.order_of(shipment)
        requested = statuses.RETURN_CANCELLATION_REQUESTED if order.asked.is_return else statuses.CANCELLATION_REQUESTED
        waiting = replace(shipment, status=statuses.SHIPMENT_CANCELLATION_REQUESTED, ahead=("cancelled",))
        ledger.change(replace(order, status=requested), waiting)


def end(ledger: Ledger, order: Order) -> None:
    """What a cancellation leaves behind, however it was asked for."""
    shipment = ledger.shipment_of(order)
    ended = statuses.RETURN_CANCELLED if order.asked.is_return else statuses.CANCELED
    account = ledger.account
    ledger.change(
        replace(order, status=ended, activities=(*order.activities, "ORDER_CANCELLED")),
        replace(account, wallet=account.wallet + shipment.freight),
        replace(shipment, status=statuses.SHIPMENT_CANCELLED, ahead=()),
    )


def _check_channel(channel_id: int) -> None:
    if channel_id != CHANNEL_ID:
        raise refused(400, "Given channel id does not exist")


def _opened(ledger: Ledger, asked: AskedOrder, status: int) -> Order:
    order_id, shipment_id = ledger.new_ids()
    order = Order(
        id=order_id,
        shipment_id=shipment_id,
        asked=asked,
        status=status,
        created_at=ledger.now(),
        activities=("ORDER_CREATED",),
    )
    ledger.change(order, Shipment(id=shipment_id, order_id=order_id, status=statuses.SHIPMENT_PENDING))
    return order
