"""Rewrite uv.lock so that it names no package index: versions and hashes stay, addresses go.

The lock then says *what* is installed and nothing about *where from*, so a machine behind a mirror
installs from its mirror and the hashes still guard every byte. `uv lock --check` and `uv export` read
such a lock; `uv sync` does not, which is why scripts/install goes through an exported requirements list.
"""

import re
from pathlib import Path

LOCK = Path(__file__).parents[1] / "uv.lock"


def without_addresses(lock: str) -> str:
    """Replace each distribution's URL by its file name and each index by a bare word. Idempotent."""
    lock = re.sub(r'\burl = "https?://[^"]*/([^"/]+)"', r'filename = "\1"', lock)
    return re.sub(r'registry = "https?://[^"]*"', 'registry = "pypi"', lock)


if __name__ == "__main__":
    LOCK.write_text(without_addresses(LOCK.read_text()))
