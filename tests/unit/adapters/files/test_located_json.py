"""JSON with the lines of its objects: the same values as the standard library reads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.files.located_json import JsonArray, JsonObject, JsonValue, parse_json
from adapters.files.source import Source, UnreadableFile


def source_of(text: str) -> Source:
    """A file that says that."""
    return Source(Path("catalogue.json"), text)


def plain(value: JsonValue) -> Any:  # what json.loads answers
    """A value without its lines."""
    match value:
        case JsonObject(members=members):
            return {name: plain(member) for name, member in members.items()}
        case JsonArray(entries=entries):
            return [plain(entry) for _, entry in entries]
        case scalar:
            return scalar


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(value=JSON, indent=st.sampled_from([None, 0, 2]), ascii_only=st.booleans())
def test_values_are_those_of_the_standard_library(*, value: Any, indent: int | None, ascii_only: bool) -> None:
    """However it is laid out."""
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)

    assert plain(parse_json(source_of(text))) == json.loads(text)


def test_every_object_and_entry_knows_its_line() -> None:
    """Whatever the lines end with."""
    text = '{\r\n "a": [\r\n  {"x": 1}, {"x": 2},\n\n  3\r]\n,\n"b":\n{}}'
    document = parse_json(source_of(text))

    assert isinstance(document, JsonObject)
    first, second = document.members["a"], document.members["b"]
    assert isinstance(first, JsonArray)
    assert isinstance(second, JsonObject)
    assert [line for line, _ in first.entries] == [3, 3, 5]
    assert [entry.line for _, entry in first.entries if isinstance(entry, JsonObject)] == [3, 3]
    assert (document.line, document.member_lines, second.line) == (1, {"a": 2, "b": 8}, 9)


def test_a_member_that_stands_twice_is_told() -> None:
    """JSON leaves open which of them counts; a person certainly meant one."""
    document = parse_json(source_of('{"a": 1, "b": 2, "a": 3}'))

    assert isinstance(document, JsonObject)
    assert document.repeated == {"a"}


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ('{\n"a": 1,\n', 3, "the file ends too early, inside what begins on line 1"),
        ('{"a": [\n1,\n2', 3, "the file ends too early, inside what begins on line 1"),
        ('{\n"a":', 2, "the file ends too early, inside what begins on line 1"),
        ('{\n"a"', 2, "the file ends too early, inside what begins on line 1"),
        ('{\n"a": "abc', 2, "unterminated string starting at"),
        ('[1,\n2,\n]', 3, "expecting value"),
        ('{"a": 1,\n}', 2, "expected the name of a member, in double quotes"),
        ("{\n'a': 1}", 2, "expected the name of a member, in double quotes"),
        ('{"a"\n1}', 2, "expected ':'"),
        ('{"a": 1\n"b": 2}', 2, "expected ',' or '}'"),
        ("[1\n2]", 2, "expected ',' or ']'"),
        ("[1]\n[2]", 2, "nothing may follow the end of the JSON"),
        ("[\nNaN]", 2, "NaN is not a number"),
        ("[\n-Infinity]", 2, "-Infinity is not a number"),
        ("[01]", 1, "expected ',' or ']'"),
        ('["\t"]', 1, "invalid control character at"),
        ("[" * 40, 1, "nested more than 16 deep"),
        ('{"a":' * 40, 1, "nested more than 16 deep"),
        ("oxford", 1, "expecting value"),
        ("[" + "9" * 5_000 + "]", 1, "Exceeds the limit"),
    ],
)  # fmt: skip
def test_what_is_no_json(text: str, line: int, reason: str) -> None:
    """One error, with the line on which the text stops being JSON."""
    with pytest.raises(UnreadableFile) as unreadable:
        parse_json(source_of(text))

    assert unreadable.value.line == line
    assert unreadable.value.reason.startswith(f"this is not JSON: {reason}")


@given(st.data())
def test_a_truncated_file_is_always_one_error(data: st.DataObject) -> None:
    """Wherever it was cut off."""
    text = json.dumps({"version": 1, "products": [{"title": "é\n", "sizes": ["41", "42"], "basePrice": 1.5e3}, None]})
    cut = data.draw(st.integers(0, len(text) - 1))

    with pytest.raises(UnreadableFile, match="this is not JSON"):
        parse_json(source_of(text[:cut]))
