"""What `shoes` says to a person before any server is needed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bootstrap.cli import main
from bootstrap.settings import Settings

Shoes = Callable[..., tuple[int, str, str]]


@pytest.fixture
def shoes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Callable[..., tuple[int, str, str]]:
    """Runs the command line with these words and settings; gives exit code, output, errors."""
    for name in [name for name in os.environ if name.startswith("SHOES_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("SHOES_VAR", str(tmp_path / "var"))

    def run(*words: str, **settings: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["shoes", *words])
        for name, value in settings.items():
            monkeypatch.setenv(f"SHOES_{name.upper()}", value)
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return ended.value.code if isinstance(ended.value.code, int) else 0, said.out, said.err

    return run


def test_help_names_every_command(shoes: Shoes) -> None:
    """Each with what it is for."""
    code, said, _ = shoes("--help")
    commands = {
        line.split()[0]: line.split()[1:] for line in said.partition("Commands:")[2].splitlines() if line.strip()
    }
    assert code == 0
    assert commands.keys() == {
        *("up", "serve", "relay", "worker", "beat", "migrate", "import-catalogue"),
        *("events", "preview-mails", "demo", "doctor", "settings"),
    }
    assert all(commands.values())


def test_the_version_is_told(shoes: Shoes) -> None:
    """Of the package that is installed."""
    code, said, _ = shoes("--version")
    assert code == 0
    assert said.startswith("shoes, version ")


def test_settings_lists_all_of_them(shoes: Shoes) -> None:
    """Value, default where it differs, meaning; secrets only as being set."""
    code, said, warned = shoes("settings", port="8123", database_url="postgresql://shoes:hunter2@db/shop")
    assert (code, warned) == (0, "")
    assert said.count("\n    ") == len(Settings.__slots__)
    assert "SHOES_PORT=8123  (default 8000)\n" in said
    assert "SHOES_DATABASE_URL=(set)  (default empty)\n" in said
    assert "hunter2" not in said


def test_settings_tells_what_is_wrong_after_the_list(shoes: Shoes) -> None:
    """A line for each on the standard error, and exit code 1."""
    code, said, complaints = shoes("settings", port="http", workers="0", prot="80")
    assert code == 1
    assert "SHOES_PORT=http" in said
    assert complaints.splitlines() == [
        "shoes: warning: SHOES_PROT is no setting; is SHOES_PORT meant?",
        "shoes: SHOES_PORT: 'http' is not a whole number from 1 to 65535",
        "shoes: SHOES_WORKERS: '0' is not a whole number from 1 to 64",
    ]


@pytest.mark.parametrize(
    "command",
    [
        ["up"],
        ["serve"],
        ["relay"],
        ["worker"],
        ["beat"],
        ["events", "list"],
        ["migrate"],
        ["doctor"],
        ["import-catalogue", "f"],
        ["demo"],
    ],
)
def test_no_command_starts_with_a_wrong_setting(command: list[str], shoes: Shoes) -> None:
    """One line, exit code 1, and nothing was touched."""
    code, said, complaints = shoes(*command, port="http")
    assert (code, said) == (1, "")
    assert complaints == "shoes: SHOES_PORT: 'http' is not a whole number from 1 to 65535\n"
    assert not Path(os.environ["SHOES_VAR"]).exists()


@pytest.mark.parametrize(
    "command",
    [
        ["serve"],
        ["relay"],
        ["worker"],
        ["beat"],
        ["events", "list"],
        ["migrate"],
        ["doctor"],
        ["import-catalogue", "f"],
    ],
)
def test_a_command_without_servers_says_how_to_get_them(command: list[str], shoes: Shoes) -> None:
    """Neither named nor running: a line for each."""
    code, said, complaints = shoes(*command)
    assert (code, said) == (1, "")
    lines = complaints.splitlines()
    assert [line.split()[1] for line in lines] == ["SHOES_DATABASE_URL", "SHOES_REDIS_URL"]
    assert all("start `shoes up`, or set it" in line for line in lines)


def test_an_unknown_command_is_told(shoes: Shoes) -> None:
    """With where to look."""
    code, _, complaints = shoes("sell")
    assert code == 2
    assert "No such command 'sell'" in complaints
