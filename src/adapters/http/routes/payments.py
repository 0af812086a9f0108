"""Paying an order online."""

from __future__ import annotations

from typing import Final

from litestar.params import FromPath

from adapters.http import links
from adapters.http.actor import order_holder
from adapters.http.contract import CREATES, IDEMPOTENT, ORDER_HOLDER, Contract, endpoint
from adapters.http.envelope import document, location, private
from adapters.http.exchange import AnyRequest
from adapters.http.idempotency import REPLAYED, idempotency_key
from adapters.http.references import order_reference
from adapters.http.reply import Reply
from adapters.http.schemas.payments import ConfirmedPaymentResource, ConfirmPaymentForm, PaymentResource
from adapters.http.use_cases import Provided
from adapters.http.validation import read_body
from application.payments.confirm_payment import ConfirmPayment, ConfirmPaymentCommand
from application.payments.start_payment import StartPayment, StartPaymentCommand

TAG: Final = "Payments"


@endpoint(
    "POST",
    "/orders/{order:str}/payments",
    Contract(
        operation="startPayment",
        tag=TAG,
        summary="Ask for the money of an order",
        description="Gives what a browser needs to open the gateway's checkout. No body is needed.",
        answers=PaymentResource,
        status=201,
        traits=(ORDER_HOLDER, IDEMPOTENT, CREATES),
        problems=("payment-not-allowed", "conflict"),
    ),
)
async def start_payment(request: AnyRequest, order: FromPath[str], start_payment: Provided[StartPayment]) -> Reply:
    """Announce the order's total at the gateway."""
    caller = order_holder(request, order)
    reference = order_reference(order)
    key = idempotency_key(request, "payments.start", caller.order_token, None)
    started = await start_payment(StartPaymentCommand(caller, reference, key))
    here = links.order(reference)
    told = document(PaymentResource.of(started, reference), f"{here}/payments", related={"order": here})
    headers = [location(here), *([REPLAYED] if started.replayed else [])]
    return private(request, told, status=201, headers=headers)


@endpoint(
    "POST",
    "/orders/{order:str}/payments/confirm",
    Contract(
        operation="confirmPayment",
        tag=TAG,
        summary="Hand in the proof that an order was paid",
        description="The three values that the gateway's checkout gave to the browser.",
        body=(ConfirmPaymentForm,),
        answers=ConfirmedPaymentResource,
        traits=(ORDER_HOLDER, IDEMPOTENT),
        problems=("invalid-signature", "payment-not-allowed", "conflict"),
    ),
)
async def confirm_payment(
    request: AnyRequest, order: FromPath[str], confirm_payment: Provided[ConfirmPayment]
) -> Reply:
    """Take the customer's proof."""
    caller = order_holder(request, order)
    reference = order_reference(order)
    form = await read_body(request, ConfirmPaymentForm)
    key = idempotency_key(request, "payments.confirm", caller.order_token, form)
    confirmed = await confirm_payment(ConfirmPaymentCommand(caller, reference, form.proof(), key))
    here = links.order(confirmed.order.ext_id)
    told = document(ConfirmedPaymentResource.of(confirmed), f"{here}/payments/confirm", related={"order": here})
    return private(request, told, headers=[REPLAYED] if confirmed.replayed else [])


ROUTES: Final = (start_payment, confirm_payment)
