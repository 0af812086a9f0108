"""Letters in the shop's own words: Jinja2 templates, their CSS put on the elements for mail programs' sake.

`templates/` has an HTML and a text template for every kind of letter; the text one names
the subject. Layout, style and what several letters show is in `templates/shared/`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from css_inline import CSSInliner
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from adapters.mail.wording import day, moment, shown, web_link, week, words
from domain.ordering.record import PAYMENT_TIMEOUT
from ports.letters import Letter, Letters, OrderLetter
from ports.mailer import Message

_TEMPLATES: Final = Path(__file__).parent / "templates"
_STYLE: Final = "shared/style.css"
_BLANK_LINES: Final = re.compile(r"\n\s*\n\s*\n")


@dataclass(frozen=True, slots=True)
class _Shop:
    """The shop as its letters name it."""

    name: str
    url: str
    support: str


class JinjaLetters(Letters):
    """Letters from templates that are compiled once.

    `shop_url` is where customers find the shop, `support` the address that answers them.
    """

    def __init__(self, *, shop_name: str, shop_url: str, support: str) -> None:
        self._shop = _Shop(shop_name, shop_url.rstrip("/"), support)
        self._html = _environment(".html")
        self._text = _environment(".txt")
        style = (_TEMPLATES / _STYLE).read_text(encoding="utf-8")
        self._inliner = CSSInliner(extra_css=style, load_remote_stylesheets=False)

    def write(self, letter: Letter) -> Message:
        """See Letters."""
        context: dict[str, object] = {"letter": letter, "shop": self._shop}
        if isinstance(letter, OrderLetter):
            context |= {"order": letter.order, "order_url": f"{self._shop.url}/orders/{letter.order.ext_id}"}
        text = self._text.get_template(f"{letter.kind}.txt")
        html = self._html.get_template(f"{letter.kind}.html")
        subject = " ".join("".join(text.blocks["subject"](text.new_context(context))).split())
        return Message(
            to=letter.to,
            subject=subject,
            html=self._inliner.inline(html.render(context, subject=subject)),
            text=_BLANK_LINES.sub("\n\n", text.render(context)).strip() + "\n",
            kind=letter.kind,
        )


def _environment(suffix: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=suffix == ".html",  # noqa: S701  # a text is not HTML: escaped, it would show the escapes
        undefined=StrictUndefined,
        finalize=shown,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"day": day, "moment": moment, "week": week, "words": words}
    environment.tests |= {"web_link": web_link}
    environment.globals["PAYMENT_TIMEOUT"] = PAYMENT_TIMEOUT
    return environment
