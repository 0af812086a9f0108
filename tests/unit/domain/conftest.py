"""How Hypothesis runs here."""

from __future__ import annotations

from hypothesis import settings

# A busy machine is no slow function: time limits belong to the benchmarks.
settings.register_profile("unit", deadline=None)
settings.load_profile("unit")
