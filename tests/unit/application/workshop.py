"""A shop in memory with an Oxford in it, and what the people in these tests do there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from dependency_injector import providers

from adapters.memory.shop import MemoryShop
from application.cart.add_to_cart import AddToCartCommand
from application.cart.view import CartView
from application.checkout.buyer import AddressForm, BuyerForm
from application.designs.find_design import ChosenWish
from application.orders.cancel_order import CancelledOrder, CancelOrderCommand
from application.orders.draft_order import OrderForm
from application.orders.place_order import PlacedOrder, PlaceOrderCommand
from application.payments.confirm_payment import ConfirmedPayment, ConfirmPaymentCommand
from application.payments.start_payment import StartedPayment, StartPaymentCommand
from bootstrap.container import Shop
from bootstrap.memory import MemoryAdapters
from domain.actor import Actor, Guest, System
from domain.cart.cart import Cart, CartOwner
from domain.catalogue.product import Product
from domain.inventory.capacity import WeekCapacity
from domain.inventory.stock import StockItem
from domain.money import Money
from domain.ordering.status import PaymentMethod
from ports.carts import Carts
from ports.errors import PortUnavailable
from ports.idempotency import IdempotencyKey
from ports.order_views import OrderView
from ports.payment_gateway import CheckoutProof
from tests.builders import NOW, a_design, a_product, catalogue_of, fresh_id
from tests.builders.designs import DesignBuilder

PREPAID, COD = PaymentMethod.PREPAID, PaymentMethod.COD
PRICE: Final = 1_299_900
"""Of a pair of `a_design()`, in paise."""

BENGALURU: Final = AddressForm(
    name="Asha Rao",
    line1="12 Residency Road",
    line2=None,
    city="Bengaluru",
    state="Karnataka",
    pincode="560001",
    country="IN",
    phone="98765 43210",
)
MUMBAI: Final = replace(BENGALURU, city="Mumbai", state="Maharashtra", pincode="400001")


def buyer(address: AddressForm = BENGALURU) -> BuyerForm:
    """Asha, who has her shoes sent to an address."""
    return BuyerForm(
        email="asha@example.com", phone="98765 43210", shipping_address=address, billing_address=None, gstin=None
    )


def form(total: int = PRICE, method: PaymentMethod = PREPAID, address: AddressForm = BENGALURU) -> OrderForm:
    """An order to an address for the total (paise) that was seen."""
    return OrderForm(buyer=buyer(address), payment_method=method, expected_total=Money(total), notes=None)


def key(word: str | None = None, fingerprint: str = "the same request") -> IdempotencyKey:
    """A caller's key; without a word one that was never used."""
    return IdempotencyKey("a caller's scope", word or str(fresh_id()), fingerprint)


def wish(design: DesignBuilder | None = None) -> ChosenWish:
    """A choice for the product of a design."""
    chosen = design or a_design()
    return ChosenWish(chosen.product_id, chosen.choice())


