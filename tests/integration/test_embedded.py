"""The embedded servers keep what they were given, through everything that happens to them on one machine."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import asyncpg
import psutil
import pytest
from redis import Redis
from redis.exceptions import AuthenticationError

from bootstrap.embedded import EmbeddedError, EmbeddedPostgres, EmbeddedRedis, free_port, require_free_port
from bootstrap.embedded.ground import prepare_directory

Server = EmbeddedPostgres | EmbeddedRedis

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}

both = pytest.mark.parametrize("kind", [EmbeddedPostgres, EmbeddedRedis])


async def _on_postgres(url: str, statement: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(statement)
    finally:
        await connection.close()


def keep(server: Server) -> None:
    """Store something that is wanted later."""
    if isinstance(server, EmbeddedPostgres):
        asyncio.run(_on_postgres(server.url, "CREATE TABLE kept AS SELECT 42 AS answer"))
    else:
        with Redis.from_url(server.url) as client:
            client.set("kept", "42")


def has_kept(server: Server) -> bool:
    """Whether it is there."""
    if isinstance(server, EmbeddedPostgres):
        return asyncio.run(_on_postgres(server.url, "SELECT answer FROM kept")) == 42
    with Redis.from_url(server.url) as client:
        return bool(client.get("kept") == b"42")


@contextmanager
def running(server: Server) -> Iterator[Server]:
    server.start()
    try:
        yield server
    finally:
        server.stop()


@both
def test_a_second_start_keeps_the_data(kind: type[Server], tmp_path: Path) -> None:
    """What was stored before an orderly stop is there after the next start, of the same object and of a new one."""
    server = kind(tmp_path)
    with running(server):
        keep(server)
        url = server.url
    with running(server):
        assert server.url == url, "clients would not find it again"
        assert has_kept(server)
    with running(kind(tmp_path)) as another:
        assert has_kept(another)


@both
def test_a_start_after_a_crash_keeps_the_data(kind: type[Server], tmp_path: Path) -> None:
    """SIGKILL of the server loses nothing that it had acknowledged."""
    server = kind(tmp_path)
    server.start()
    keep(server)
    server.kill()
    with running(server):
        assert has_kept(server)


OWNER = """
import signal, sys, threading
from pathlib import Path
from bootstrap import embedded
from tests.integration.test_embedded import keep

def serve():
    server.start()
    keep(server)

server = getattr(embedded, sys.argv[1])(Path(sys.argv[2]))
if sys.argv[3] == "thread":  # the kernel then does not tell the server of the owner's death
    thread = threading.Thread(target=serve)
    thread.start()
    thread.join()
else:
    serve()
print(server.pid, flush=True)
signal.pause()
"""


@contextmanager
def orphaned(kind: type[Server], directory: Path, thread: str) -> Iterator[psutil.Process]:
    """A server that has kept something, and whose owner, who had started it from `thread` or main, was killed."""
    arguments = [sys.executable, "-c", OWNER, kind.__name__, str(directory), thread]
    with subprocess.Popen(arguments, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True) as owner:
        try:
            assert owner.stdout is not None
            server = psutil.Process(int(owner.stdout.readline()))
        finally:
            owner.kill()
    try:
        yield server
    finally:
        with suppress(psutil.NoSuchProcess):
            server.kill()


@both
def test_an_orphan_is_replaced(kind: type[Server], tmp_path: Path) -> None:
    """A server left running by an owner that was killed is stopped by the next start, and nothing is lost."""
    with orphaned(kind, tmp_path, "thread") as orphan:
        url = kind.running_url(tmp_path)
        assert url is not None
        assert orphan.is_running()
        with running(kind(tmp_path)) as successor:
            assert not orphan.is_running()
            assert has_kept(successor)
            assert kind.running_url(tmp_path) == successor.url
    assert kind.running_url(tmp_path) is None


@both
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent died")
def test_a_server_stops_when_its_owner_is_killed(kind: type[Server], tmp_path: Path) -> None:
    """The server does not outlive an owner that had no time to stop it."""
    with orphaned(kind, tmp_path, "main") as orphan:
        orphan.wait(timeout=10)
    with running(kind(tmp_path)) as successor:
        assert has_kept(successor)


def test_a_stranger_with_the_pid_of_the_dead_is_no_obstacle(tmp_path: Path) -> None:
    """Process ids are given out again; what postmaster.pid says after a crash is not believed."""
    server = EmbeddedPostgres(tmp_path)
    server.start()
    keep(server)
    user = psutil.Process(server.pid).uids().real
    server.kill()
    pid_file = tmp_path / "data" / "postmaster.pid"
    with subprocess.Popen(["/bin/sleep", "60"], user=user) as stranger:
        pid_file.write_text(pid_file.read_text().replace(pid_file.read_text().split()[0], str(stranger.pid)))
        try:
            with running(server):
                assert has_kept(server)
            assert stranger.poll() is None
        finally:
            stranger.kill()


@both
def test_another_port_is_taken_when_the_old_one_is_busy(kind: type[Server], tmp_path: Path) -> None:
    """A port that somebody else took meanwhile is no reason not to start."""
    server = kind.throwaway(tmp_path)
    with running(server):
        url = server.url
    port = int(url.rpartition(":")[2].partition("/")[0])
    with socket.create_server(("127.0.0.1", port)), running(server):
        assert server.url != url


@both
def test_a_port_lost_at_the_last_moment_is_replaced(kind: type[Server], tmp_path: Path) -> None:
    """The server tries again when its port is taken between the look and the start."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ports = [taken.getsockname()[1]]

        class Unlucky(kind):  # type: ignore[misc,valid-type]  # a class chosen by the parameter
            def _serve(self, port: int) -> None:
                super()._serve(ports.pop() if ports else port)

        with running(Unlucky.throwaway(tmp_path)) as server:
            keep(server)
            assert has_kept(server)


