"""The cheapest courier that is good enough and fast enough gets the parcel."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from domain.money import Money
from domain.ordering.status import PaymentMethod
from domain.shipping.courier_choice import CourierOffer, CourierTerms, choose_courier

TERMS = CourierTerms(within_days=4, least_rating=3.5)


def offer(
    courier_id: str, *, fee: int = 9_900, days: int = 3, rating: float = 4.5, collects_cash: bool = True
) -> CourierOffer:
    """An offer that meets the terms, unless it is said otherwise."""
    return CourierOffer(courier_id, f"Courier {courier_id}", Money(fee), days, rating, collects_cash)


OFFERS = st.lists(
    st.builds(
        CourierOffer,
        courier_id=st.integers(1, 9).map(str),
        name=st.just("Courier"),
        fee=st.integers(0, 5).map(lambda rupees: Money(rupees * 100)),
        days=st.integers(1, 7),
        rating=st.sampled_from((2.0, 3.4, 3.5, 5.0)),
        collects_cash=st.booleans(),
    ),
    max_size=6,
    unique_by=lambda each: each.courier_id,
)
METHODS = st.sampled_from(PaymentMethod)


def chosen(*offers: CourierOffer, method: PaymentMethod = PaymentMethod.PREPAID) -> str | None:
    """The id of who gets it."""
    choice = choose_courier(offers, TERMS, method)
    return None if choice is None else choice.courier_id


def test_the_cheapest_of_the_good_and_fast_gets_it() -> None:
    """Neither the best rated nor the fastest."""
    assert chosen(offer("1", fee=12_000, days=1, rating=5.0), offer("2", fee=8_000), offer("3", fee=9_000)) == "2"


def test_a_cheaper_one_that_comes_too_late_does_not_get_it() -> None:
    """Speed is wanted as long as it can be had."""
    assert chosen(offer("1", fee=5_000, days=5), offer("2", days=4)) == "2"


def test_a_cheaper_one_that_is_rated_too_low_does_not_get_it() -> None:
    """Cheap is what is lost, too."""
    assert chosen(offer("1", fee=5_000, rating=3.4), offer("2", rating=3.5)) == "2"


def test_where_all_are_slow_the_fastest_goes() -> None:
    """A remote place is served all the same, whatever that costs."""
    assert chosen(offer("1", days=9, fee=5_000), offer("2", days=6, fee=50_000), offer("3", days=7)) == "2"


def test_cash_is_only_given_to_who_collects_it() -> None:
    """A parcel that is paid is anybody's."""
    careless, careful = offer("1", fee=5_000, collects_cash=False), offer("2")

    assert chosen(careless, careful, method=PaymentMethod.COD) == "2"
    assert chosen(careless, careful, method=PaymentMethod.PREPAID) == "1"


def test_nobody_gets_it_when_nobody_is_acceptable() -> None:
    """A person has to look."""
    assert chosen() is None
    assert chosen(offer("1", rating=1.0)) is None
    assert chosen(offer("1", collects_cash=False), method=PaymentMethod.COD) is None


@given(OFFERS, METHODS)
def test_the_order_of_the_offers_does_not_matter(offers: list[CourierOffer], method: PaymentMethod) -> None:
    """Asking again gives the same courier."""
    assert choose_courier(offers, TERMS, method) == choose_courier(reversed(offers), TERMS, method)


@given(OFFERS, METHODS)
def test_nobody_acceptable_is_cheaper_and_in_time(offers: list[CourierOffer], method: PaymentMethod) -> None:
    """Whatever is offered, the choice meets what is asked, and is the cheapest that does when one is in time."""
    choice = choose_courier(offers, TERMS, method)

    fit = [each for each in offers if each.rating >= 3.5 and (each.collects_cash or method is PaymentMethod.PREPAID)]
    if choice is None:
        assert not fit
        return
    assert choice in fit
    in_time = [each.fee for each in fit if each.days <= 4]
    if in_time:
        assert choice.days <= 4
        assert choice.fee == min(in_time, key=lambda fee: fee.minor)
    else:
        assert choice.days == min(each.days for each in fit)
