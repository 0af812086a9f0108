"""A cursor comes back as the place that it was made of, or not at all."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.http.cursor import decode_cursor, encode_cursor
from ports.paging import InvalidCursor, Position

VALUES = st.integers(-(2**63), 2**63 - 1) | st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=200
)
POSITIONS = st.builds(Position, VALUES, st.uuids())
QUESTION = ("oxford", "price")


@given(POSITIONS)
def test_round_trip(position: Position) -> None:
    """Whatever the list was sorted by."""
    cursor = encode_cursor(QUESTION, position)
    assert decode_cursor(QUESTION, cursor) == position
    assert cursor.replace("-", "").replace("_", "").isalnum()


@given(POSITIONS)
def test_a_cursor_answers_one_question(position: Position) -> None:
    """Not another's."""
    with pytest.raises(InvalidCursor):
        decode_cursor(("boot", "price"), encode_cursor(QUESTION, position))


@given(st.text() | st.binary(max_size=60).map(lambda junk: junk.decode("latin-1")))
def test_anything_else_is_refused(text: str) -> None:
    """Never with another error."""
    with pytest.raises(InvalidCursor):
        decode_cursor(QUESTION, text)


@given(POSITIONS, st.data())
def test_a_changed_cursor_is_refused_or_another_place(position: Position, data: st.DataObject) -> None:
    """There is one way to write a place."""
    cursor = encode_cursor(QUESTION, position)
    index = data.draw(st.integers(0, len(cursor) - 1))
    character = data.draw(st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/"))
    changed = cursor[:index] + character + cursor[index + 1 :]
    try:
        place = decode_cursor(QUESTION, changed)
    except InvalidCursor:
        return
    assert encode_cursor(QUESTION, place) == changed


def test_an_ancient_id() -> None:
    """All of its bits count."""
    position = Position("", UUID(int=0))
    assert decode_cursor(QUESTION, encode_cursor(QUESTION, position)) == position
