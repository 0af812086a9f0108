"""Just enough HTTP/1.1 for a load generator: cheap, and strict about what it accepts."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

_MAX_HEAD: Final = 64 * 1024
_STATUS_LINE: Final = re.compile(rb"HTTP/1\.1 ([2-5][0-9]{2})(?: [^\r\n]*)?\r\n")
_FRAMING: Final = re.compile(rb"\r\n(content-length|transfer-encoding|connection):[ \t]*([^\r\n]*?)[ \t]*(?=\r\n)")
_CHUNK_LINE: Final = re.compile(rb"([0-9A-Fa-f]{1,8})(?:;[^\r\n]*)?\r\n")
_WITHOUT_BODY: Final = frozenset({204, 304})


class ProtocolViolation(Exception):
    """What came is no answer that this client takes; the connection can't be used any more."""


@dataclass(slots=True)
class Response:
    """One answer. `head` ends before the empty line."""

    status: int
    head: bytes
    body: bytes

    def header(self, name: str) -> str | None:
        """The first header of that name, in any case."""
        found = re.search(rb"\r\n" + re.escape(name.encode()) + rb":[ \t]*([^\r\n]*)", self.head, re.IGNORECASE)
        return found[1].decode("latin-1").strip() if found else None

    def json(self) -> Any:  # Any: a document of the API, whose shape the reader knows
        """The body, decoded."""
        return json.loads(self.body)


def request(method: str, path: str, host: str, headers: Mapping[str, str] | None = None, body: object = None) -> bytes:
    """A request to send as it is. `body` becomes JSON, unless it is bytes, which are; None sends none."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", "Accept: application/json"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    content = b""
    if body is not None:
        content = (
            body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        )
        lines += ["Content-Type: application/json", f"Content-Length: {len(content)}"]
    elif method != "GET":
        lines.append("Content-Length: 0")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + content


class ResponseReader:
    """Cuts answers out of what a connection delivers. One request at a time: nothing may follow an answer."""

    __slots__ = ("_buffer",)

    def __init__(self) -> None:
        self._buffer = b""

    def feed(self, received: bytes) -> Response | None:
        """The answer, once it is complete. Raises ProtocolViolation."""
        buffer = self._buffer + received if self._buffer else received
        response = _parsed(buffer)
        self._buffer = b"" if response else buffer
        return response


def _parsed(buffer: bytes) -> Response | None:
    end = buffer.find(b"\r\n\r\n")
    if end < 0:
        if len(buffer) > _MAX_HEAD:
            raise ProtocolViolation("the head of an answer does not end")
        return None
    status_line = _STATUS_LINE.match(buffer)
    if status_line is None:
        raise ProtocolViolation(f"not a status line: {buffer[:40]!r}")
    status, start = int(status_line[1]), end + 4
    length = _length(buffer[: end + 2].lower(), status)
    if length is None:
        return _chunked(buffer, start, status, end)
    return _whole(buffer, start, length, status, end)


def _length(head: bytes, status: int) -> int | None:
    """The length of the body; None for one in chunks."""
    fields: dict[bytes, bytes] = {}
    for name, value in _FRAMING.findall(head):
        if name in fields:
            raise ProtocolViolation(f"{name.decode()} twice")
        fields[name] = value
    if b"close" in fields.get(b"connection", b""):
        raise ProtocolViolation("the server closes the connection")
    length, coding = fields.get(b"content-length"), fields.get(b"transfer-encoding")
    if status in _WITHOUT_BODY:
        if coding or length not in {None, b"0"}:
            raise ProtocolViolation(f"a body with status {status}")
        return 0
    if coding is not None:
        if coding != b"chunked" or length is not None:
            raise ProtocolViolation(f"transfer-encoding {coding!r} with content-length {length!r}")
        return None
    if length is None or not length.isdigit():
        raise ProtocolViolation(f"content-length {length!r}")
    return int(length)


def _whole(buffer: bytes, start: int, length: int, status: int, end: int) -> Response | None:
    surplus = len(buffer) - start - length
    if surplus < 0:
        return None
    if surplus > 0:
        raise ProtocolViolation(f"{surplus} bytes more than were announced")
    return Response(status, buffer[:end], buffer[start:])


def _chunked(buffer: bytes, start: int, status: int, end: int) -> Response | None:
    parts: list[bytes] = []
    at = start
    while True:
        line = _CHUNK_LINE.match(buffer, at)
        if line is None:
            if b"\r\n" in buffer[at:] or len(buffer) - at > 1024:
                raise ProtocolViolation(f"not the size of a chunk: {buffer[at : at + 20]!r}")
            return None
        size, begin = int(line[1], 16), line.end()
        at = begin + size + 2
        if len(buffer) < at:
            return None
        if buffer[at - 2 : at] != b"\r\n":
            raise ProtocolViolation("a chunk does not end where it should (trailers are not taken)")
        if size == 0:
            break
        parts.append(buffer[begin : begin + size])
    if len(buffer) > at:
        raise ProtocolViolation(f"{len(buffer) - at} bytes after the last chunk")
    return Response(status, buffer[:end], b"".join(parts))
