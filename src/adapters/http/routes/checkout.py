"""What the cart costs, delivered."""

from __future__ import annotations

from typing import Final

from adapters.http import links
from adapters.http.actor import guest
from adapters.http.contract import CART_HOLDER, Contract, endpoint
from adapters.http.envelope import document, private
from adapters.http.exchange import AnyRequest
from adapters.http.reply import Reply
from adapters.http.schemas.checkout import CheckoutQuoteForm, CheckoutQuoteResource
from adapters.http.use_cases import Provided
from adapters.http.validation import fields_under, read_body
from application.checkout.quote_checkout import QuoteCheckout


@endpoint(
    "POST",
    "/checkout/quote",
    Contract(
        operation="quoteCheckout",
        tag="Checkout",
        summary="Price the cart for a destination and a way to pay",
        description="Fees, taxes, total, week and courier as they would be now. Promises nothing.",
        body=(CheckoutQuoteForm,),
        answers=CheckoutQuoteResource,
        traits=(CART_HOLDER,),
        problems=("cart-empty", "design-not-buildable", "not-serviceable"),
    ),
)
async def quote_checkout(request: AnyRequest, quote_checkout: Provided[QuoteCheckout]) -> Reply:
    """The order as it would be now."""
    caller = guest(request)
    form = await read_body(request, CheckoutQuoteForm)
    with fields_under("shipping_address"):
        quote = await quote_checkout(form.query(caller))
    resource = CheckoutQuoteResource.of(quote, form.payment_method)
    return private(request, document(resource, links.CHECKOUT_QUOTE, related={"orders": links.ORDERS}))


ROUTES: Final = (quote_checkout,)
