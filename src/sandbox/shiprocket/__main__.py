"""Serves the sandbox until SIGTERM or Ctrl-C."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

import click
import msgspec
from litestar import Litestar

from sandbox.kit.journal import Journal
from sandbox.kit.serve import address_options, serve
from sandbox.shiprocket.app import ApiUser, ShopWebhook, create_app
from sandbox.shiprocket.entities import Entity
from sandbox.shiprocket.ledger import Ledger
from sandbox.shiprocket.traffic import BY_HAND

_FORBIDDEN: Final = ("shiprocket", "kartrocket", "sr", "kr")
_SECONDS: Final[click.ParamType[float]] = click.FloatRange(0, 3600)
_CHANGES: Final = msgspec.json.Decoder(list[Entity])


def _step_seconds(ctx: click.Context, param: click.Parameter, value: str) -> float:
    return BY_HAND if value == "manual" else float(_SECONDS.convert(value, param, ctx))


def _permitted(ctx: click.Context, param: click.Parameter, url: str | None) -> str | None:
    """Shiprocket's panel takes no URL with these words in it, wherever they stand."""
    for word in _FORBIDDEN:
        if url is not None and word in url.lower():
            raise click.BadParameter(f'the URL may not contain "{word}": Shiprocket refuses it')
    return url


@click.command(name="python -m sandbox.shiprocket")
@address_options
@click.option("--email", required=True, help="The API user's e-mail address.")
@click.option("--password", required=True, help="The API user's password.")
@click.option("--webhook-url", callback=_permitted, help="Where parcels are told of; without it, nowhere.")
@click.option("--webhook-key", default="", help="Sent along as x-api-key.")
@click.option("--state", type=click.Path(path_type=Path), help="File to remember orders in; without it, none survive.")
@click.option(
    "--step-seconds",
    callback=_step_seconds,
    default="2",
    show_default=True,
    help='How long a parcel takes for a step; 0 or "manual": it waits for _control/parcels/…/advance.',
)
def main(
    host: str,
    port: int,
    email: str,
    password: str,
    webhook_url: str | None,
    webhook_key: str,
    state: Path | None,
    step_seconds: float,
) -> None:
    """A local stand-in for Shiprocket's API, at http://HOST:PORT/v1/external."""

    @contextmanager
    def sandbox() -> Iterator[Litestar]:
        user, webhook = ApiUser(email=email, password=password), ShopWebhook(url=webhook_url, key=webhook_key)
        with _books(state) as ledger:
            yield create_app(ledger, user, webhook, step_seconds=step_seconds)

    serve(sandbox(), host, port)


@contextmanager
def _books(state: Path | None) -> Iterator[Ledger]:
    if state is None:
        yield Ledger()
        return
    with closing(Journal(state, _CHANGES)) as journal:
        yield Ledger(past=journal.replay(), record=journal.append)


if __name__ == "__main__":
    main()
