"""What others did on the machine meanwhile is told, because it spoils the figures."""

from __future__ import annotations

import os
from pathlib import Path

from benchmarks.machine import CpuUse, machine_facts

CORES = os.cpu_count() or 1


def test_what_is_not_ours_is_others() -> None:
    before, after = CpuUse(at=100.0, everybody=1000.0, ours=50.0), CpuUse(at=110.0, everybody=1008.0, ours=53.0)
    assert after.share_of_others(before) == 5.0 / (10.0 * CORES)


def test_clocks_that_differ_a_little_make_no_negative_share() -> None:
    before, after = CpuUse(at=100.0, everybody=1000.0, ours=50.0), CpuUse(at=101.0, everybody=1000.5, ours=50.6)
    assert after.share_of_others(before) == 0.0


def test_our_own_work_is_counted_as_ours() -> None:
    before = CpuUse.now()
    sum(range(3_000_000))
    after = CpuUse.now()
    assert after.ours > before.ours
    assert after.everybody > before.everybody


def test_facts_name_the_versions_and_no_secret(tmp_path: Path) -> None:
    facts = machine_facts(tmp_path)
    assert facts["cores"] == os.cpu_count()
    assert isinstance(facts["packages"], dict)
    assert "granian" in facts["packages"]
    assert isinstance(facts["settings"], dict)
    assert not any("SECRET" in name or "URL" in name for name in facts["settings"])
