"""What was delivered may be sent back for seven days, unless it was made for one person alone."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from domain.ordering.errors import ReturnRefused
from domain.ordering.return_policy import RETURN_RULES, RETURN_WINDOW, ReturnWish, check_returnable
from tests.builders import NOW, a_design, a_product, an_order
from tests.builders.orders import OrderBuilder

ROMA = a_product().with_monogram().build()
PLAIN = an_order().of(ROMA).paid().delivered()
MONOGRAMMED = an_order().of(ROMA).of(ROMA, a_design().of(ROMA).monogrammed("AR").build()).paid().delivered()


@pytest.mark.parametrize("at", [NOW, NOW + RETURN_WINDOW], ids=["at once", "at the last moment"])
def test_a_delivered_pair_can_be_sent_back(at: datetime) -> None:
    """As long as the window is open."""
    check_returnable(ReturnWish(PLAIN.build(), NOW, at))


@pytest.mark.parametrize(
    ("order", "delivered_at", "reasons"),
    [
        (an_order().paid().shipped(), None, ("it was not delivered",)),
        (PLAIN, NOW - RETURN_WINDOW - timedelta(microseconds=1), ("the 7 days for a return are over",)),
        (MONOGRAMMED, NOW, ("a monogrammed pair can't be returned",)),
        (
            MONOGRAMMED,
            NOW - timedelta(days=8),
            ("the 7 days for a return are over", "a monogrammed pair can't be returned"),
        ),
    ],
    ids=["on its way", "too late", "monogrammed", "both"],
)
def test_who_cannot_return_is_told_every_reason(
    order: OrderBuilder, delivered_at: datetime | None, reasons: tuple[str, ...]
) -> None:
    """At once, not one after the other."""
    with pytest.raises(ReturnRefused) as refused:
        check_returnable(ReturnWish(order.build(), delivered_at, NOW))
    assert refused.value.reasons == reasons
    assert all(reason in str(refused.value) for reason in reasons)


def test_each_rule_speaks_for_itself() -> None:
    """A rule that has nothing against it says nothing."""
    wish = ReturnWish(PLAIN.build(), NOW, NOW)
    assert [rule(wish) for rule in RETURN_RULES] == [None] * len(RETURN_RULES)
