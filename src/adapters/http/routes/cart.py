"""The caller's cart."""

from __future__ import annotations

from typing import Final

from litestar.params import FromPath

from adapters.http import links
from adapters.http.actor import guest
from adapters.http.contract import (
    CART_CHANGER,
    CART_HOLDER,
    CART_OPENER,
    CART_VERSION,
    CREATES,
    Contract,
    endpoint,
)
from adapters.http.envelope import document, location, nothing, private
from adapters.http.exchange import AnyRequest
from adapters.http.preconditions import expected_version, version_tag
from adapters.http.references import line_id
from adapters.http.reply import Header, Reply
from adapters.http.schemas.cart import AddChoiceForm, AddDesignForm, CartResource, ChangeQuantityForm
from adapters.http.use_cases import Provided
from adapters.http.validation import checked, read_body, read_json
from application.cart.add_to_cart import AddToCart, AddToCartCommand
from application.cart.change_cart import ChangedCart
from application.cart.change_item import ChangeCartItem, ChangeCartItemCommand
from application.cart.clear_cart import ClearCart, ClearCartCommand
from application.cart.get_cart import GetCart
from application.cart.remove_item import RemoveCartItem, RemoveCartItemCommand
from application.cart.view import CartView

TAG: Final = "Cart"


@endpoint(
    "GET",
    "/cart",
    Contract(
        operation="getCart",
        tag=TAG,
        summary="Look into the cart, priced as of now",
        answers=CartResource,
        traits=(CART_HOLDER, CART_VERSION),
    ),
)
async def get_cart(request: AnyRequest, get_cart: Provided[GetCart]) -> Reply:
    """The caller's cart; who has none sees an empty one."""
    return _cart(request, await get_cart(guest(request)))


@endpoint(
    "POST",
    "/cart/items",
    Contract(
        operation="addToCart",
        tag=TAG,
        summary="Put pairs of a choice, or of a saved design, into the cart",
        body=(AddChoiceForm, AddDesignForm),
        answers=CartResource,
        status=201,
        traits=(CART_HOLDER, CART_CHANGER, CART_OPENER, CART_VERSION, CREATES),
        problems=("resource-not-found", "design-not-buildable"),
    ),
)
async def add_to_cart(request: AnyRequest, add_to_cart: Provided[AddToCart]) -> Reply:
    """Add pairs; the same design adds up to one line."""
    caller, version = guest(request), expected_version(request)
    form = await _added(request)
    changed = await add_to_cart(AddToCartCommand(caller, form.wish(), form.quantity, version))
    return _changed(request, changed, status=201, headers=[location(links.CART)])


@endpoint(
    "PATCH",
    "/cart/items/{line:str}",
    Contract(
        operation="changeCartItem",
        tag=TAG,
        summary="Change how many pairs of a design are in the cart",
        body=(ChangeQuantityForm,),
        answers=CartResource,
        traits=(CART_HOLDER, CART_CHANGER, CART_VERSION),
    ),
)
async def change_cart_item(
    request: AnyRequest, line: FromPath[str], change_cart_item: Provided[ChangeCartItem]
) -> Reply:
    """Set the quantity of a line."""
    caller, version = guest(request), expected_version(request)
    code = line_id(line)
    form = await read_body(request, ChangeQuantityForm)
    return _changed(request, await change_cart_item(ChangeCartItemCommand(caller, code, form.quantity, version)))


@endpoint(
    "DELETE",
    "/cart/items/{line:str}",
    Contract(
        operation="removeCartItem",
        tag=TAG,
        summary="Take a design out of the cart",
        answers=CartResource,
        traits=(CART_HOLDER, CART_CHANGER, CART_VERSION),
    ),
)
async def remove_cart_item(
    request: AnyRequest, line: FromPath[str], remove_cart_item: Provided[RemoveCartItem]
) -> Reply:
    """Take a line out, whatever its quantity."""
    caller, version = guest(request), expected_version(request)
    return _changed(request, await remove_cart_item(RemoveCartItemCommand(caller, line_id(line), version)))


@endpoint(
    "DELETE",
    "/cart",
    Contract(
        operation="clearCart",
        tag=TAG,
        summary="Take everything out of the cart",
        answers=None,
        status=204,
        traits=(CART_HOLDER, CART_CHANGER),
    ),
)
async def clear_cart(request: AnyRequest, clear_cart: Provided[ClearCart]) -> Reply:
    """Empty the cart; harmless when there is none."""
    await clear_cart(ClearCartCommand(guest(request), expected_version(request)))
    return nothing()


ROUTES: Final = (get_cart, add_to_cart, change_cart_item, remove_cart_item, clear_cart)


async def _added(request: AnyRequest) -> AddChoiceForm | AddDesignForm:
    sent = await read_json(request)
    if isinstance(sent, dict) and "designCode" in sent:
        return checked(sent, AddDesignForm)
    return checked(sent, AddChoiceForm)


def _changed(
    request: AnyRequest, changed: ChangedCart, *, status: int = 200, headers: list[Header] | None = None
) -> Reply:
    told = headers or []
    if changed.new_token is not None:
        told.append((b"x-cart-token", changed.new_token.encode()))
    return _cart(request, changed.cart, status=status, headers=told)


def _cart(request: AnyRequest, cart: CartView, *, status: int = 200, headers: list[Header] | None = None) -> Reply:
    told = document(CartResource.of(cart), links.CART)
    return private(request, told, status=status, headers=[(b"etag", version_tag(cart.version)), *(headers or [])])
