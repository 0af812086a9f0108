"""What a shipment refuses."""

from __future__ import annotations

from domain.errors import DomainError


class InvalidShipmentTransition(DomainError):
    """A shipment can't go from where it is to what was asked."""

    code = "conflict"

    def __init__(self, reference: str, current: str, wanted: str) -> None:
        super().__init__(f"shipment {reference} is {current} and can't become {wanted}")
        self.reference = reference
        self.current = current
        self.wanted = wanted


class AlreadyShipping(DomainError):
    """The order has a parcel already: it is to be called off before another one is booked."""

    code = "conflict"

    def __init__(self, order: str) -> None:
        super().__init__(f"order {order} has a parcel already")
        self.order = order


class AwbTaken(DomainError):
    """The air waybill belongs to another parcel of that carrier."""

    code = "conflict"

    def __init__(self, awb: str) -> None:
        super().__init__(f"the air waybill {awb} belongs to another parcel")
        self.awb = awb


class DeliveryNotFailed(DomainError):
    """Nobody has to say what to do with a parcel that the courier doesn't hold back."""

    code = "conflict"

    def __init__(self, reference: str) -> None:
        super().__init__(f"the courier asks nothing about shipment {reference}")
        self.reference = reference


class NoCourier(DomainError):
    """Of the couriers who would come none is good enough, or collects the cash."""

    code = "conflict"

    def __init__(self, offered: int) -> None:
        super().__init__(f"none of {offered} couriers meets the shop's terms")
        self.offered = offered
