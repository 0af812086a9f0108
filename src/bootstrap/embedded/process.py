"""Starting, finding and ending processes."""

from __future__ import annotations

import ctypes
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import psutil

from bootstrap.embedded.account import Account
from bootstrap.embedded.failure import EmbeddedError

_PR_SET_PDEATHSIG = 1  # <linux/prctl.h>
_libc = ctypes.CDLL(None, use_errno=True)

_TELLING = re.compile(r"PANIC|FATAL|[Ee]rror|[Cc]an't|[Cc]annot|[Cc]ould not")


def spawn(
    argv: Sequence[str | Path],
    *,
    env: Mapping[str, str],
    orphaned: signal.Signals,
    log: Path | None = None,
    account: Account | None = None,
) -> subprocess.Popen[bytes]:
    """Start `argv` in a session of its own, so that Ctrl-C in the terminal reaches only us, who stop it in order.

    Its output goes to `log`, or to ours. On Linux it gets `orphaned` when we die without stopping it, be it by
    SIGKILL; to be exact when the calling thread ends, so only the main thread arranges for that.
    """
    prepare = _before_exec(orphaned, account)
    try:
        if log is None:
            return _open(argv, env, None, prepare)
        with log.open("ab") as output:
            return _open(argv, env, output.fileno(), prepare)
    except (OSError, subprocess.SubprocessError) as error:
        raise EmbeddedError(f"{argv[0]} cannot be started: {error}") from error


def run_to_end(
    argv: Sequence[str | Path], *, env: Mapping[str, str], feed: str, account: Account | None = None
) -> None:
    """Run `argv` with `feed` on its standard input. Raises `EmbeddedError` with its telling line when it fails."""
    try:
        done = subprocess.run(
            [str(word) for word in argv],
            env=env,
            input=feed,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            start_new_session=True,
            preexec_fn=_before_exec(signal.SIGKILL, account),
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise EmbeddedError(f"{argv[0]} cannot be started: {error}") from error
    if done.returncode != 0:
        raise EmbeddedError(f"{Path(argv[0]).name} failed: {telling_line(done.stdout)}")


def telling_line(output: str) -> str:
    """The line of a program's output that best says what went wrong: a full disk, the last error, the last line."""
    lines = [line.strip() for line in output.splitlines()[-200:] if line.strip()]
    full = [line for line in lines if "No space left on device" in line]
    telling = full or [line for line in lines if _TELLING.search(line)] or lines
    return telling[-1] if telling else ""


def _open(
    argv: Sequence[str | Path], env: Mapping[str, str], output: int | None, prepare: Callable[[], None]
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [str(word) for word in argv],
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        start_new_session=True,
        preexec_fn=prepare,
    )


def _before_exec(orphaned: signal.Signals, account: Account | None) -> Callable[[], None]:
    parent = os.getpid()
    watches_parent = sys.platform == "linux" and threading.current_thread() is threading.main_thread()

    def prepare() -> None:
        if account is not None:
            account.assume()
        if watches_parent:  # after the change of account, which resets it
            _libc.prctl(_PR_SET_PDEATHSIG, int(orphaned), 0, 0, 0)
            if os.getppid() != parent:
                os.kill(os.getpid(), orphaned)

    return prepare


def end(process: subprocess.Popen[bytes], with_signal: signal.Signals, within: float) -> None:
    """Send a signal and wait for the end, at most `within` seconds. Does nothing when it has ended."""
    if process.poll() is None:
        process.send_signal(with_signal)
        with suppress(subprocess.TimeoutExpired):
            process.wait(within)


def at_work_in(directory: Path, program: str) -> list[psutil.Process]:
    """The processes called `program` whose working directory is `directory`.

    Servers change to their data directory, so this finds ours whoever started them; unlike a pid file it can't
    be stale and name a stranger.
    """
    found = []
    for process in psutil.process_iter(["name"]):
        with suppress(psutil.Error):
            if process.info["name"] == program and Path(process.cwd()) == directory.resolve():
                found.append(process)
    return found


def end_all(orphans: Iterable[psutil.Process], with_signal: signal.Signals, within: float) -> None:
    """Send a signal to processes that are not our children, and SIGKILL to those still there after `within` seconds."""
    remaining = list(orphans)
    for step, seconds in ((with_signal, within), (signal.SIGKILL, 2.0)):
        for process in remaining:
            with suppress(psutil.NoSuchProcess):
                process.send_signal(step)
        _, waited_for = psutil.wait_procs(remaining, timeout=seconds)
        remaining = [process for process in waited_for if not _is_zombie(process)]
    if remaining:
        raise EmbeddedError(f"process {remaining[0].pid} of an earlier run does not stop")


def _is_zombie(process: psutil.Process) -> bool:
    """Whether it has ended and only its new parent did not ask for the result, as in a container without an init."""
    try:
        return process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True
