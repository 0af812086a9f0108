"""The text of a file, and where its lines begin."""

from __future__ import annotations

import re
from bisect import bisect_right
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from domain.errors import DomainError

MOST_BYTES: Final = 32 * 1024 * 1024
"""The largest file that is read; 30 times the size of a catalogue of a thousand products."""

_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_LINE_END_BYTES: Final = re.compile(rb"\r\n|\r|\n")


class UnreadableFile(DomainError):
    """A file can't be taken row by row at all. `line` counts from 1; None when no line is to blame."""

    code = "validation-error"

    def __init__(self, path: Path, line: int | None, reason: str) -> None:
        super().__init__(f"{path}: {reason}" if line is None else f"{path}, line {line}: {reason}")
        self.path = path
        self.line = line
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Source:
    """What a file says. Lines end with LF, CRLF or CR."""

    path: Path
    text: str
    _line_starts: list[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        starts = [0, *(end.end() for end in _LINE_END.finditer(self.text))]
        object.__setattr__(self, "_line_starts", starts)

    @classmethod
    def read(cls, path: Path) -> Source:
        """The text of a UTF-8 file, with or without a byte order mark.

        Raises UnreadableFile when it can't be read, is too large, empty, or not UTF-8.
        """
        try:
            with path.open("rb") as opened:
                content = opened.read(MOST_BYTES + 1)
        except OSError as error:
            raise UnreadableFile(path, None, error.strerror or "can't be read") from error
        if len(content) > MOST_BYTES:
            raise UnreadableFile(path, None, f"larger than {MOST_BYTES // 1024**2} MiB; import it in parts")
        if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
            raise UnreadableFile(path, 1, "this is UTF-16; save the file as UTF-8")
        content = content.removeprefix(BOM_UTF8)
        try:
            text = content.decode()
        except UnicodeDecodeError as error:
            line = len(_LINE_END_BYTES.findall(content, 0, error.start)) + 1
            reason = f"byte 0x{content[error.start]:02X} is not UTF-8; save the file as UTF-8"
            raise UnreadableFile(path, line, reason) from error
        if not text.strip():
            raise UnreadableFile(path, 1, "the file is empty")
        return cls(path, text)

    def line_at(self, offset: int) -> int:
        """The line, counted from 1, on which a character stands."""
        return bisect_right(self._line_starts, offset)

    def unreadable(self, line: int, reason: str) -> UnreadableFile:
        """The error that says what is wrong where."""
        return UnreadableFile(self.path, line, reason)
