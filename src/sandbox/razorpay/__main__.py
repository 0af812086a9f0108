"""Serves the sandbox until SIGTERM or Ctrl-C."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import click
import msgspec
from litestar import Litestar

from sandbox.kit.journal import Journal
from sandbox.kit.serve import address_options, serve
from sandbox.razorpay.app import create_app
from sandbox.razorpay.entities import Entity
from sandbox.razorpay.ledger import Ledger


@click.command(name="python -m sandbox.razorpay")
@address_options
@click.option("--key-id", required=True, help="The account's key id (rzp_test_…).")
@click.option("--key-secret", required=True, help="The account's key secret.")
@click.option("--state", type=click.Path(path_type=Path), help="File to remember orders in; without it, none survive.")
def main(host: str, port: int, key_id: str, key_secret: str, state: Path | None) -> None:
    """A local stand-in for Razorpay's API, at http://HOST:PORT/v1."""
    serve(_opened(key_id, key_secret, state), host, port)


@contextmanager
def _opened(key_id: str, key_secret: str, state: Path | None) -> Iterator[Litestar]:
    if state is None:
        yield create_app(Ledger(key_secret), key_id=key_id, key_secret=key_secret)
        return
    with closing(Journal(state, msgspec.json.Decoder(list[Entity]))) as journal:
        ledger = Ledger(key_secret, past=journal.replay(), record=journal.append)
        yield create_app(ledger, key_id=key_id, key_secret=key_secret)


if __name__ == "__main__":
    main()
