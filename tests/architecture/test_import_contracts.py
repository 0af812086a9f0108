"""The import contracts hold, and each of them breaks when it is violated: one that can't fail is worth nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OPTIONS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
NAMES = {contract["id"]: contract["name"] for contract in OPTIONS["contracts"]}

# contract, a module that is written into a copy of src, what it says
VIOLATIONS = [
    ("layers", "domain/planted.py", "import ports"),
    ("layers", "ports/planted.py", "import application"),
    ("layers", "application/planted.py", "from adapters import memory"),
    ("layers", "adapters/memory/planted.py", "import bootstrap"),
    ("adapters", "adapters/memory/planted.py", "from adapters import http"),
    ("adapters", "adapters/novelty/__init__.py", "def later(): from adapters.memory import clock"),
    ("frameworks", "domain/planted.py", "import msgspec"),
    ("frameworks", "ports/planted.py", "from typing import TYPE_CHECKING\nif TYPE_CHECKING: from httpx import URL"),
    ("frameworks", "application/planted.py", "def later(): import sqlalchemy.ext.asyncio"),
    ("drivers", "adapters/memory/planted.py", "from application import orders"),
    ("sandbox", "adapters/payments/planted.py", "import sandbox"),
    ("sandbox", "application/planted.py", "from sandbox import razorpay"),
]


def not_python(directory: str, names: list[str]) -> list[str]:
    """The files, of all that are in a directory, that need no copying."""
    return [name for name in names if not name.endswith(".py") and not (Path(directory) / name).is_dir()]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what the linter reads."""
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=not_python)
    shutil.copytree(ROOT / "tests" / "architecture", tmp_path / "tests" / "architecture", ignore=not_python)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint(checkout: Path, *contracts: str) -> subprocess.CompletedProcess[str]:
    """What `lint-imports` says of the packages of that checkout, which come before the installed ones."""
    chosen = [word for contract in contracts for word in ("--contract", contract)]
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-logo", "--no-cache", *chosen],
        cwd=checkout,
        env={**os.environ, "PYTHONPATH": str(checkout / "src"), "COLUMNS": "500"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_contracts_are_kept(checkout: Path) -> None:
    """Our own code violates nothing."""
    result = lint(checkout)
    assert result.returncode == 0, result.stdout
    for name in NAMES.values():
        assert f"{name} KEPT" in result.stdout


def test_each_contract_has_a_violation() -> None:
    """A contract that is added without a violation to try it on is noticed."""
    assert {contract for contract, _, _ in VIOLATIONS} == set(NAMES)


@pytest.mark.parametrize(("contract", "module", "source"), VIOLATIONS)
def test_a_violation_breaks_the_contract(contract: str, module: str, source: str, checkout: Path) -> None:
    """The linter names the contract as broken, and the module that broke it."""
    planted = checkout / "src" / module
    planted.parent.mkdir(exist_ok=True)
    planted.write_text(f"{source}\n")

    result = lint(checkout, contract)

    assert result.returncode == 1
    assert f"{NAMES[contract]} BROKEN" in result.stdout
    assert module.removesuffix(".py").removesuffix("/__init__").replace("/", ".") in result.stdout
