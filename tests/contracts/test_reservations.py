"""Every stock room and calendar promises what there is, once, and takes back what is released."""

from __future__ import annotations

import pytest

from domain.errors import NotFound
from domain.inventory.capacity import Week
from domain.inventory.errors import CapacityExhausted, InvalidReservationState, OutOfStock
from domain.inventory.reservation import ReservationStatus
from ports.errors import StaleAggregate
from tests.builders import THIS_WEEK, a_hold, a_stock_item, fresh_id, weeks_from
from tests.builders.inventory import HoldBuilder
from tests.contracts.aggregates import state_of
from tests.contracts.shop_fixtures import ShopCase
from tests.contracts.stock_room import BOX, HALF_AN_HOUR_LATER, LEATHER, PAIR, SOLE, booked, hold, left, stocked

pytestmark = pytest.mark.anyio


@pytest.fixture
async def stock(shop: ShopCase) -> None:
    """Leather for 4 pairs, soles for 3, boxes for 2; 5 pairs in each of four weeks."""
    levels = [a_stock_item(LEATHER, 96), a_stock_item(SOLE, 3), a_stock_item(BOX, 2)]
    await stocked(shop, levels, weeks_from(THIS_WEEK, count=4, capacity=5))


@pytest.mark.usefixtures("stock")
async def test_a_hold_takes_stock_and_the_first_week_with_room(shop: ShopCase) -> None:
    """What is held can't be promised to anybody else."""
    request = a_hold().needing(PAIR).of_pairs(1).until(HALF_AN_HOUR_LATER).build()

    reservation = await hold(shop, request)

    assert (reservation.order_id, reservation.week, reservation.pairs) == (request.order_id, THIS_WEEK, 1)
    assert (reservation.status, reservation.expires_at) == (ReservationStatus.HELD, HALF_AN_HOUR_LATER)
    assert reservation.needs == PAIR
    assert await left(shop) == (72, 2, 1)
    assert await booked(shop) == {str(THIS_WEEK): 1}


@pytest.mark.usefixtures("stock")
async def test_a_hold_without_an_end_is_committed(shop: ShopCase) -> None:
    """An order paid on delivery waits for no money."""
    reservation = await hold(shop, a_hold().needing(PAIR).build())

    assert (reservation.status, reservation.expires_at) == (ReservationStatus.COMMITTED, None)


@pytest.mark.usefixtures("stock")
async def test_a_reservation_comes_back_as_it_was_held(shop: ShopCase) -> None:
    """Nothing of a reservation is lost or altered on the way."""
    request = a_hold().needing(PAIR).of_pairs(2).from_week("2026-W50").until(HALF_AN_HOUR_LATER).build()

    reservation = await hold(shop, request)

    async with shop.begin() as tx:
        assert state_of(await tx.reservations.get(request.order_id)) == state_of(reservation)


@pytest.mark.usefixtures("stock")
async def test_missing_components_are_all_named(shop: ShopCase) -> None:
    """The refusal names every missing sku, sorted, also one that was never heard of; nothing is taken."""
    needs = {SOLE: 4, BOX: 1, LEATHER: 97, "sole:UNKNOWN:42": 1}

    with pytest.raises(OutOfStock) as refusal:
        await hold(shop, a_hold().needing(needs).build())

    assert refusal.value.skus == (LEATHER, SOLE, "sole:UNKNOWN:42")
    assert await left(shop) == (96, 3, 2)


@pytest.mark.usefixtures("stock")
async def test_a_full_week_gives_way_to_the_next(shop: ShopCase) -> None:
    """All pairs of an order are made in one week."""
    await hold(shop, a_hold().of_pairs(3).build())

    reservation = await hold(shop, a_hold().of_pairs(3).build())

    assert reservation.week == THIS_WEEK.next()


@pytest.mark.usefixtures("stock")
async def test_a_week_before_the_earliest_is_not_taken(shop: ShopCase) -> None:
    """A shoe is not promised sooner than its lead time."""
    reservation = await hold(shop, a_hold().from_week("2026-W51").build())

    assert reservation.week == Week.parse("2026-W51")


@pytest.mark.parametrize(
    "request_",
    [
        pytest.param(a_hold().of_pairs(6), id="more than any week makes"),
        pytest.param(a_hold().from_week("2027-W10"), id="beyond the calendar"),
    ],
)
@pytest.mark.usefixtures("stock")
async def test_without_a_week_nothing_is_taken(shop: ShopCase, request_: HoldBuilder) -> None:
    """Stock is not held for pairs that nobody can make."""
    with pytest.raises(CapacityExhausted):
        await hold(shop, request_.needing(PAIR).build())

    assert await left(shop) == (96, 3, 2)
    assert await booked(shop) == {}


@pytest.mark.usefixtures("stock")
async def test_a_refused_hold_leaves_the_transaction_usable(shop: ShopCase) -> None:
    """A late payment that finds no stock is still written down, in the same transaction."""
    async with shop.begin() as tx:
        with pytest.raises(OutOfStock):
            await tx.reservations.hold(a_hold().needing({SOLE: 2, BOX: 3}).build())
        with pytest.raises(CapacityExhausted):
            await tx.reservations.hold(a_hold().needing({SOLE: 2}).of_pairs(6).build())
        await tx.reservations.hold(a_hold().needing({SOLE: 1}).build())

    assert await left(shop) == (96, 2, 2)
    assert await booked(shop) == {str(THIS_WEEK): 1}