@dataclass(frozen=True, slots=True)
class Workshop:
    """The use cases on adapters in memory."""

    ports: MemoryAdapters
    use: Shop

    @classmethod
    async def opened(
        cls,
        *products: Product,
        now: datetime = NOW,
        stock: Sequence[StockItem] | None = None,
        weeks: Sequence[WeekCapacity] | None = None,
    ) -> Workshop:
        """A shop that sells these, by default `a_product()` with a monogram."""
        ports = MemoryAdapters(now=now)
        workshop = cls(ports, Shop(ports=ports))
        await workshop.offer(*(products or (a_product().with_monogram().build(),)), stock=stock, weeks=weeks)
        return workshop

    @property
    def memory(self) -> MemoryShop:
        """What stands behind the ports."""
        shop: MemoryShop = self.ports.shop()
        return shop

    async def offer(
        self,
        *products: Product,
        stock: Sequence[StockItem] | None = None,
        weeks: Sequence[WeekCapacity] | None = None,
    ) -> None:
        """Put products into the catalogue, or change them."""
        async with self.memory.begin() as tx:
            await tx.catalogue.apply(catalogue_of(*products, stock=stock, weeks=weeks))

    async def reserved(self) -> Mapping[str, int]:
        """What is promised of the stock, by sku, without the zeros."""
        async with self.memory.begin() as tx:
            return {sku: count for sku, count in (await tx.catalogue.contents()).reserved.items() if count}

    async def booked(self) -> Mapping[str, int]:
        """Pairs that are promised, by week, without the zeros."""
        async with self.memory.begin() as tx:
            return {week: count for week, count in (await tx.catalogue.contents()).booked.items() if count}

    def told(self, prefix: str = "") -> list[str]:
        """The names of all committed events that begin so."""
        return [event.name for event in self.memory.outbox if event.name.startswith(prefix)]

    def pass_time(self, **time: float) -> None:
        """Let the clock go on (as `timedelta` has it)."""
        self.memory.clock.advance(timedelta(**time))

    async def add(self, actor: Actor, design: DesignBuilder | None = None, pairs: int = 1) -> CartView:
        """Put pairs into the actor's cart."""
        return (await self.use.add_to_cart()(AddToCartCommand(actor, wish(design), pairs))).cart

    async def guest_with(self, design: DesignBuilder | None = None, pairs: int = 1) -> Guest:
        """A guest who is nobody else, with pairs in the cart."""
        changed = await self.use.add_to_cart()(AddToCartCommand(Guest(), wish(design), pairs))
        return Guest(cart_token=changed.new_token)

    async def cart_of(self, actor: Actor) -> dict[str, int]:
        """Pairs by design code in the actor's cart."""
        view = await self.use.get_cart()(actor)
        return {item.design.code: item.quantity for item in view.items}

    async def place(
        self, actor: Actor, wanted: OrderForm | None = None, idempotency: IdempotencyKey | None = None
    ) -> PlacedOrder:
        """Order what is in the actor's cart."""
        return await self.use.place_order()(PlaceOrderCommand(actor, wanted or form(), idempotency or key()))

    async def order_waiting_for_money(self, design: DesignBuilder | None = None) -> tuple[OrderView, Guest]:
        """A prepaid order of one pair, and the guest who holds its token."""
        placed = await self.place(await self.guest_with(design))
        return placed.order, Guest(order_token=placed.order_token)

    async def order_now(self, order: OrderView) -> OrderView:
        """The order as it is by now."""
        return await self.use.get_order()(System(), order.ext_id)

    async def cancel(self, actor: Actor, order: OrderView, idempotency: IdempotencyKey | None = None) -> CancelledOrder:
        """Cancel an order."""
        command = CancelOrderCommand(actor, order.ext_id, "changed my mind", idempotency or key())
        return await self.use.cancel_order()(command)

    async def start_payment(
        self, actor: Actor, order: OrderView, idempotency: IdempotencyKey | None = None
    ) -> StartedPayment:
        """Ask for the money of an order."""
        return await self.use.start_payment()(StartPaymentCommand(actor, order.ext_id, idempotency or key()))

    async def confirm(
        self, actor: Actor, order: OrderView, proof: CheckoutProof, idempotency: IdempotencyKey | None = None
    ) -> ConfirmedPayment:
        """Hand a proof of payment in."""
        return await self.use.confirm_payment()(ConfirmPaymentCommand(actor, order.ext_id, proof, idempotency or key()))

    async def customer_paid(self, actor: Actor, order: OrderView) -> CheckoutProof:
        """The customer pays at the gateway, of which the shop knows nothing yet."""
        started = await self.start_payment(actor, order)
        return self.memory.payment_gateway.pay(started.payment.provider_order_id)


@dataclass(slots=True)
class InterruptedCarts(Carts):
    """Carts of a shop, with somebody else who acts just before a cart is saved or removed.

    `rivals` act once each, in turn. While `broken` is True nothing can be written, while `gone` nor read.
    """

    carts: Carts
    rivals: list[Callable[[], Awaitable[object]]] = field(default_factory=list)
    broken: bool = False
    gone: bool = False

    @classmethod
    def of(cls, workshop: Workshop) -> InterruptedCarts:
        """Put between a shop and its carts."""
        carts = cls(workshop.memory.carts)
        workshop.ports.carts.override(providers.Object(carts))
        return carts

    async def find(self, owner: CartOwner) -> Cart | None:
        """See Carts."""
        if self.gone:
            raise PortUnavailable("carts")
        return await self.carts.find(owner)

    async def save(self, cart: Cart) -> None:
        """See Carts."""
        await self._interrupted()
        await self.carts.save(cart)

    async def remove(self, cart: Cart) -> None:
        """See Carts."""
        await self._interrupted()
        await self.carts.remove(cart)

    async def _interrupted(self) -> None:
        if self.broken or self.gone:
            raise PortUnavailable("carts")
        if self.rivals:
            await self.rivals.pop(0)()
