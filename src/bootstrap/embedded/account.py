"""Whom PostgreSQL runs as. It refuses to be root; everybody else runs it as themselves.

Root hands it to the owner of the data, or to `nobody` for new data: no account is created and the permissions
of directories above the data stay as they are. Where such a directory is closed to that account (a checkout
below /root, a temporary directory), the process keeps the one capability that opens it.
"""

from __future__ import annotations

import ctypes
import os
import pwd
import stat
import struct
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bootstrap.embedded.failure import EmbeddedError

# <linux/prctl.h>, <linux/capability.h>
_PR_SET_KEEPCAPS = 8
_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_RAISE = 47, 2
_CAPABILITY_VERSION_3 = 0x20080522
_CAP_DAC_OVERRIDE = 1

_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True, slots=True)
class Account:
    """The user and group of a process to be; `opens_directories` when it keeps CAP_DAC_OVERRIDE."""

    uid: int
    gid: int
    opens_directories: bool

    def assume(self) -> None:
        """Become this account, for good. Only for the moment between fork and exec; raises OSError."""
        if self.opens_directories:
            _check(_libc.prctl(_PR_SET_KEEPCAPS, 1, 0, 0, 0))
        os.setgroups([])
        os.setgid(self.gid)
        os.setuid(self.uid)
        if self.opens_directories:
            kept = 1 << _CAP_DAC_OVERRIDE
            header = struct.pack("Ii", _CAPABILITY_VERSION_3, 0)
            _check(_libc.capset(header, struct.pack("6I", kept, kept, kept, 0, 0, 0)))
            _check(_libc.prctl(_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_RAISE, _CAP_DAC_OVERRIDE, 0, 0))


def account_for(data: Path, programs: Sequence[Path]) -> Account | None:
    """The account that may own `data` and run `programs`; None for the one that we are.

    Raises `EmbeddedError` when `data` is someone else's, or out of reach for whom root would hand it to.
    """
    owner = data.stat().st_uid if data.exists() else None
    if os.geteuid() != 0:
        if owner not in {None, os.geteuid()}:
            raise EmbeddedError(f"{data} belongs to {_name(owner or 0)}: run as that user, or as root")
        return None
    entry = _entry(owner)
    closed = [path for path in (data.parent, *programs) if not _is_open_to(path.resolve(), entry.pw_uid)]
    if closed and not _can_keep_capability():
        raise EmbeddedError(
            f"PostgreSQL does not run as root, and {entry.pw_name} cannot reach {closed[0]}: run as another user"
        )
    return Account(uid=entry.pw_uid, gid=entry.pw_gid, opens_directories=bool(closed))


def _entry(owner: int | None) -> pwd.struct_passwd:
    try:
        return pwd.getpwuid(owner) if owner else pwd.getpwnam("nobody")
    except KeyError as error:
        raise EmbeddedError(f"PostgreSQL does not run as root, and user {owner or 'nobody'} does not exist") from error


def _is_open_to(path: Path, uid: int) -> bool:
    """Whether user `uid` may search `path` and every directory above it (as owner or as anybody)."""
    states = [step.stat() for step in (path, *path.parents)]
    return all(state.st_mode & (stat.S_IXUSR if state.st_uid == uid else stat.S_IXOTH) for state in states)


def _can_keep_capability() -> bool:
    if sys.platform != "linux":
        return False
    status = Path("/proc/self/status").read_text()
    permitted = next(line.split()[1] for line in status.splitlines() if line.startswith("CapPrm:"))
    return bool(int(permitted, 16) & 1 << _CAP_DAC_OVERRIDE)


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"


def _check(result: int) -> None:
    if result != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
