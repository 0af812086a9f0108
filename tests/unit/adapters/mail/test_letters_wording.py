"""Every letter says what its reader has to know, in both bodies."""

from __future__ import annotations

import pytest

from domain.money import Money
from domain.ordering.status import OrderStatus, PaymentMethod
from ports.letters import (
    AbandonedCartLetter,
    Letter,
    OrderCancelledLetter,
    OrderPlacedLetter,
    OutForDeliveryLetter,
    PaymentFailedLetter,
    ShippedLetter,
)
from ports.order_views import OrderView
from tests.builders import NOW, an_order
from tests.unit.adapters.mail.letter_reader import EXAMPLES, LETTERS, Page, an_order_view, both, flat


def test_money_is_as_an_indian_reader_expects_it() -> None:
    """With lakhs, in both bodies."""
    letter = AbandonedCartLetter(
        to="a@b.example", titles=("Ten pairs",), total=Money(12_345_678), cart_url="https://x.example"
    )

    for body in both(letter):
        assert "₹1,23,456.78" in body


def test_times_are_indias_and_say_so() -> None:
    """10:30 in UTC is four in the afternoon; the week begins on its Monday."""
    for body in both(OrderPlacedLetter(to="a@b.example", order=an_order_view())):
        assert "until 4:00 pm IST on Tuesday 1 December 2026" in body
        assert "the week of Monday 30 November 2026" in body


def test_an_order_that_waits_for_its_money_says_how_to_pay() -> None:
    """With the amount, the link and until when."""
    letter = OrderPlacedLetter(to="a@b.example", order=an_order_view())

    html, text = both(letter)

    assert "Pay ₹12,999.00" in html
    assert "Pay ₹12,999.00" in text
    assert "cash" not in html + text
    assert f"https://shop.example/orders/{letter.order.ext_id}" in Page(LETTERS.write(letter).html).links
    assert "one step left" in LETTERS.write(letter).subject


def test_an_order_paid_in_cash_says_what_to_have_ready() -> None:
    """Total with the fee, and no link to pay by."""
    view = OrderView.of(an_order().paid_on_delivery(fee=5_000).build())

    for body in both(OrderPlacedLetter(to="a@b.example", order=view)):
        assert "You pay ₹13,049.00 in cash" in body
        assert "Cash on delivery ₹50.00" in body
        assert "one step" not in body


def test_an_order_that_is_paid_already_asks_for_nothing() -> None:
    """Money may be faster than a mail."""
    view = OrderView.of(an_order().paid().build())

    for body in both(OrderPlacedLetter(to="a@b.example", order=view)):
        assert "nothing left for you to do" in body
        assert "Pay ₹" not in body


def test_a_discount_and_a_fee_are_shown_where_there_are_any() -> None:
    """And free delivery is called free."""
    plain = OrderView.of(an_order().build())
    dear = OrderView.of(an_order().discounted(100_000).with_shipping_fee(14_900).build())

    for body in both(OrderPlacedLetter(to="a@b.example", order=plain)):
        assert "Delivery free" in body
        assert "Discount" not in body
    for body in both(OrderPlacedLetter(to="a@b.example", order=dear)):
        assert "Delivery ₹149.00" in body
        assert "Discount -₹1,000.00" in body


def test_cancelling_is_offered_only_while_it_is_possible() -> None:
    """Not once the leather is cut."""
    for body in both(OrderPlacedLetter(to="a@b.example", order=an_order_view(is_cancellable=False))):
        assert "cancel" not in body


def test_a_failed_payment_can_be_tried_again_only_while_the_order_waits() -> None:
    """Until the hold ends; later the letter only shows the way to the order."""
    for body in both(PaymentFailedLetter(to="a@b.example", order=an_order_view())):
        assert "until 4:00 pm IST" in body
        assert "Try once more" in body
    moved_on = an_order_view(awaits_payment=False, hold_expires_at=None, status=OrderStatus.CONFIRMED)
    for body in both(PaymentFailedLetter(to="a@b.example", order=moved_on)):
        assert "Try once more" not in body
        assert "moved on" in body


@pytest.mark.parametrize(("due", "told"), [(Money(1_299_900), "₹12,999.00"), (Money(0), "You owe nothing")])
def test_a_cancelled_order_says_what_goes_back(due: Money, told: str) -> None:
    """Or that nothing is owed."""
    for body in both(OrderCancelledLetter(to="a@b.example", order=an_order_view(), refund_due=due)):
        assert told in body


def test_money_that_came_too_late_is_explained() -> None:
    """In words, not in the code that the order keeps."""
    letter = EXAMPLES["order_cancelled-late"]

    for body in both(letter):
        assert "after we had let the order go" in body
        assert "payment-timeout" not in body
        assert "Reason noted" not in body


def parcel_letters(url: str | None, method: PaymentMethod = PaymentMethod.PREPAID) -> list[Letter]:
    """Both letters about a parcel that can be followed at `url`."""
    view = an_order_view(payment_method=method)
    return [
        ShippedLetter(to="a@b.example", order=view, courier="Blue Dart", awb="SF1", tracking_url=url, expected_at=NOW),
        OutForDeliveryLetter(to="a@b.example", order=view, courier="Blue Dart", awb="SF1", tracking_url=url),
    ]


def test_a_parcel_can_be_followed() -> None:
    """By its number, and by a link where the carrier has one."""
    url = "https://track.example/1?a=b&c=d"
    for letter in parcel_letters(url):
        mail = LETTERS.write(letter)

        assert url in Page(mail.html).links
        assert f"    {url}\n" in mail.text
        assert "Tracking number SF1" in Page(mail.html).text
        assert "Tracking number: SF1" in flat(mail.text)


@pytest.mark.parametrize("url", [None, "javascript:alert(1)", "https://", "https://[", "data:text/html,x", ""])
def test_only_a_web_page_is_linked_to(url: str | None) -> None:
    """What a carrier sends for a link may be anything."""
    for letter in parcel_letters(url):
        for body in both(letter):
            assert "Follow the parcel" not in body
            assert "javascript" not in body


def test_cash_is_asked_for_from_those_who_pay_in_cash() -> None:
    """With the amount; who has paid hears of no cash."""
    for letter in parcel_letters(None, PaymentMethod.COD):
        for body in both(letter):
            assert "₹12,999.00 in cash" in body
    for letter in parcel_letters(None, PaymentMethod.PREPAID):
        for body in both(letter):
            assert "cash" not in body


@pytest.mark.parametrize(
    ("name", "told"), [("returned", "If a refund is due"), ("returned-cash", "nothing left for you to pay")]
)
def test_a_returned_parcel_says_what_becomes_of_the_money(name: str, told: str) -> None:
    """Who has paid nothing hears of no refund."""
    for body in both(EXAMPLES[name]):
        assert told in body
