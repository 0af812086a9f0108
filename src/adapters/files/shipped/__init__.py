"""The catalogue that a new shop starts with."""

from __future__ import annotations

from pathlib import Path
from typing import Final

SHIPPED_CATALOGUE: Final = Path(__file__).with_name("catalogue.json")
"""Three lasts, all options, 26 products with stock and a year of weeks."""
