"""What is not Razorpay's: playing the customer and the banks, setting the account, looking into the books.

    POST …/_control/orders/{id}/pay          {"outcome": "success" | "authorized" | "failure", "reason": …}
    POST …/_control/payments/{id}/authorize  the bank authorises a failed payment late
    POST …/_control/payments/{id}/capture    and the account captures it by itself
    POST …/_control/refunds/{id}/settle      a pending refund arrives
    POST …/_control/refunds/{id}/fail        or can't be paid out
    GET  …/_control/settings                 see Settings; PUT to change
    GET  …/_control/state                    all that the sandbox holds; at / as a page

Faults and webhooks to order are the kit's.
"""

from __future__ import annotations

from typing import Final

import msgspec
from litestar import get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, RawBody

from sandbox.kit.control import read_wish
from sandbox.razorpay import requests, steps
from sandbox.razorpay.books import LedgerContents
from sandbox.razorpay.entities import CheckoutResponse, Payment, Refund
from sandbox.razorpay.errors import ErrorAnswer
from sandbox.razorpay.ledger import Ledger
from sandbox.razorpay.settings import Settings

Books = NamedDependency[Ledger]

_SETTINGS: Final = msgspec.json.Decoder(Settings)


@post("/orders/{order_id:str}/pay", status_code=200, sync_to_thread=False)
def pay_order(order_id: FromPath[str], body: RawBody, ledger: Books) -> CheckoutResponse | ErrorAnswer:
    """Play the customer; the answer is what Razorpay's checkout would hand to the browser."""
    act = requests.customer_act(body)
    payment = ledger.pay(order_id, act)
    if act.outcome == "failure":
        return steps.failure_at_checkout(payment, act.reason)
    return ledger.checkout_response(payment)


@post("/payments/{payment_id:str}/authorize", status_code=200, sync_to_thread=False)
def authorize_late(payment_id: FromPath[str], ledger: Books) -> Payment:
    """A failed payment is authorised after all."""
    return ledger.authorize_late(payment_id)


@post("/payments/{payment_id:str}/capture", status_code=200, sync_to_thread=False)
def capture_late(payment_id: FromPath[str], ledger: Books) -> Payment:
    """A failed or authorised payment is captured without being asked to."""
    return ledger.capture_late(payment_id)


@post("/refunds/{refund_id:str}/settle", status_code=200, sync_to_thread=False)
def settle_refund(refund_id: FromPath[str], ledger: Books) -> Refund:
    """A pending refund is processed."""
    return ledger.settle_refund(refund_id)


@post("/refunds/{refund_id:str}/fail", status_code=200, sync_to_thread=False)
def fail_refund(refund_id: FromPath[str], ledger: Books) -> Refund:
    """A pending refund fails."""
    return ledger.fail_refund(refund_id)


@get("/settings", sync_to_thread=False)
def settings(ledger: Books) -> Settings:
    """How the account is set."""
    return ledger.settings


@put("/settings", sync_to_thread=False)
def change_settings(body: RawBody, ledger: Books) -> Settings:
    """Set the account; what isn't named is as at the start."""
    ledger.settings = read_wish(body, _SETTINGS)
    return ledger.settings


@get("/state", sync_to_thread=False)
def contents(ledger: Books) -> LedgerContents:
    """All that the sandbox holds."""
    return ledger.contents()


CONTROL: Final = (
    *(pay_order, authorize_late, capture_late, settle_refund, fail_refund),
    *(settings, change_settings, contents),
)
