"""What can't be read as text is one clear error, with the line."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.files import source
from adapters.files.source import Source, UnreadableFile


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (b"", 1, "the file is empty"),
        (b"\xef\xbb\xbf \r\n", 1, "the file is empty"),
        (b"one\r\ntwo\nthr\xe9e\n", 3, "byte 0xE9 is not UTF-8; save the file as UTF-8"),
        (b"one\rtwo\r\xff\n", 3, "byte 0xFF is not UTF-8; save the file as UTF-8"),
        ("one".encode("utf-16"), 1, "this is UTF-16; save the file as UTF-8"),
    ],
)
def test_what_is_no_text(tmp_path: Path, content: bytes, line: int, reason: str) -> None:
    """Empty, of another encoding, broken."""
    path = tmp_path / "file.csv"
    path.write_bytes(content)

    with pytest.raises(UnreadableFile) as unreadable:
        Source.read(path)

    assert (unreadable.value.line, unreadable.value.reason) == (line, reason)
    assert str(unreadable.value) == f"{path}, line {line}: {reason}"


def test_what_is_no_file(tmp_path: Path) -> None:
    """The operating system's word, and no traceback."""
    with pytest.raises(UnreadableFile, match="No such file"):
        Source.read(tmp_path / "missing.json")
    with pytest.raises(UnreadableFile, match="Is a directory"):
        Source.read(tmp_path)


def test_a_huge_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One byte more than is allowed is as far as reading goes."""
    path = tmp_path / "file.csv"
    path.write_bytes(b"x" * 11)
    monkeypatch.setattr(source, "MOST_BYTES", 10)

    with pytest.raises(UnreadableFile, match="larger than"):
        Source.read(path)


def test_lines_end_as_any_system_ends_them(tmp_path: Path) -> None:
    """LF, CRLF, CR; a byte order mark is no part of the text."""
    path = tmp_path / "file.csv"
    path.write_bytes(b"\xef\xbb\xbfa\nb\r\nc\rd")

    read = Source.read(path)

    assert read.text == "a\nb\r\nc\rd"
    assert [read.line_at(read.text.index(letter)) for letter in "abcd"] == [1, 2, 3, 4]
