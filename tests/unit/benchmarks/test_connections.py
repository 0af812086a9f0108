"""Connections are shared out evenly over the workers that accepted them."""

from __future__ import annotations

from collections import Counter

from benchmarks.connections import evenly


def test_every_worker_gets_its_share() -> None:
    owners = {1: 100, 2: 100, 3: 100, 4: 200, 5: 100, 6: 200, 7: 100}
    kept = evenly(owners, 4, workers=2)
    assert Counter(owners[connection] for connection in kept) == {100: 2, 200: 2}


def test_an_odd_number_differs_by_one_at_most() -> None:
    owners = {1: 100, 2: 100, 3: 200, 4: 200}
    kept = evenly(owners, 3, workers=2)
    assert sorted(Counter(owners[connection] for connection in kept).values()) == [1, 2]


def test_a_worker_with_too_few_asks_for_more() -> None:
    assert evenly({1: 100, 2: 100, 3: 100, 4: 200}, 4, workers=2) == []


def test_a_worker_without_any_asks_for_more() -> None:
    assert evenly({1: 100, 2: 100, 3: 100, 4: 100}, 4, workers=2) == []