@both
def test_a_file_in_the_way_is_one_clear_line(kind: type[Server], tmp_path: Path) -> None:
    """A directory that can't be made is told with its name and the reason."""
    (tmp_path / "var").write_text("not a directory")
    with pytest.raises(EmbeddedError, match=r"var/server cannot be written: Not a directory$"):
        kind(tmp_path / "var" / "server").start()


def test_an_unwritable_directory_is_one_clear_line(tmp_path: Path) -> None:
    """A directory without the right to write is told with its name and the reason."""
    tmp_path.chmod(0o555)
    try:
        with as_ordinary_user(), pytest.raises(EmbeddedError, match=r"var cannot be written: Permission denied$"):
            prepare_directory(tmp_path / "var")
    finally:
        tmp_path.chmod(0o755)


@contextmanager
def as_ordinary_user() -> Iterator[None]:
    """Permissions bind us, also when the tests run as root."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)


def test_a_full_disk_is_one_clear_line(tmp_path: Path) -> None:
    """Too little space is told before anything is written."""
    with pytest.raises(EmbeddedError, match=r"^the disk of .* is full: \d+ MiB free, \d+ MiB needed$"):
        prepare_directory(tmp_path, free_bytes=1 << 60)


def test_a_cluster_that_cannot_start_says_why(tmp_path: Path) -> None:
    """The line that PostgreSQL logged is part of the error."""
    with pytest.raises(EmbeddedError, match=r"postgres exited with code 1: .*FATAL.*max_connections"):
        EmbeddedPostgres.throwaway(tmp_path, max_connections="many").start()


def test_an_interrupted_creation_is_begun_again(tmp_path: Path) -> None:
    """A half-made cluster of a run that was killed is not taken for one."""
    (tmp_path / "data.new").mkdir(parents=True)
    (tmp_path / "data.new" / "PG_VERSION").write_text("18\n")
    with running(EmbeddedPostgres.throwaway(tmp_path)) as server:
        keep(server)
        assert has_kept(server)


def test_a_directory_that_everybody_can_enter_will_do() -> None:
    """As root, PostgreSQL needs no capability there; the other tests' directories are closed to its account."""
    with tempfile.TemporaryDirectory() as directory:
        Path(directory).chmod(0o755)
        with running(EmbeddedPostgres.throwaway(Path(directory) / "var")) as server:
            keep(server)
            assert has_kept(server)


def test_the_password_is_asked_for(tmp_path: Path) -> None:
    """Other users of the machine can reach the port, not the data."""
    with running(EmbeddedPostgres.throwaway(tmp_path / "p")) as postgres:
        with pytest.raises(asyncpg.InvalidPasswordError):
            asyncio.run(_on_postgres(postgres.url.replace("shoes:", "shoes:not"), "SELECT 1"))
        assert (tmp_path / "p" / "password").stat().st_mode & 0o077 == 0
    with running(EmbeddedRedis.throwaway(tmp_path / "r")) as redis:
        with (
            Redis.from_url(redis.url.replace("redis://:", "redis://:not")) as client,
            pytest.raises(AuthenticationError),
        ):
            client.ping()
        assert (tmp_path / "r" / "redis.conf").stat().st_mode & 0o077 == 0


def test_a_busy_port_is_one_clear_line() -> None:
    """The port that somebody else listens on is named."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(EmbeddedError, match=rf"^port {port} of 127.0.0.1 is in use by another program$"):
            require_free_port(port)
        assert free_port(preferred=port) != port
    require_free_port(port)
