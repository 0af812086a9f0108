"""Who sends shoes back gets all of their money, who doesn't accept them all but the shipping fee."""

from __future__ import annotations

import pytest

from domain.money import Money
from domain.ordering.refund_policy import AfterReturn, NothingOwed, OperatorDecides, RefundOwed, owed_after_return
from domain.ordering.status import ReturnCause
from tests.builders import a_design, a_product, an_order
from tests.builders.orders import OrderBuilder

RTO, CUSTOMER = ReturnCause.RTO, ReturnCause.CUSTOMER
ROMA = a_product().with_monogram().build()
PRICE, FEE = 1_299_900, 9_900
PREPAID = an_order().of(ROMA).with_shipping_fee(FEE).paid()
MONOGRAMMED = an_order().of(ROMA, a_design().of(ROMA).monogrammed("AR").build()).paid()
COD = an_order().of(ROMA).with_shipping_fee(FEE).paid_on_delivery(fee=4_900)


@pytest.mark.parametrize(
    ("order", "cause", "owed"),
    [
        (PREPAID.shipped().returned(), RTO, RefundOwed(Money(PRICE))),
        (PREPAID.delivered().returned(), CUSTOMER, RefundOwed(Money(PRICE + FEE))),
        (PREPAID.delivered().returned().refunded(100_000), CUSTOMER, RefundOwed(Money(PRICE + FEE - 100_000))),
        (PREPAID.shipped().returned().refunded(100_000), RTO, RefundOwed(Money(PRICE - 100_000))),
        (PREPAID.shipped().returned().refunded(PRICE), RTO, NothingOwed()),
        (PREPAID.delivered().returned().refunded(PRICE + FEE), CUSTOMER, NothingOwed()),
        (COD.shipped().returned(), RTO, NothingOwed()),
    ],
    ids=[
        "rto",
        "return",
        "return of what was refunded in part",
        "rto of what was refunded in part",
        "rto of what was refunded but for the fee",
        "return of what was refunded",
        "rto of what nobody paid",
    ],
)
def test_what_is_owed_goes_back_by_itself(order: OrderBuilder, cause: ReturnCause, owed: AfterReturn) -> None:
    """To the paisa, and never more than is left."""
    assert owed_after_return(order.build(), cause) == owed


def test_a_person_decides_about_a_monogrammed_pair_that_nobody_took() -> None:
    """It can't be sold again."""
    order = MONOGRAMMED.shipped().returned().build()
    owed = owed_after_return(order, RTO)
    assert isinstance(owed, OperatorDecides)
    assert owed.at_most == order.amounts.total


def test_a_person_gives_cash_back() -> None:
    """It didn't come through the gateway, so it can't go back through it."""
    order = COD.delivered().returned().build()
    owed = owed_after_return(order, CUSTOMER)
    assert isinstance(owed, OperatorDecides)
    assert owed.at_most == order.amounts.total
