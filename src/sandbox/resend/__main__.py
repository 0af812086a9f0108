"""Serves the sandbox until SIGTERM or Ctrl-C."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import click
import msgspec
from litestar import Litestar

from sandbox.kit.journal import Journal
from sandbox.kit.serve import CannotStart, address_options, serve
from sandbox.kit.webhooks import WebhookSender
from sandbox.resend.app import create_app
from sandbox.resend.entities import Kept
from sandbox.resend.events import Event, svix_signer
from sandbox.resend.mailroom import Mailroom
from sandbox.resend.rate_limit import RateLimit


@click.command(name="python -m sandbox.resend")
@address_options
@click.option("--api-key", required=True, help="The team's API key (re_…).")
@click.option("--webhook-url", help="Where events are told; without it, they are only listed.")
@click.option("--webhook-secret", required=True, help="The endpoint's signing secret (whsec_…).")
@click.option("--rate-limit", type=click.IntRange(0), default=0, help="Requests a second; default: no limit.")
@click.option("--state", type=click.Path(path_type=Path), help="File to remember mails in; without it, none survive.")
def main(
    *,
    host: str,
    port: int,
    api_key: str,
    webhook_url: str | None,
    webhook_secret: str,
    rate_limit: int,
    state: Path | None,
) -> None:
    """A local stand-in for Resend's API, at http://HOST:PORT; a page there shows the mails."""
    serve(_opened(api_key, webhook_url, webhook_secret, rate_limit, state), host, port)


@contextmanager
def _opened(
    api_key: str, webhook_url: str | None, webhook_secret: str, rate_limit: int, state: Path | None
) -> Iterator[Litestar]:
    try:
        signer = svix_signer(webhook_secret)
    except ValueError:
        raise CannotStart("--webhook-secret: not whsec_ and base64") from None
    webhooks = WebhookSender(webhook_url, sign=signer, signature_header="svix-signature")

    def tell(event: Event) -> None:
        webhooks.send(f"msg_{uuid.uuid4().hex}", event.type, msgspec.json.encode(event))

    if state is None:
        yield create_app(Mailroom(tell=tell), webhooks, api_key=api_key, limit=RateLimit(rate_limit))
        return
    with closing(Journal(state, msgspec.json.Decoder(list[Kept]))) as journal:
        mailroom = Mailroom(past=journal.replay(), record=journal.append, tell=tell)
        yield create_app(mailroom, webhooks, api_key=api_key, limit=RateLimit(rate_limit))


if __name__ == "__main__":
    main()
