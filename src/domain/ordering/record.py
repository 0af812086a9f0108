"""What an order consists of, and what it says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from domain.actor import Actor, Customer, Guest, System
from domain.events import Aggregate
from domain.inventory.bill_of_materials import BillOfMaterials, total_needs
from domain.inventory.capacity import Week
from domain.money import NOTHING, Money
from domain.ordering.contents import Amounts, Buyer
from domain.ordering.errors import InvalidTransition, PaymentNotAllowed
from domain.ordering.lines import OrderLine
from domain.ordering.owner import CustomerOrder
from domain.ordering.status import FulfillmentStatus, OrderStatus, PaymentMethod, PaymentStatus
from domain.tax.states import GstState

PAYMENT_TIMEOUT: Final = "payment-timeout"
"""Why an order was cancelled whose money didn't come in time."""


@dataclass(slots=True, kw_only=True, eq=False)
class OrderRecord(Aggregate):
    """The snapshot and the statuses. `Order` says how they move.

    Prices, texts, buyer and lines never change. `promised_week` moves only when a late
    payment had to be given another week. `hold_expires_at` (UTC) is set while a prepaid
    order waits for its money.
    """

    id: UUID
    ext_id: str
    cart_id: UUID
    buyer: Buyer
    lines: tuple[OrderLine, ...]
    amounts: Amounts
    place_of_supply: GstState
    payment_method: PaymentMethod
    notes: str | None
    promised_week: Week
    hold_expires_at: datetime | None
    status: OrderStatus = OrderStatus.PENDING
    payment_status: PaymentStatus = PaymentStatus.PENDING
    fulfillment_status: FulfillmentStatus = FulfillmentStatus.UNFULFILLED
    refunded: Money = NOTHING
    cancellation_reason: str | None = None
    created_at: datetime
    updated_at: datetime

    @property
    def pairs(self) -> int:
        """Pairs of shoes in the order."""
        return sum(line.quantity for line in self.lines)

    @property
    def needs(self) -> BillOfMaterials:
        """What the order takes from the shelf, by sku."""
        return total_needs((line.needs, 1) for line in self.lines)

    @property
    def is_monogrammed(self) -> bool:
        """Whether a pair of it was made for one person alone."""
        return any(line.choice.monogram is not None for line in self.lines)

    @property
    def is_cancellable(self) -> bool:
        """Whether the customer may still cancel: production hasn't started."""
        return (
            self.status in {OrderStatus.PENDING, OrderStatus.CONFIRMED}
            and self.fulfillment_status is FulfillmentStatus.UNFULFILLED
        )

    @property
    def awaits_payment(self) -> bool:
        """Whether a payment may be started."""
        return (
            self.payment_method is PaymentMethod.PREPAID
            and self.status is OrderStatus.PENDING
            and self.payment_status in {PaymentStatus.PENDING, PaymentStatus.FAILED}
        )

    @property
    def can_be_reinstated(self) -> bool:
        """Whether late money may bring the order back: only the clock cancelled it, not its buyer."""
        return self.status is OrderStatus.CANCELLED and self.cancellation_reason == PAYMENT_TIMEOUT

    def belongs_to(self, actor: Actor) -> bool:
        """Whether an actor may see and change this order."""
        match actor:
            case System():
                return True
            case Customer(customer_id):
                return self.buyer.owner == CustomerOrder(customer_id)
            case Guest(order_token=str(token)):
                return not isinstance(self.buyer.owner, CustomerOrder) and self.buyer.owner.opens_with(token)
            case _:
                return False

    def check_payable(self) -> None:
        """Raise PaymentNotAllowed unless the order waits for an online payment."""
        if self.awaits_payment:
            return
        if self.payment_method is PaymentMethod.COD:
            raise PaymentNotAllowed(f"order {self.ext_id} is paid on delivery")
        raise PaymentNotAllowed(f"order {self.ext_id} is {self.status}, its payment {self.payment_status}")

    def check_shippable(self) -> None:
        """Raise InvalidTransition unless the pairs are boxed and no courier has them."""
        if self.fulfillment_status is not FulfillmentStatus.READY_TO_SHIP:
            raise InvalidTransition(self.ext_id, self.fulfillment_status, FulfillmentStatus.SHIPPED)
