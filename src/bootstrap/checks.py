"""What `shoes doctor` looks at."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final
from urllib.parse import urlsplit

import httpx

from adapters.db.migrations import is_current
from adapters.db.session import Statement
from adapters.worker.app import make_app
from bootstrap.adapters import Adapters
from bootstrap.settings import Settings
from domain.customers.pincode import PinCode
from domain.inventory.capacity import earliest_week

_LEAST_WEEKS: Final = 8
_MOST_WAITING: Final = 1_000
_SMTP_PORTS: Final = {"smtp": 587, "smtps": 465}

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


async def _broker(adapters: Adapters, settings: Settings) -> str:
    def connect() -> None:
        with make_app(settings.task_broker_url).connection_for_write() as connection:
            connection.ensure_connection(max_retries=1, timeout=2)

    await asyncio.to_thread(connect)
    return "the broker of tasks answers"


async def _events(adapters: Adapters, settings: Settings) -> str:
    backlog = await adapters.event_views().backlog()
    if backlog.dead:
        raise Ailment(f"{backlog.dead} deliveries wait for an operator: see `shoes events list --dead`")
    if backlog.in_outbox > _MOST_WAITING:
        raise Ailment(f"{backlog.in_outbox} events wait for a relay: does `shoes relay` run?")
    return f"{backlog.in_outbox + backlog.pending} events and deliveries wait, none is dead"


async def _carrier(adapters: Adapters, settings: Settings) -> str:
    if settings.carrier == "manual":
        return "parcels are handed in by hand"
    answer = await adapters.shiprocket_client().get("/settings/company/pickup")
    if f'"{settings.shiprocket_pickup}"'.encode() not in answer.body:
        raise Ailment(
            f"Shiprocket knows no pickup address {settings.shiprocket_pickup!r}: check SHOES_SHIPROCKET_PICKUP"
        )
    return f"{settings.shiprocket_url} knows the account and its pickup address"


async def _mail(adapters: Adapters, settings: Settings) -> str:
    where = urlsplit(settings.mail_url)
    match where.scheme:
        case "http" | "https":
            await adapters.http_client().get(settings.mail_url, timeout=3)
        case "smtp" | "smtps":
            _, writer = await asyncio.open_connection(where.hostname, where.port or _SMTP_PORTS[where.scheme])
            writer.close()
        case _:
            return f"mail is kept in {where.path or settings.var / 'mail'}"
    return f"{where.hostname} answers"


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
    ("broker", "SHOES_BROKER_URL", _broker),
    ("events", "SHOES_DATABASE_URL", _events),
    ("payments", "SHOES_RAZORPAY_URL", _gateway),
    ("carrier", "SHOES_SHIPROCKET_URL, SHOES_SHIPROCKET_EMAIL and SHOES_SHIPROCKET_PASSWORD", _carrier),
    ("mail", "SHOES_MAIL_URL", _mail),
    ("pin codes", "the installation", _pins),
)
