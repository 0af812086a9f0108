"""`shoes`: everything that is started from a shell."""

from __future__ import annotations

import sys
from typing import Final

import click

from bootstrap.commands.demo import demo
from bootstrap.commands.doctor import doctor
from bootstrap.commands.events import events
from bootstrap.commands.import_catalogue import import_catalogue
from bootstrap.commands.migrate import migrate
from bootstrap.commands.preview_mails import preview_mails
from bootstrap.commands.serve import serve
from bootstrap.commands.settings import settings
from bootstrap.commands.up import up
from bootstrap.commands.worker import beat, relay_command, worker
from bootstrap.embedded.failure import EmbeddedError
from bootstrap.settings import SettingsError
from ports.errors import PortUnavailable


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120})
@click.version_option(package_name="italian-shoes", prog_name="shoes")
def shoes() -> None:
    """The commerce engine of a workshop that makes Italian shoes to order."""


COMMANDS: Final = (
    *(up, serve, relay_command, worker, beat, migrate, import_catalogue),
    *(events, preview_mails, demo, doctor, settings),
)

for command in COMMANDS:
    shoes.add_command(command)


def main() -> None:
    """Run the command line. What a person can mend is told in a line each, with exit code 1."""
    try:
        shoes(prog_name="shoes")
    except (SettingsError, EmbeddedError, PortUnavailable) as problem:
        for line in str(problem).splitlines():
            click.echo(f"shoes: {line}", err=True)
        sys.exit(1)
