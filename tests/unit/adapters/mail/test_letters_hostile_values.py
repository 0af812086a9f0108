"""Whatever a value of a letter is, it stays a value."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.money import Money
from ports.letters import (
    AbandonedCartLetter,
    Letter,
    OperatorTaskLetter,
    OrderCancelledLetter,
    OrderLetter,
    OrderPlacedLetter,
    ShippedLetter,
    SignInAlertLetter,
)
from ports.order_views import OrderView
from tests.builders import NOW, a_design, a_product, an_address, an_order
from tests.unit.adapters.mail.letter_reader import EXAMPLES, LETTERS, Page

EVIL = "<script>alert('1')</script> & \"co\""


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
