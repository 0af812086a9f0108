"""What is made of something that doesn't change is made once."""

from __future__ import annotations

from adapters.http.remembered import Remembered


class Source:
    """Equal to every other: only which one it is counts."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Source)

    def __hash__(self) -> int:
        return 1


def test_made_once_for_the_same_source_and_key() -> None:
    """An equal source is another one, and so is another key."""
    made: list[tuple[Source, str]] = []

    def make(source: Source, key: str) -> int:
        made.append((source, key))
        return len(made)

    remembered = Remembered(make, size=10)
    one, other = Source(), Source()
    assert [remembered(one, "a"), remembered(one, "a"), remembered(one, "b"), remembered(other, "a")] == [1, 1, 2, 3]
    assert remembered(one, "a") == 1


def test_the_oldest_is_forgotten() -> None:
    """No more than `size` are kept."""
    calls: list[str] = []

    def make(_: Source, key: str) -> None:
        calls.append(key)

    remembered, source = Remembered(make, size=2), Source()
    for key in ("a", "b", "c", "b", "c", "a"):
        remembered(source, key)
    assert calls == ["a", "b", "c", "a"]


def test_a_new_source_in_an_old_ones_place_is_another() -> None:
    """Identities are used again once their owner is gone: what is remembered keeps its source alive."""
    remembered: Remembered[Source, None, Source] = Remembered(lambda source, _: source, size=3)
    for _ in range(100):
        source = Source()
        assert remembered(source, None) is source
