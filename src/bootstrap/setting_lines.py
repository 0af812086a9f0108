"""Settings as a person reads them."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Final

from bootstrap.settings import PREFIX, Settings

_TEST_PREFIX: Final = "SHOES_TEST_"  # read by the test harness alone


@dataclass(frozen=True, slots=True)
class SettingLine:
    """A setting as `shoes settings` shows it; a secret's value is not shown."""

    name: str
    value: str
    default: str
    meaning: str


def setting_lines(environment: Mapping[str, str]) -> tuple[SettingLine, ...]:
    """Every setting with its value in this environment, its default and its meaning."""
    lines = []
    for each in fields(Settings):
        name, default = each.metadata["name"], each.metadata["default"]
        value = environment.get(name, default)
        shown = "(set)" if each.metadata["secret"] and value and value != default else value
        lines.append(SettingLine(name, shown, default, each.metadata["meaning"]))
    return tuple(lines)


def unknown_settings(environment: Mapping[str, str]) -> tuple[str, ...]:
    """A line for every SHOES_* variable that nothing reads, with the name that was perhaps meant."""
    known = [each.metadata["name"] for each in fields(Settings)]
    lines = []
    for name in sorted(environment):
        if not name.startswith(PREFIX) or name.startswith(_TEST_PREFIX) or name in known:
            continue
        near = difflib.get_close_matches(name.removeprefix(PREFIX), [each.removeprefix(PREFIX) for each in known], n=1)
        lines.append(f"{name} is no setting{f'; is {PREFIX}{near[0]} meant?' if near else ''}")
    return tuple(lines)
