"""A sandbox as a process: it serves until SIGTERM or Ctrl-C, or says in one line why it can't."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, Final, TypeVar

import click
import uvloop
from granian.constants import Interfaces
from granian.server.embed import Server
from litestar import Litestar

_Command = TypeVar("_Command", bound=Callable[..., Any])  # Any: of whatever options

_OPTIONS: Final = (
    click.option("--port", type=click.IntRange(1, 65535), required=True, help="Port to listen on."),
    click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on."),
)


class CannotStart(Exception):
    """What a sandbox needs is not there, in one line."""


def address_options(command: _Command) -> _Command:
    """`--host` and `--port`, for the command of a sandbox."""
    for option in _OPTIONS:
        command = option(command)
    return command


def serve(sandbox: AbstractContextManager[Litestar], host: str, port: int) -> None:
    """Open a sandbox, serve it, close it. It is opened only when the address is free.

    Raises click.ClickException when the address or what `sandbox` needs (OSError, CannotStart) can't be had.
    """
    try:
        _refuse_busy(host, port)
        with sandbox as app:
            uvloop.run(_serve(app, host, port))
    except (OSError, CannotStart) as problem:
        raise click.ClickException(str(problem)) from None


async def _serve(app: Litestar, host: str, port: int) -> None:
    # Granian's embedded server keeps everything in this process and on this loop: what a sandbox holds has one owner.
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
