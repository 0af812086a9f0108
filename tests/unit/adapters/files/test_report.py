"""Reports are for people at a terminal, and for grep."""

from __future__ import annotations

from adapters.files.report import rejection_lines, report_lines
from application.catalogue.import_catalogue import ImportReport
from application.catalogue.import_plan import WeeksSet
from application.catalogue.ledger import Tally
from application.catalogue.rows import RejectedRow, RowKind
from tests.builders import THIS_WEEK


def test_a_report_counts_by_kind_and_lists_what_was_left_out() -> None:
    """Kinds of which the file has nothing aren't mentioned."""
    report = ImportReport(
        tallies={RowKind.STYLE: Tally(), RowKind.PRODUCT: Tally(created=3_000, updated=1, unchanged=20)},
        weeks=WeeksSet(first=THIS_WEEK, last=THIS_WEEK.next(), pairs_per_week=40, created=1),
        rejected=(RejectedRow(7, RowKind.PRODUCT, "oxford-roma", ("title: 1 to 200 characters",)),),
    )

    assert list(report_lines(report)) == [
        "             created   updated unchanged",
        "product         3000         1        20",
        "capacity: 40 pairs a week from 2026-W49 to 2026-W50, 1 of 2 weeks new",
        "left out: 1 row",
        "line 7, product oxford-roma: title: 1 to 200 characters",
    ]


def test_every_reason_has_a_line_of_its_own() -> None:
    """It can be searched for, sorted and cut."""
    rows = [RejectedRow(1, RowKind.STOCK, "box:x", ("a", "b")), RejectedRow(2, RowKind.STOCK, "", ("c",))]

    assert list(rejection_lines(rows)) == ["line 1, stock box:x: a", "line 1, stock box:x: b", "line 2, stock: c"]


def test_nothing_in_a_file_can_steer_the_terminal() -> None:
    """Nor make a report endless, or stop it from being printed."""
    row = RejectedRow(1, RowKind.PRODUCT, "a\x1b[2J\nb\ud800", ("x" * 1_000,))

    (line,) = rejection_lines([row])

    assert line.startswith("line 1, product a\\x1b[2J\\nb\\ud800: xxx")
    assert len(line.encode()) < 500
