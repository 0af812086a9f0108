"""Documents that name a file are wrong when the file is gone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NAMED = re.compile(r"`((?:src|features|tests|docs|benchmarks|scripts)/[\w./-]+)`")
LINKED = re.compile(r"\]\((?!https?:)([\w./-]+)\)")
DOCUMENTS = sorted(path.relative_to(ROOT) for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_every_named_file_exists(document: Path) -> None:
    """A path in back-quotes or behind a link leads to a file or folder of this repository."""
    text = (ROOT / document).read_text()
    named = [ROOT / name for name in NAMED.findall(text)]
    linked = [(ROOT / document).parent / name for name in LINKED.findall(text)]
    missing = [str(path.relative_to(ROOT)) for path in named + linked if not path.exists()]
    assert missing == []


def test_the_tour_names_files() -> None:
    """The tour is of no use without files to go to."""
    assert len(NAMED.findall((ROOT / "docs/tour.md").read_text())) > 30
