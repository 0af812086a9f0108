"""Staff give money back: a part or all of it, once per request, never more than came."""

from __future__ import annotations

from asyncio import gather
from dataclasses import replace
from typing import Final
from uuid import UUID

import pytest

from domain.actor import Actor, Customer, Guest, Staff, System
from domain.errors import NotFound
from domain.money import Money
from domain.ordering.errors import PaymentNotAllowed
from domain.ordering.status import PaymentStatus
from domain.payments.errors import RefundTooLarge
from domain.payments.refund import RefundState
from domain.permissions import Forbidden
from ports.idempotency import IdempotencyKeyReused
from tests.unit.application.till import Till
from tests.unit.application.workshop import COD, PRICE, form, key

pytestmark = pytest.mark.anyio

SOMEBODY: Final = UUID(int=1)

TENTH = PRICE // 10


async def test_a_part_goes_back_and_the_order_says_so() -> None:
    """The rest can follow."""
    till = await Till.opened()
    order, _, _ = await till.paid_order()
    requested = await till.refund(order, TENTH)
    refund = requested.refund
    assert (refund.amount, refund.status, refund.reason) == (Money(TENTH), RefundState.REQUESTED, "does not fit")
    assert (refund.order_id, requested.replayed) == (order.id, False)
    await till.work()
    assert (await till.order_of(order)).payment_status is PaymentStatus.PARTIALLY_REFUNDED
    await till.refund(order)
    await till.work()
    now = await till.order_of(order)
    assert (now.payment_status, now.refunded) == (PaymentStatus.REFUNDED, Money(PRICE))
    assert till.gateway.given_back == [TENTH, PRICE - TENTH]
    assert till.workshop.told("order.refunded") == ["order.refunded"] * 2


async def test_a_repeated_request_gets_the_first_answer() -> None:
    """The money goes back once."""
    till = await Till.opened()
    order, _, _ = await till.paid_order()
    again = key()
    first = await till.refund(order, TENTH, idempotency=again)
    second = await till.refund(order, TENTH, idempotency=again)
    await till.work()
    assert (second.refund, second.replayed) == (first.refund, True)
    assert till.gateway.given_back == [TENTH]
    with pytest.raises(IdempotencyKeyReused):
        await till.refund(order, TENTH, idempotency=key(again.key, "another request"))


async def test_of_many_at_once_no_more_than_was_paid_is_granted() -> None:
    """20 refunds of a tenth: 10 are granted, and those reach the gateway."""
    till = await Till.opened()
    order, _, _ = await till.paid_order()
    outcomes = await gather(*(till.refund(order, TENTH) for _ in range(20)), return_exceptions=True)
    await till.work()
    assert sum(isinstance(outcome, RefundTooLarge) for outcome in outcomes) == 10
    assert till.gateway.given_back == [TENTH] * 10
    assert (await till.order_of(order)).payment_status is PaymentStatus.REFUNDED


@pytest.mark.parametrize("paise", [PRICE + 1, -1])
async def test_more_than_was_paid_or_less_than_nothing_is_refused(paise: int) -> None:
    """Nothing is told to the gateway."""
    till = await Till.opened()
    order, _, _ = await till.paid_order()
    with pytest.raises(RefundTooLarge):
        await till.refund(order, paise)
    await till.work()
    assert till.gateway.given_back == []


async def test_when_all_has_gone_back_there_is_nothing_left() -> None:
    """Also for who asks for whatever is left."""
    till = await Till.opened()
    order, _, _ = await till.paid_order()
    await till.refund(order)
    with pytest.raises(RefundTooLarge):
        await till.refund(order)


async def test_what_was_not_paid_online_cannot_go_back_there() -> None:
    """Cash at the door, or nothing yet."""
    till = await Till.opened()
    cod = await till.workshop.place(await till.workshop.guest_with(), form(PRICE + 4_900, COD))
    with pytest.raises(PaymentNotAllowed):
        await till.refund(cod.order)
    unpaid, _, _ = await till.order()
    with pytest.raises(RefundTooLarge):
        await till.refund(unpaid, TENTH)


@pytest.mark.parametrize(
    "actor",
    [Guest(), Customer(SOMEBODY), Staff(SOMEBODY), Staff(SOMEBODY, frozenset({"orders:cancel"}))],
    ids=repr,
)
async def test_only_who_may_gives_money_back(actor: Actor) -> None:
    """They don't even learn whether there is such an order."""
    till = await Till.opened()
    order, guest, _ = await till.paid_order()
    for anybody in (actor, guest):
        with pytest.raises(Forbidden):
            await till.refund(order, TENTH, anybody)


async def test_the_shop_itself_may() -> None:
    """From its command line, say."""
    till = await Till.opened()
    order, _, _ = await till.paid_order()
    assert (await till.refund(order, TENTH, System())).refund.amount == Money(TENTH)


async def test_an_order_that_there_is_not_is_not_found() -> None:
    """By number or id."""
    till = await Till.opened()
    order, _, _ = await till.paid_order()
    with pytest.raises(NotFound):
        await till.refund(replace(order, ext_id="IS-2026-999999"), TENTH)
