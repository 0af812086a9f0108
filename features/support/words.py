"""How features spell amounts and choices."""

from __future__ import annotations

import re
from dataclasses import replace

from features.support.seen import Choice

_PART = re.compile(r"(style|sole|material|color|width|monogram) (\S+)")


def paise(text: str) -> int:
    """`₹12,999.00` in paise."""
    rupees, hundredths = text.removeprefix("₹").replace(",", "").split(".")
    return int(rupees) * 100 + int(hundredths)


def with_options(text: str) -> Choice:
    """`sole GOODYEAR-STUDDED and monogram MB`, on the standard make."""
    found = dict(_PART.findall(text.replace(",", "")))
    return replace(Choice(), **found)


def amounts(text: str) -> dict[str, int]:
    """`base ₹12,999.00, sole ₹450.00 and monogram ₹499.00` by part."""
    return {name: paise(amount) for name, amount in re.findall(r"(\w+) (₹[\d,]+\.\d\d)", text)}
