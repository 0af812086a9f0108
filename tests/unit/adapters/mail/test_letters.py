"""Every letter is written twice, as HTML and as text, with nothing in it that does not belong there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from adapters.mail import letters
from ports.letters import Letter, OrderLetter, OrderPlacedLetter
from ports.mailer import Message
from tests.unit.adapters.mail.letter_reader import EXAMPLES, LETTERS, Page, an_order_view


def kinds(letter: type[Letter] = Letter) -> set[str]:
    """Every kind of letter that there is."""
    own = {letter.kind} if "kind" in vars(letter) else set()
    return own.union(*(kinds(each) for each in letter.__subclasses__()))


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
