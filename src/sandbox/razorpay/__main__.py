"""Serves the sandbox until SIGTERM or Ctrl-C."""

from __future__ import annotations

import asyncio
import signal
import socket
from contextlib import ExitStack, closing
from pathlib import Path

import click
import uvloop
from granian.constants import Interfaces
from granian.server.embed import Server
from litestar import Litestar

from sandbox.razorpay.app import create_app
from sandbox.razorpay.journal import Journal, JournalDamaged
from sandbox.razorpay.ledger import Ledger


@click.command(name="python -m sandbox.razorpay")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), required=True, help="Port to listen on.")
@click.option("--key-id", required=True, help="The account's key id (rzp_test_…).")
@click.option("--key-secret", required=True, help="The account's key secret.")
@click.option("--state", type=click.Path(path_type=Path), help="File to remember orders in; without it, none survive.")
def main(host: str, port: int, key_id: str, key_secret: str, state: Path | None) -> None:
    """A local stand-in for Razorpay's API, at http://HOST:PORT/v1."""
    try:
        _refuse_busy(host, port)
        with ExitStack() as opened:
            if state is None:
                ledger = Ledger(key_secret)
            else:
                journal = opened.enter_context(closing(Journal(state)))
                ledger = Ledger(key_secret, past=journal.replay(), record=journal.append)
            uvloop.run(_serve(create_app(ledger, key_id=key_id, key_secret=key_secret), host, port))
    except (OSError, JournalDamaged) as problem:
        raise click.ClickException(str(problem)) from None


async def _serve(app: Litestar, host: str, port: int) -> None:
    # Granian's embedded server keeps everything in this process and on this loop: the ledger has one owner.
    server = Server(app, address=host, port=port, interface=Interfaces.ASGI, backlog=1024, log_enabled=False)
    loop = asyncio.get_running_loop()
    for each in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(each, server.stop)
    await server.serve()


def _refuse_busy(host: str, port: int) -> None:
    """Granian shares a port that others listen on (SO_REUSEPORT), which would split the customers in two."""
    try:
        socket.create_server((host, port)).close()
    except OSError as problem:
        raise OSError(f"{host}:{port} can't be listened on: {problem.strerror}") from None


if __name__ == "__main__":
    main()
