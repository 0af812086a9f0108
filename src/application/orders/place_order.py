"""Buy what is in a cart."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from application.cart.close_cart import CartCloser
from application.cart.owner import cart_owner
from application.orders.draft_order import DraftingDesk, DraftOrder, OrderForm
from domain.actor import Actor, Guest
from domain.cart.cart import Cart
from domain.cart.errors import CartAlreadyOrdered
from domain.errors import DomainError
from domain.ordering.owner import order_token
from ports.carts import Carts
from ports.clock import Clock
from ports.errors import PortUnavailable
from ports.idempotency import IdempotencyKey
from ports.order_views import OrderView, OrderViews
from ports.transactions import Begin

Refusal = DomainError | PortUnavailable


@dataclass(frozen=True, slots=True)
class PlaceOrderCommand:
    """The actor's cart, with a form, once per key."""

    actor: Actor
    form: OrderForm
    idempotency: IdempotencyKey


@dataclass(frozen=True, slots=True)
class PlacedOrder:
    """The order, and for a guest the token that opens it. `replayed`: it was placed before."""

    order: OrderView
    order_token: str | None
    replayed: bool


@dataclass(frozen=True, slots=True)
class PlaceOrder:
    """Places the actor's cart once per idempotency key, and once per cart.

    Stock, week, order, events and the claim of the key are kept in one transaction, or
    none of them. Raises InvalidFields, InvalidValue, CartEmpty, CartAlreadyOrdered,
    DesignNotBuildable, NotServiceable, CodNotAvailable, PriceChanged, OutOfStock,
    CapacityExhausted, IdempotencyKeyReused, IdempotencyInFlight.
    """

    carts: Carts
    desk: DraftingDesk
    begin: Begin
    closer: CartCloser
    views: OrderViews
    clock: Clock

    async def __call__(self, command: PlaceOrderCommand) -> PlacedOrder:
        cart, draft = await self._draft_or_refusal(command)
        try:
            view, replayed = await self._place_once(command, draft)
        except CartAlreadyOrdered as refusal:
            await self._close_leftover(command.actor, cart, refusal)
            raise
        if cart is not None and not replayed:
            await self.closer.close(cart, _ordered(view))
        return PlacedOrder(view, _token(command.actor, view.id), replayed)

    async def _draft_or_refusal(self, command: PlaceOrderCommand) -> tuple[Cart | None, DraftOrder | Refusal]:
        """The cart, as far as it can be read, and what becomes of it."""
        owner, cart = cart_owner(command.actor), None
        try:
            cart = await self.carts.find(owner) if owner else None
            return cart, await self.desk.draft(command.actor, command.form, cart, self.clock.now())
        except (DomainError, PortUnavailable) as refusal:
            return cart, refusal

    async def _place_once(self, command: PlaceOrderCommand, draft: DraftOrder | Refusal) -> tuple[OrderView, bool]:
        async with self.begin() as tx:
            done = await tx.idempotency.claim(command.idempotency, OrderView)
            if done is not None:
                return done, True
            # Only now, because a repeated request gets its first answer whatever has become of the cart since.
            if isinstance(draft, Exception):
                raise draft
            reservation = await tx.reservations.hold(draft.hold)
            order = draft.place(reservation.week)
            await tx.orders.add(order)
            view = OrderView.of(order)
            await tx.idempotency.complete(command.idempotency, view)
            return view, False

    async def _close_leftover(self, actor: Actor, cart: Cart | None, refusal: CartAlreadyOrdered) -> None:
        """Close a cart whose order was kept while its closing was lost."""
        token = _token(actor, refusal.order_id)
        view = await self.views.find(str(refusal.order_id), Guest(order_token=token) if token else actor)
        if cart is not None and view is not None:
            await self.closer.close(cart, _ordered(view))


def _ordered(view: OrderView) -> dict[str, int]:
    return {line.design_code: line.quantity for line in view.lines}


def _token(actor: Actor, order_id: UUID) -> str | None:
    if isinstance(actor, Guest) and actor.cart_token:
        return order_token(actor.cart_token, order_id)
    return None
