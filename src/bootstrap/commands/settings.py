"""`shoes settings`: what can be set."""

from __future__ import annotations

import os

import click

from bootstrap.setting_lines import setting_lines, unknown_settings
from bootstrap.settings import Settings


@click.command()
def settings() -> None:
    """List every setting with its value, its default and its meaning; check them all."""
    for line in setting_lines(os.environ):
        default = "" if line.value == line.default else f"  (default {line.default or 'empty'})"
        click.echo(f"{line.name}={line.value}{default}\n    {line.meaning}")
    for unknown in unknown_settings(os.environ):
        click.echo(f"shoes: warning: {unknown}", err=True)
    Settings.from_environment(os.environ)
