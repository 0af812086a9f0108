"""Every letter is written twice, as HTML and as text, and says what it should and nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from jinja2 import UndefinedError

from adapters.mail import letters
from adapters.mail.examples import example_letters
from adapters.mail.letters import JinjaLetters
from domain.money import Money
from domain.ordering.status import OrderStatus, PaymentMethod
from ports.letters import (
    AbandonedCartLetter,
    Letter,
    OperatorTaskLetter,
    OrderCancelledLetter,
    OrderLetter,
    OrderPlacedLetter,
    OutForDeliveryLetter,
    PaymentFailedLetter,
    ShippedLetter,
    SignInAlertLetter,
)
from ports.mailer import Message
from ports.order_views import OrderView
from tests.builders import NOW, a_design, a_product, an_address, an_order

LETTERS = JinjaLetters(
    shop_name="Italian Shoes", shop_url="https://shop.example/", support="workshop@italianshoes.example"
)
EXAMPLES = example_letters()
EVIL = "<script>alert('1')</script> & \"co\""


class Page(HTMLParser):
    """A mail as a program shows it: the text that is seen, the elements, their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.links: list[str] = []
        self._hidden = 0
        self._parts: list[str] = []
        self.feed(html)

    @property
    def text(self) -> str:
        """What is read, with single spaces."""
        return " ".join(" ".join(self._parts).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        self.links += [value or "" for name, value in attrs if name == "href"]
        self._hidden += tag in {"style", "title"}

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in {"style", "title"}

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._parts.append(data)


def kinds(letter: type[Letter] = Letter) -> set[str]:
    """Every kind of letter that there is."""
    own = {letter.kind} if "kind" in vars(letter) else set()
    return own.union(*(kinds(each) for each in letter.__subclasses__()))


def an_order_view(**changes: Any) -> OrderView:  # Any: of fields of every type
    """An order that waits for its money."""
    return replace(OrderView.of(an_order().build()), **changes)


def flat(text: str) -> str:
    """Without line breaks, as it reads."""
    return " ".join(text.split())


def both(letter: Letter) -> tuple[str, str]:
    """What a letter says, in HTML and in text."""
    mail = LETTERS.write(letter)
    return Page(mail.html).text, flat(mail.text)


def test_there_is_an_example_of_every_kind() -> None:
    """Found by walking the classes: a new kind of letter can't be forgotten here."""
    assert {letter.kind for letter in EXAMPLES.values()} == kinds()


def test_every_kind_has_both_templates_and_every_template_a_kind() -> None:
    """One for HTML and one for text."""
    templates = Path(letters.__file__).parent / "templates"

    assert {file.name for file in templates.iterdir() if file.is_file()} == {
        f"{kind}.{suffix}" for kind in kinds() for suffix in ("html", "txt")
    }


@pytest.fixture(params=EXAMPLES)
def mail(request: pytest.FixtureRequest) -> Message:
    """Each example, written."""
    return LETTERS.write(EXAMPLES[request.param])


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_mail_is_to_whom_the_letter_is_and_of_its_kind(name: str) -> None:
    """The kind is told to the provider."""
    letter = EXAMPLES[name]

    mail = LETTERS.write(letter)

    assert (mail.to, mail.kind) == (letter.to, letter.kind)


def test_the_subject_is_one_line_of_words(mail: Message) -> None:
    """Neither empty nor HTML."""
    assert mail.subject == mail.subject.strip()
    assert "\n" not in mail.subject
    assert 5 < len(mail.subject) < 100
    assert "&amp;" not in mail.subject


def test_nothing_of_a_template_is_left(mail: Message) -> None:
    """No braces, no None, no doubled blank lines."""
    for body in (re.sub(r"<style.*?</style>", "", mail.html, flags=re.DOTALL), mail.text, mail.subject):
        assert not re.search(r"[{}]|\bNone\b|Undefined", body)
    assert "\n\n\n" not in mail.text
    assert mail.text.endswith("\n")


def test_the_html_needs_nothing_from_outside_and_runs_nothing(mail: Message) -> None:
    """No pictures, scripts, fonts or style sheets; links lead to web pages and to our address."""
    page = Page(mail.html)

    assert not {"script", "img", "link", "iframe", "form", "object"} & set(page.tags)
    assert not [name for name, _ in page.attributes if name.startswith("on") or name in {"src", "background"}]
    assert "url(" not in mail.html
    assert {link.partition(":")[0] for link in page.links} <= {"https", "mailto"}


def test_the_css_is_on_the_elements(mail: Message) -> None:
    """What is left in the head is only for small screens and dark ones."""
    styles = re.findall(r"<style[^>]*>(.*?)</style>", mail.html, flags=re.DOTALL)
    tags = dict(Page(mail.html).attributes)

    assert len(styles) == 1
    assert re.sub(r"@media[^{]+\{(?:[^{}]+\{[^{}]*\})*\s*\}", "", styles[0]).strip() == ""
    assert re.search(r'<td class="content" style="[^"]*font-family', mail.html)
    assert re.search(r'<h1 style="[^"]*font-size', mail.html)
    assert tags["lang"] == "en"


def test_both_bodies_name_the_shop_and_whom_to_ask(mail: Message) -> None:
    """Whoever gets a mail knows from whom."""
    for body in (Page(mail.html).text, mail.text):
        assert "Italian Shoes" in body
        assert "workshop@italianshoes.example" in body


@pytest.mark.parametrize("name", [name for name, letter in EXAMPLES.items() if isinstance(letter, OrderLetter)])
def test_markup_in_a_name_stays_text(name: str) -> None:
    """In HTML it is escaped, once; in text it is as it was typed."""
    mail = LETTERS.write(EXAMPLES[name])
    typed = "Meera <b>d'Souza</b> & Venkatanarasimharajuvaripeta"

    assert typed in Page(mail.html).text
    assert typed in mail.text
    assert "b" not in Page(mail.html).tags
    assert "i" not in Page(mail.html).tags


def test_no_value_becomes_markup() -> None:
    """Whatever a customer, a courier or a browser wrote."""
    view = OrderView.of(
        an_order()
        .of(a_product().called("oxford-roma", EVIL).with_monogram().build(), a_design().monogrammed(EVIL).build())
        .shipped_to(an_address().of(EVIL).on(EVIL, EVIL).build())
        .build()
    )
    evil_letters: list[Letter] = [
        OrderPlacedLetter(to="a@b.example", order=view),
        OrderCancelledLetter(
            to="a@b.example", order=replace(view, cancellation_reason=EVIL), refund_due=Money(1_299_900)
        ),
        ShippedLetter(
            to="a@b.example", order=view, courier=EVIL, awb=EVIL, tracking_url=f"https://x/{EVIL}", expected_at=None
        ),
        AbandonedCartLetter(
            to="a@b.example", titles=(EVIL,), total=Money(100), cart_url='https://x/"><script>alert(1)</script>'
        ),
        SignInAlertLetter(to="a@b.example", device=EVIL, place=EVIL, at=NOW),
        OperatorTaskLetter(to="a@b.example", task=EVIL, subject=EVIL, detail=EVIL, opened_at=NOW),
    ]
    for letter in evil_letters:
        page = Page(LETTERS.write(letter).html)
        assert "script" not in page.tags
        assert not [name for name, _ in page.attributes if name.startswith("on")]


@pytest.mark.parametrize("character", ["\n", "\r", "\x1b", "\x00", "\u2028", "\u202e", "\ud800"])
def test_a_value_can_neither_break_a_line_nor_turn_the_text_around(character: str) -> None:
    """No paragraph of somebody else's in our letter, no header in our subject."""
    letter = SignInAlertLetter(to="a@b.example", device=f"Fire{character}fox", place="Kochi", at=NOW)
    task = OperatorTaskLetter(to="a@b.example", task="x", subject=f"a{character}Bcc: b", detail="", opened_at=NOW)

    mail = LETTERS.write(letter)

    assert "Fire fox" in mail.text
    assert "Fire fox" in mail.html
    assert LETTERS.write(task).subject == "X: a Bcc: b"


def test_what_an_operator_has_to_read_keeps_its_lines() -> None:
    """Each of them harmless."""
    letter = OperatorTaskLetter(to="a@b.example", task="t", subject="s", detail="one\ntwo\x07", opened_at=NOW)

    mail = LETTERS.write(letter)

    assert "    one\n    two \n" in mail.text
    assert ">one</p>" in mail.html


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


def test_a_template_that_asks_for_what_is_not_there_fails() -> None:
    """Instead of sending a letter with a hole in it."""

    class WithoutAmount(OrderLetter):
        kind = "order_refunded"

    with pytest.raises(UndefinedError, match="amount"):
        LETTERS.write(WithoutAmount(to="a@b.example", order=an_order_view()))


def test_a_template_that_shows_nothing_where_a_value_belongs_fails() -> None:
    """None is no word of ours."""
    with pytest.raises(TypeError, match="isn't there"):
        LETTERS.write(OrderPlacedLetter(to="a@b.example", order=an_order_view(ext_id=None)))
