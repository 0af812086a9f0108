"""The table shows a row beside its limit, and what went wrong; the file keeps every round."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.outcome import Latency, Outcome
from benchmarks.report import table, write
from benchmarks.results import Result
from benchmarks.rows import Limit, Row, Target


def a_result(**errors: int) -> Result:
    def unmeasured(bench: object) -> Outcome:
        raise AssertionError

    row = Row(
        "order", "POST /orders", unmeasured, Limit("place_order.sql", unmeasured), Target(share=0.15, first_share=0.10)
    )
    ours = [Outcome(rate, Latency(10.0, 20.0, 30.0), errors) for rate in (250.0, 300.0, 200.0)]
    return Result(row, ours, [Outcome(2500.0, None, {})])


def test_a_line_has_the_row_its_limit_and_the_share() -> None:
    line = table([a_result()]).splitlines()[-1]
    assert " ".join(line.split()) == (
        "POST /orders 250 10.0 20.0 30.0 0 2,500 place_order.sql 0.10 ≥ 0.15 (first 0.10) first step"
    )


def test_errors_are_counted_and_named() -> None:
    lines = table([a_result(timeout=2)]).splitlines()
    assert lines[-1] == "errors of POST /orders: 6 × timeout"
    assert " no" in lines[-2]


def test_the_file_keeps_every_round(tmp_path: Path) -> None:
    file = tmp_path / "results" / "run.json"
    write(file, [a_result()], Outcome(70_000.0, None, {}), {"cores": 2})
    content = json.loads(file.read_text())
    assert [each["rate"] for each in content["rows"][0]["rounds"]] == [250.0, 300.0, 200.0]
    assert content["rows"][0]["of_limit"] == 0.1
    assert content["machine"] == {"cores": 2}
