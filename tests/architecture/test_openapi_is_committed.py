"""A change of the HTTP contract is seen in review."""

from __future__ import annotations

from pathlib import Path

from adapters.http.openapi.document import openapi_text

COMMITTED = Path(__file__).parents[2] / "docs" / "openapi.json"


def test_the_committed_document_is_the_generated_one() -> None:
    """Write it anew with `python -m adapters.http.openapi > docs/openapi.json` when the change is meant."""
    assert COMMITTED.read_text(encoding="utf-8") == openapi_text(), "docs/openapi.json is out of date"
