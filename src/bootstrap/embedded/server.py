"""What the embedded servers have in common: a directory, a port of the loopback interface, a URL."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

from bootstrap.embedded.failure import EmbeddedError
from bootstrap.embedded.ground import free_port
from bootstrap.embedded.service import Service, turn_over


class Server(Service):
    """A service on `directory`, reached by `url`.

    A later `start()` of the same object keeps the port as long as it is free, and so the URL.
    """

    address_in_use: ClassVar[str]  # what the log says when the port was taken

    def __init__(self, name: str, directory: Path, settings: Mapping[str, str]) -> None:
        self.directory = directory.resolve()
        self.settings = settings
        self._data = self.directory / "data"
        self._log = self.directory / f"{name}.log"
        self._port: int | None = None
        super().__init__(name, self._log)

    @classmethod
    @abstractmethod
    def running_url(cls, directory: Path) -> str | None:
        """The URL of the server that now runs on `directory`, whoever started it; None where none does."""

    @property
    def url(self) -> str:
        """Where clients connect, with the password; from the first `start()` on."""
        if self._port is None:
            raise EmbeddedError(f"{self.name} was not started")
        return self._url(self._port)

    def start(self) -> str:
        """Create what is missing, recover from a crash, serve. Returns `url` when clients can connect."""
        self.launch()
        try:
            self.await_ready()
        except BaseException:
            self.stop()
            raise
        return self.url

    def retry(self) -> bool:
        if self.address_in_use not in self._log.read_text(errors="replace"):
            return False
        self._listen()  # somebody took the port between our look and our start
        return True

    def _listen(self) -> None:
        """Start the process on a port that is free right now."""
        turn_over(self._log)
        self._port = free_port(self._port)
        self._serve(self._port)

    @abstractmethod
    def _serve(self, port: int) -> None: ...

    @abstractmethod
    def _url(self, port: int) -> str: ...
