"""Letters as they are written for this shop, and as those who get them read them."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

from adapters.mail.examples import example_letters
from adapters.mail.letters import JinjaLetters
from ports.letters import Letter
from ports.order_views import OrderView
from tests.builders import an_order

LETTERS = JinjaLetters(
    shop_name="Italian Shoes", shop_url="https://shop.example/", support="workshop@italianshoes.example"
)
EXAMPLES = example_letters()


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
