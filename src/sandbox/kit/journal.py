"""What happened, one change a line, so that a restarted sandbox still knows what it held."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from sandbox.kit.serve import CannotStart

Entity = TypeVar("Entity")


class JournalDamaged(CannotStart):
    """A line in the middle of a journal can't be read: the file was touched by something else."""

    def __init__(self, path: Path, line: int) -> None:
        super().__init__(f"{path}: line {line} is not a change of this sandbox; move the file away to start empty")
        self.line = line


class Journal(Generic[Entity]):
    """An append-only file of JSON lines; each is the list of entities that one change left behind.

    A change is on its line entirely or not at all: a last line without an end (the process
    was killed, the disk was full) is cut off. Survives the death of the process, not of the
    machine: nothing is fsynced.
    """

    def __init__(self, path: Path, changes: msgspec.json.Decoder[list[Entity]]) -> None:
        """Open or create it; the folder must exist. Raises OSError."""
        self._path = path
        self._changes = changes
        self._file = path.open("ab+", buffering=0)

    def replay(self) -> list[Entity]:
        """All that was appended, oldest first; the last entity of an id is how it is now. Raises JournalDamaged."""
        self._file.seek(0)
        *lines, torn = self._file.read().split(b"\n")
        if torn:
            self._file.truncate(self._file.tell() - len(torn))
        entities: list[Entity] = []
        for number, line in enumerate(lines, start=1):
            try:
                entities += self._changes.decode(line)
            except ValueError:  # msgspec's errors, and bytes that aren't UTF-8
                raise JournalDamaged(self._path, number) from None
        return entities

    def append(self, entities: Sequence[Entity]) -> None:
        """Write one change. Raises OSError, and then nothing of it is in the file."""
        line = msgspec.json.encode(entities) + b"\n"
        end = self._file.seek(0, 2)
        try:
            written = self._file.write(line)
        except OSError:
            self._file.truncate(end)
            raise
        if written != len(line):
            self._file.truncate(end)
            raise OSError(f"{self._path} took only {written} of {len(line)} bytes")

    def close(self) -> None:
        """Nothing can be appended any more."""
        self._file.close()
