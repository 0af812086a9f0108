"""Comparing aggregates, which are equal to themselves alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import MISSING, fields
from typing import Any

from domain.events import Aggregate


def state_of(aggregate: Aggregate) -> dict[str, Any]:  # as mixed as its fields are
    """All that an aggregate is, by field; its events apart."""
    return {field.name: getattr(aggregate, field.name) for field in fields(aggregate) if field.name != "_events"}


def never_set(samples: Sequence[Aggregate]) -> set[str]:
    """Fields that are at their default in every sample: a mapper could forget them unnoticed."""
    return {
        field.name
        for field in fields(samples[0])
        if field.name not in {"version", "_events"}  # the repository's own
        and field.default is not MISSING
        and all(getattr(sample, field.name) == field.default for sample in samples)
    }
