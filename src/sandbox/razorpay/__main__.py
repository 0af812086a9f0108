"""Serves the sandbox until SIGTERM or Ctrl-C."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import click
import msgspec
from litestar import Litestar

from sandbox.kit.journal import Journal
from sandbox.kit.serve import address_options, serve
from sandbox.kit.webhooks import WebhookSender
from sandbox.razorpay.app import create_app
from sandbox.razorpay.entities import Entity
from sandbox.razorpay.events import announcing, razorpay_webhooks
from sandbox.razorpay.ledger import Ledger


@click.command(name="python -m sandbox.razorpay")
@address_options
@click.option("--key-id", required=True, help="The account's key id (rzp_test_…).")
@click.option("--key-secret", required=True, help="The account's key secret.")
@click.option("--state", type=click.Path(path_type=Path), help="File to remember orders in; without it, none survive.")
@click.option("--webhook-url", help="Where events are posted; without it, they are only listed.")
@click.option("--webhook-secret", default="sandbox-webhook-secret", help="What they are signed with.")
def main(
    *,
    host: str,
    port: int,
    key_id: str,
    key_secret: str,
    state: Path | None,
    webhook_url: str | None,
    webhook_secret: str,
) -> None:
    """A local stand-in for Razorpay's API, at http://HOST:PORT/v1."""
    webhooks = razorpay_webhooks(webhook_url, webhook_secret)
    serve(_opened(key_id, key_secret, state, webhooks), host, port)


@contextmanager
def _opened(key_id: str, key_secret: str, state: Path | None, webhooks: WebhookSender) -> Iterator[Litestar]:
    announce = announcing(webhooks, time.time)
    if state is None:
        yield create_app(Ledger(key_secret, announce=announce), webhooks, key_id=key_id, key_secret=key_secret)
        return
    with closing(Journal(state, msgspec.json.Decoder(list[Entity]))) as journal:
        ledger = Ledger(key_secret, past=journal.replay(), record=journal.append, announce=announce)
        yield create_app(ledger, webhooks, key_id=key_id, key_secret=key_secret)


if __name__ == "__main__":
    main()
