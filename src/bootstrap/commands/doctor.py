"""`shoes doctor`: is everything there that the shop needs, and how is it mended?"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import Final

import click
import httpx

from adapters.db.migrations import is_current
from adapters.db.session import Statement
from bootstrap.adapters import Adapters, opened
from bootstrap.environment import settings_with_servers
from bootstrap.settings import Settings
from domain.customers.pincode import PinCode
from domain.inventory.capacity import earliest_week

_TIMEOUT: Final = 5.0  # seconds for each check
_LEAST_WEEKS: Final = 8

_VERSION: Final = Statement("SELECT current_setting('server_version_num') AS number")

Check = Callable[[Adapters, Settings], Awaitable[str]]


class Ailment(Exception):
    """What is wrong, and how to mend it."""


async def _database(adapters: Adapters, settings: Settings) -> str:
    rows = await adapters.database().fetch(_VERSION)
    version = int(rows[0]["number"]) // 10_000
    if version < 15:
        raise Ailment(f"PostgreSQL {version} is too old: 15 or later is needed")
    return f"PostgreSQL {version} answers"


async def _schema(adapters: Adapters, settings: Settings) -> str:
    if not await is_current(settings.database_url):
        raise Ailment("the schema is not the newest: run `shoes migrate`")
    return "the schema is the newest"


async def _catalogue(adapters: Adapters, settings: Settings) -> str:
    async with adapters.begin()() as tx:
        if await tx.catalogue.is_empty():
            raise Ailment("there is no product: run `shoes import-catalogue FILE` or `shoes migrate --seed`")
    return "there are products to sell"


async def _capacity(adapters: Adapters, settings: Settings) -> str:
    now = adapters.clock().now()
    later = await adapters.stock_views().first_free_week(earliest_week(now, 7 * _LEAST_WEEKS), pairs=1)
    if later is None:
        raise Ailment(f"no week has room in {_LEAST_WEEKS} weeks: import a catalogue file with `capacity`")
    return f"weeks can be promised, {later} among them"


async def _redis(adapters: Adapters, settings: Settings) -> str:
    await adapters.redis().ping()
    return "Redis answers"


async def _gateway(adapters: Adapters, settings: Settings) -> str:
    if not settings.razorpay_url:
        return "Razorpay's sandbox is started by `shoes up`"
    answer = await adapters.http_client().get(
        f"{settings.razorpay_url}/orders",
        params={"count": 1},
        auth=(settings.razorpay_key_id, settings.razorpay_key_secret),
    )
    if answer.status_code == httpx.codes.UNAUTHORIZED:
        raise Ailment("Razorpay refuses the account: check SHOES_RAZORPAY_KEY_ID and SHOES_RAZORPAY_KEY_SECRET")
    if not answer.is_success:
        raise Ailment(f"{settings.razorpay_url} answers {answer.status_code}: check SHOES_RAZORPAY_URL")
    return f"{settings.razorpay_url} knows the account"


async def _pins(adapters: Adapters, settings: Settings) -> str:
    if adapters.pin_directory().find(PinCode("560001")) is None:
        raise Ailment("the PIN directory is damaged: install the project again")
    return "the PIN directory is readable"


CHECKS: Final[tuple[tuple[str, str, Check], ...]] = (
    ("database", "SHOES_DATABASE_URL", _database),
    ("schema", "SHOES_DATABASE_URL", _schema),
    ("catalogue", "SHOES_DATABASE_URL", _catalogue),
    ("capacity", "SHOES_DATABASE_URL", _capacity),
    ("redis", "SHOES_REDIS_URL", _redis),
    ("payments", "SHOES_RAZORPAY_URL", _gateway),
    ("pin codes", "the installation", _pins),
)


@click.command()
def doctor() -> None:
    """Check every dependency, say what is wrong and how to mend it. Exit code 1 when something is."""
    settings = settings_with_servers()
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
