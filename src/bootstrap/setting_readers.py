"""Out of the text of an environment variable: a value of its type, or ValueError with what it should have been."""

from __future__ import annotations

import base64
from collections.abc import Callable
from email.utils import parseaddr
from typing import Final
from urllib.parse import urlsplit

from domain.customers.email import Email
from domain.customers.pincode import PinCode
from domain.errors import InvalidValue
from domain.money import Money
from domain.tax.states import GstState

SHORTEST_TOKEN: Final = 20


def text(value: str) -> str:
    """Any text."""
    return value


def whole(low: int, high: int) -> Callable[[str], int]:
    """A whole number within bounds."""

    def read(value: str) -> int:
        if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
            raise ValueError(f"a whole number from {low} to {high}")
        return int(value)

    return read


def secret(value: str) -> str:
    """A secret that is there."""
    if not value:
        raise ValueError("a secret: it is empty")
    return value


def signing_secret(value: str) -> str:
    """What Svix signs webhooks with: whsec_ and base64."""
    try:
        if not value.startswith("whsec_") or not base64.b64decode(value.removeprefix("whsec_"), validate=True):
            raise ValueError
    except ValueError:
        raise ValueError("a signing secret: whsec_ and base64") from None
    return value


def sender(value: str) -> str:
    """Whom mail is from: an address, or a name and an address in angle brackets."""
    name, address = parseaddr(value)
    try:
        Email.parse(address)
    except InvalidValue as error:
        raise ValueError("a sender, as Italian Shoes <orders@example.com>") from error
    if not value.isprintable() or (name and f"<{address}>" not in value):
        raise ValueError("a sender, as Italian Shoes <orders@example.com>")
    return value


def url(*schemes: str) -> Callable[[str], str]:
    """A URL of one of these schemes, or nothing."""

    def read(value: str) -> str:
        if not value:
            return value
        try:
            parts = urlsplit(value)
            usable = parts.scheme in schemes and bool(parts.hostname or parts.path)
            _ = parts.port
        except ValueError:
            usable = False
        if not usable:
            raise ValueError(f"a URL that begins with {' or '.join(f'{scheme}://' for scheme in schemes)}")
        return value

    return read


def one_of(*words: str) -> Callable[[str], str]:
    """One of some words."""

    def read(value: str) -> str:
        if value not in words:
            raise ValueError(f"one of {', '.join(words)}")
        return value

    return read


def state(value: str) -> GstState:
    """An Indian state."""
    try:
        return GstState.parse(value)
    except InvalidValue as error:
        raise ValueError("an Indian state, as a name, a GST code or an abbreviation (Karnataka, 29, KA)") from error


def pincode(value: str) -> PinCode:
    """A PIN code."""
    try:
        return PinCode.parse(value)
    except InvalidValue as error:
        raise ValueError("a PIN code of six digits") from error


def email(value: str) -> str:
    """An e-mail address."""
    try:
        return Email.parse(value).value
    except InvalidValue as error:
        raise ValueError("an e-mail address") from error


def token(value: str) -> str:
    """A secret that nobody guesses, or nothing."""
    if value and (len(value) < SHORTEST_TOKEN or not value.isascii() or not value.isprintable()):
        raise ValueError(f"a token of {SHORTEST_TOKEN} or more printable ASCII characters")
    return value


def rupees(value: str) -> Money:
    """Whole rupees."""
    return Money(whole(0, 10_000_000)(value) * 100)
