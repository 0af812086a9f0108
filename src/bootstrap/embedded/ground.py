"""The ground that servers stand on: a directory that can be written, a port that is free."""

from __future__ import annotations

import errno
import os
import random
import shutil
import socket
from pathlib import Path

from bootstrap.embedded.failure import EmbeddedError

LOOPBACK = "127.0.0.1"

# Outside the ephemeral ranges (Linux from 32768, macOS from 49152). A client that keeps dialling a stopped
# server on an ephemeral port of this machine ends up connected to itself, and then the port is taken.
_PORTS = range(15_000, 32_000)

# A new cluster takes 46 MiB; with less than this, its first hours would fill the disk.
_FREE_BYTES = 64 * 1024 * 1024


def prepare_directory(path: Path, free_bytes: int = _FREE_BYTES) -> None:
    """Create `path` where it is missing; raise `EmbeddedError` unless it can be written and has `free_bytes`."""
    probe = path / f".probe-{os.getpid()}"
    try:
        path.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"x")
        probe.unlink()
        free = shutil.disk_usage(path).free
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise EmbeddedError(f"the disk of {path} is full") from error
        raise EmbeddedError(f"{path} cannot be written: {error.strerror}") from error
    if free < free_bytes:
        raise EmbeddedError(f"the disk of {path} is full: {free >> 20} MiB free, {free_bytes >> 20} MiB needed")


def free_port(preferred: int | None = None) -> int:
    """A TCP port of the loopback interface that nobody listens on now: `preferred` if that is one."""
    candidates = random.sample(_PORTS, 100)
    for port in candidates if preferred is None else [preferred, *candidates]:
        if is_free(port):
            return port
    raise EmbeddedError(f"no free port among {len(candidates)} tried between {_PORTS.start} and {_PORTS.stop}")


def free_ports(count: int) -> list[int]:
    """That many free ports, all different."""
    ports: dict[int, None] = {}
    while len(ports) < count:
        ports[free_port()] = None
    return list(ports)


def is_free(port: int, host: str = LOOPBACK) -> bool:
    """Whether a server could listen on `port` of `host` now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # connections in TIME_WAIT do not count
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return False
            raise EmbeddedError(f"cannot listen on {host}:{port}: {error.strerror}") from error
    return True


def require_free_port(port: int, host: str = LOOPBACK) -> None:
    """Raise `EmbeddedError` when somebody else listens on `port`."""
    if not is_free(port, host):
        raise EmbeddedError(f"port {port} of {host} is in use by another program")