@pytest.mark.usefixtures("stock")
async def test_a_rolled_back_hold_holds_nothing(shop: ShopCase) -> None:
    """Stock and week go back when the order could not be kept."""
    request = a_hold().needing(PAIR).build()

    async with shop.failing() as tx:
        await tx.reservations.hold(request)

    assert await left(shop) == (96, 3, 2)
    assert await booked(shop) == {}
    async with shop.begin() as tx:
        with pytest.raises(NotFound):
            await tx.reservations.get(request.order_id)


@pytest.mark.usefixtures("stock")
async def test_a_committed_reservation_keeps_what_it_holds(shop: ShopCase) -> None:
    """The order is going to be made: nothing goes back, and nothing expires."""
    request = a_hold().needing(PAIR).until(HALF_AN_HOUR_LATER).build()
    await hold(shop, request)

    async with shop.begin() as tx:
        reservation = await tx.reservations.get(request.order_id)
        reservation.commit()
        await tx.reservations.save(reservation)

    async with shop.begin() as tx:
        assert state_of(await tx.reservations.get(request.order_id)) == state_of(reservation)
    assert await left(shop) == (72, 2, 1)
    assert await booked(shop) == {str(THIS_WEEK): 1}


@pytest.mark.usefixtures("stock")
async def test_what_is_released_goes_back_once(shop: ShopCase) -> None:
    """Releasing twice, as a sweeper and a customer may, gives back what was held and no more."""
    request = a_hold().needing(PAIR).of_pairs(2).build()
    await hold(shop, request)

    for _ in range(2):
        async with shop.begin() as tx:
            reservation = await tx.reservations.get(request.order_id)
            reservation.release()
            await tx.reservations.save(reservation)

    assert await left(shop) == (96, 3, 2)
    assert await booked(shop) == {}


@pytest.mark.usefixtures("stock")
async def test_a_released_order_may_hold_again(shop: ShopCase) -> None:
    """Late money gets its stock and a week back, perhaps another one."""
    request = a_hold().needing(PAIR).until(HALF_AN_HOUR_LATER).build()
    await hold(shop, request)
    async with shop.begin() as tx:
        reservation = await tx.reservations.get(request.order_id)
        reservation.release()
        await tx.reservations.save(reservation)

    again = (
        a_hold().for_order(request.order_id).needing({LEATHER: 30, BOX: 2}).of_pairs(2).from_week("2026-W51").build()
    )
    held = await hold(shop, again)

    assert (held.status, held.expires_at, held.needs) == (ReservationStatus.COMMITTED, None, {LEATHER: 30, BOX: 2})
    async with shop.begin() as tx:
        assert state_of(await tx.reservations.get(request.order_id)) == state_of(held)
    assert await left(shop) == (66, 3, 0)
    assert await booked(shop) == {"2026-W51": 2}


@pytest.mark.usefixtures("stock")
async def test_an_order_holds_once(shop: ShopCase) -> None:
    """What is held already is not held a second time."""
    request = a_hold().needing(PAIR).until(HALF_AN_HOUR_LATER).build()
    await hold(shop, request)

    with pytest.raises(InvalidReservationState):
        await hold(shop, request)

    assert await left(shop) == (72, 2, 1)


async def test_an_unknown_reservation_is_not_found(shop: ShopCase) -> None:
    """Nobody has held anything for that order."""
    async with shop.begin() as tx:
        with pytest.raises(NotFound):
            await tx.reservations.get(fresh_id())


@pytest.mark.usefixtures("stock")
async def test_a_change_of_an_old_version_is_refused(shop: ShopCase) -> None:
    """Who loaded a reservation before it was committed can't release it by mistake."""
    request = a_hold().needing(PAIR).until(HALF_AN_HOUR_LATER).build()
    await hold(shop, request)
    async with shop.begin() as tx:
        old = await tx.reservations.get(request.order_id)
    async with shop.begin() as tx:
        newer = await tx.reservations.get(request.order_id)
        newer.commit()
        await tx.reservations.save(newer)

    old.release()
    with pytest.raises(StaleAggregate):
        async with shop.begin() as tx:
            await tx.reservations.save(old)

    assert await left(shop) == (72, 2, 1)


@pytest.mark.usefixtures("stock")
async def test_a_changed_object_means_nothing_until_it_is_saved(shop: ShopCase) -> None:
    """Neither the object held nor the one loaded is the one that is kept."""
    request = a_hold().needing(PAIR).until(HALF_AN_HOUR_LATER).build()
    async with shop.begin() as tx:
        (await tx.reservations.hold(request)).release()
        (await tx.reservations.get(request.order_id)).release()

    async with shop.begin() as tx:
        assert (await tx.reservations.get(request.order_id)).status is ReservationStatus.HELD
