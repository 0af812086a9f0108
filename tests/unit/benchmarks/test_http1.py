"""The load generator reads answers whole, in whatever pieces they come, and refuses what is no answer."""

from __future__ import annotations

import pytest

from benchmarks.http1 import ProtocolViolation, Response, ResponseReader, request

WHOLE = (
    b'HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nX-Cart-Token: t-1\r\nContent-Length: 7\r\n\r\n{"a":1}'
)
CHUNKED = b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n{"a"\r\n3;x=y\r\n:1}\r\n0\r\n\r\n'


def read(*pieces: bytes) -> Response | None:
    """What a reader makes of the pieces; all but the last must be too little."""
    reader = ResponseReader()
    *first, last = pieces
    for piece in first:
        assert reader.feed(piece) is None
    return reader.feed(last)


def test_an_answer_with_its_length() -> None:
    response = read(WHOLE)
    assert response is not None
    assert (response.status, response.json()) == (201, {"a": 1})
    assert response.header("x-cart-token") == "t-1"
    assert response.header("x-order-token") is None


@pytest.mark.parametrize("answer", [WHOLE, CHUNKED], ids=["length", "chunks"])
def test_an_answer_may_be_cut_anywhere(answer: bytes) -> None:
    for cut in range(1, len(answer)):
        response = read(answer[:cut], answer[cut:])
        assert response is not None
        assert response.body == b'{"a":1}', cut


def test_a_connection_carries_one_answer_after_the_other() -> None:
    reader = ResponseReader()
    for answer in (WHOLE, CHUNKED, WHOLE):
        response = reader.feed(answer)
        assert response is not None
        assert response.body == b'{"a":1}'


def test_no_content_has_no_body() -> None:
    response = read(b"HTTP/1.1 204 No Content\r\nDate: today\r\n\r\n")
    assert response is not None
    assert (response.status, response.body) == (204, b"")


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\n",
        b"nonsense\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\nx",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nx",
        b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 204 No Content\r\nContent-Length: 3\r\n\r\nabc",
        WHOLE + b"x",
        CHUNKED + b"x",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nmany\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nTrailer: x\r\n\r\n",
    ],
)
def test_what_is_no_answer_is_refused(answer: bytes) -> None:
    with pytest.raises(ProtocolViolation):
        read(answer)


def test_a_head_that_never_ends_is_refused() -> None:
    with pytest.raises(ProtocolViolation):
        read(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 20_000)


def test_a_request_says_how_long_it_is() -> None:
    sent = request("POST", "/cart", "shop:1", {"X-Cart-Token": "t"}, {"name": "Élan"})
    head, _, body = sent.partition(b"\r\n\r\n")
    assert body.decode() == '{"name":"Élan"}'
    assert f"Content-Length: {len(body)}".encode() in head.split(b"\r\n")
    assert head.startswith(b"POST /cart HTTP/1.1\r\nHost: shop:1\r\n")


def test_a_request_without_a_body_says_so_when_it_could_have_one() -> None:
    assert b"Content-Length: 0\r\n" in request("POST", "/pay", "shop:1")
    assert b"Content-Length" not in request("GET", "/cart", "shop:1")


def test_bytes_are_sent_as_they_are() -> None:
    sent = request("POST", "/webhooks", "shop:1", body=b'{ "a" : 1 }')
    assert sent.endswith(b'Content-Type: application/json\r\nContent-Length: 11\r\n\r\n{ "a" : 1 }')
