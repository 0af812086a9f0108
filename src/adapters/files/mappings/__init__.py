"""Column mappings for CSV files that others have made."""

from __future__ import annotations

from pathlib import Path
from typing import Final

_FOLDER: Final = Path(__file__).parent


def shipped_mappings() -> tuple[str, ...]:
    """The names under which mappings come with the shop."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.json")))


def find_mapping(name_or_path: Path | str) -> Path:
    """The file of a shipped mapping (`myntra`), or else the path that is meant."""
    name = str(name_or_path)
    return _FOLDER / f"{name}.json" if name in shipped_mappings() else Path(name_or_path)
