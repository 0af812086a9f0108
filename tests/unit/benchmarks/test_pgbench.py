"""pgbench's report is read for its rate and its failures."""

from __future__ import annotations

import pytest

from benchmarks.pgbench import REFERENCE, read_report
from benchmarks.programs import ProgramFailed

REPORT = """pgbench (18.4)
transaction type: place_order.sql
number of transactions actually processed: 10040
number of failed transactions: {failed} (0.000%)
latency average = 3.181 ms
initial connection time = 11.2 ms
tps = 2514.934855 (without initial connection time)
"""


def test_rate() -> None:
    outcome = read_report(REPORT.format(failed=0))
    assert (outcome.rate, outcome.errors) == (2514.934855, {})


def test_failures_are_errors() -> None:
    assert read_report(REPORT.format(failed=3)).errors == {"failed transaction": 3}


def test_anything_else_is_no_report() -> None:
    with pytest.raises(ProgramFailed):
        read_report("pgbench: error: connection refused")


def test_the_reference_order_is_one_durable_transaction() -> None:
    """BEGIN and COMMIT once, and nothing that would make the commit cheaper."""
    script = (REFERENCE / "place_order.sql").read_text()
    statements = [line for line in script.splitlines() if line in {"BEGIN;", "COMMIT;"}]
    assert statements == ["BEGIN;", "COMMIT;"]
    assert "synchronous_commit" not in script
