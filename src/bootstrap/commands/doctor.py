"""`shoes doctor`: is everything there that the shop needs, and how is it mended?"""

from __future__ import annotations

import asyncio
import sys
from typing import Final

import click

from bootstrap.adapters import Adapters, opened
from bootstrap.checks import CHECKS, Ailment
from bootstrap.environment import settings_with_third_parties
from bootstrap.settings import Settings

_TIMEOUT: Final = 5.0  # seconds for each check


@click.command()
def doctor() -> None:
    """Check every dependency, say what is wrong and how to mend it. Exit code 1 when something is."""
    settings = settings_with_third_parties()
    if not asyncio.run(_examine(settings)):
        sys.exit(1)


async def _examine(settings: Settings) -> bool:
    healthy = True
    async with opened(Adapters(settings=settings)) as adapters:
        for name, where, check in CHECKS:
            try:
                verdict, mark = await asyncio.wait_for(check(adapters, settings), _TIMEOUT), "ok"
            except Ailment as ailment:
                verdict, mark = str(ailment), "ILL"
            except TimeoutError:
                verdict, mark = f"no answer within {_TIMEOUT:.0f} s: check {where}", "ILL"
            except Exception as error:  # noqa: BLE001  # whatever it is, it is what the doctor is asked to tell
                verdict, mark = f"{type(error).__name__}: {error}; check {where}", "ILL"
            healthy = healthy and mark == "ok"
            click.echo(f"{mark:>3}  {name}: {verdict}")
    return healthy
