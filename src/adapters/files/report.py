"""What an import did, in words for whoever wrote the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from application.catalogue.import_catalogue import ImportReport
from application.catalogue.import_plan import WeeksSet
from application.catalogue.rows import RejectedRow

_LONGEST_LINE = 400


def report_lines(report: ImportReport) -> Iterator[str]:
    """What was created, updated and found unchanged, and the rows that were left out."""
    yield f"{'':10}{'created':>10}{'updated':>10}{'unchanged':>10}"
    for kind, tally in report.tallies.items():
        if tally.created or tally.updated or tally.unchanged:
            yield f"{kind:10}{tally.created:>10}{tally.updated:>10}{tally.unchanged:>10}"
    if report.weeks is not None:
        yield _capacity_line(report.weeks)
    if report.rejected:
        yield f"left out: {_counted(report.rejected)}"
        yield from rejection_lines(report.rejected)


def rejection_lines(rejected: Iterable[RejectedRow]) -> Iterator[str]:
    """One line a reason, so that they can be searched: `line 12, product oxford-roma: …`."""
    for row in rejected:
        named = f"{row.kind} {row.key}" if row.key else row.kind
        for reason in row.reasons:
            yield _printable(f"line {row.line}, {named}: {reason}")


def _capacity_line(weeks: WeeksSet) -> str:
    count = (weeks.last.monday - weeks.first.monday).days // 7 + 1
    span = f"from {weeks.first} to {weeks.last}"
    return f"capacity: {weeks.pairs_per_week} pairs a week {span}, {weeks.created} of {count} weeks new"


def _counted(rejected: tuple[RejectedRow, ...]) -> str:
    return "1 row" if len(rejected) == 1 else f"{len(rejected)} rows"


def _printable(text: str) -> str:
    """One line that does nothing to a terminal, whatever a file had in it."""
    escaped = (char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)
    line = "".join(escaped)
    return line if len(line) <= _LONGEST_LINE else f"{line[:_LONGEST_LINE]}…"
