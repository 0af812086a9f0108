"""What can go wrong with the shop's own processes, told in one line."""

from __future__ import annotations


class EmbeddedError(Exception):
    """The message is one line for the person at the terminal: what is wrong and, where known, the way out."""


class AlreadyRunning(EmbeddedError):
    """Another supervisor holds the directory."""


class ServiceDied(EmbeddedError):
    """A process ended that should have gone on, or failed at what it was started for."""


class Interrupted(Exception):  # a wish of the person, not an error
    """SIGINT, SIGTERM or SIGHUP came in while something was waited for."""
