"""Letters without any words, for features and tests that don't look at them."""

from __future__ import annotations

from html import escape

from ports.letters import Letter, Letters, OrderLetter
from ports.mailer import Message


class MemoryLetters(Letters):
    """Letters whose subject is their kind, with the order's number; the bodies show all they hold."""

    def write(self, letter: Letter) -> Message:
        """See Letters."""
        about = f" {letter.order.ext_id}" if isinstance(letter, OrderLetter) else ""
        return Message(
            to=letter.to,
            subject=f"{letter.kind}{about}",
            html=f"<p>{escape(str(letter))}</p>",
            text=f"{letter}\n",
            kind=letter.kind,
        )
