"""The table, and the file for comparing."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from benchmarks.outcome import Outcome
from benchmarks.results import Result

_HEAD: Final = (
    "row",
    "per second",
    "p50 ms",
    "p95 ms",
    "p99 ms",
    "errors",
    "limit/s",
    "limit",
    "of limit",
    "target",
    "reached",
)
_TEXT: Final = frozenset({"row", "limit", "target", "reached"})  # columns that begin at the left


def table(results: Sequence[Result]) -> str:
    """One line a row, readable in a terminal; below it what the errors were."""
    lines = [_HEAD, *(_line(result) for result in results)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(_HEAD))]
    shown = ["  ".join(_cell(*each) for each in zip(_HEAD, line, widths, strict=True)).rstrip() for line in lines]
    shown.insert(1, "-" * max(len(line) for line in shown))
    return "\n".join([*shown, *_errors(results)])


def write(file: Path, results: Sequence[Result], ceiling: Outcome, facts: Mapping[str, object]) -> None:
    """Everything that was measured, round by round, as JSON."""
    file.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "machine": facts,
        "load_generator_ceiling": dataclasses.asdict(ceiling),
        "rows": [_document(result) for result in results],
    }
    file.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n")


def _line(result: Result) -> tuple[str, ...]:
    outcome, limit, latency = result.outcome, result.limit, result.outcome.latency
    figures = (latency.p50, latency.p95, latency.p99) if latency else (None, None, None)
    return (
        result.row.title,
        _rate(outcome.rate),
        *("-" if figure is None else f"{figure:.1f}" for figure in figures),
        str(sum(outcome.errors.values())),
        _rate(limit.rate) if limit else "-",
        result.row.limit.name if result.row.limit else "-",
        "-" if result.share is None else f"{result.share:.2f}",
        str(result.row.target),
        result.verdict,
    )


def _rate(rate: float) -> str:
    return f"{rate:,.0f}" if rate >= 100 else f"{rate:.1f}"


def _cell(column: str, text: str, width: int) -> str:
    return text.ljust(width) if column in _TEXT else text.rjust(width)


def _errors(results: Sequence[Result]) -> list[str]:
    told = [(result.row.title, result.outcome) for result in results]
    told += [(f"{result.row.title}, limit", result.limit) for result in results if result.limit]
    return [
        f"errors of {title}: {count} × {name}"
        for title, outcome in told
        for name, count in sorted(outcome.errors.items())
    ]


def _document(result: Result) -> dict[str, object]:
    return {
        "name": result.row.name,
        "title": result.row.title,
        "target": str(result.row.target),
        "reached": result.verdict,
        "of_limit": result.share,
        "outcome": dataclasses.asdict(result.outcome),
        "limit": dataclasses.asdict(result.limit) if result.limit else None,
        "rounds": [dataclasses.asdict(each) for each in result.outcomes],
        "limit_rounds": [dataclasses.asdict(each) for each in result.limits],
    }
