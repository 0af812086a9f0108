"""Rules say what may not, and what must, go together."""

from __future__ import annotations

from itertools import product as every_combination

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.catalogue.options import OptionKind
from domain.catalogue.rules import OptionRef, Rule, RuleKind

references = st.builds(OptionRef, st.sampled_from(OptionKind), st.sampled_from(["A", "B"]))
choices = st.fixed_dictionaries({kind: st.sampled_from(["A", "B"]) for kind in OptionKind})


def holds(reference: OptionRef, chosen: dict[OptionKind, str]) -> bool:
    """Whether that option was chosen."""
    return chosen[reference.option] == reference.ext_id


@given(references, references, choices)
def test_excluded_options_are_never_together(when: OptionRef, then: OptionRef, chosen: dict[OptionKind, str]) -> None:
    """A choice is refused exactly when it has both."""
    rule = Rule(RuleKind.EXCLUDES, when, then, "Not together.")
    assert rule.allows(chosen) == (not (holds(when, chosen) and holds(then, chosen)))


@given(references, references, choices)
def test_an_option_that_requires_another_is_never_without_it(
    when: OptionRef, then: OptionRef, chosen: dict[OptionKind, str]
) -> None:
    """A choice is refused exactly when it has the first without the second."""
    rule = Rule(RuleKind.REQUIRES, when, then, "Only together.")
    assert rule.allows(chosen) == (holds(then, chosen) or not holds(when, chosen))


@pytest.mark.parametrize("kind", RuleKind)
def test_a_rule_leaves_alone_whoever_did_not_choose_its_first_option(kind: RuleKind) -> None:
    """A rule about rubber soles is no business of leather soles."""
    rule = Rule(kind, OptionRef(OptionKind.SOLE, "RUBBER"), OptionRef(OptionKind.WIDTH, "G"), "Why.")
    for width, style in every_combination("FG", ("CAPTOE", "RUBBER")):
        assert rule.allows({OptionKind.SOLE: "LEATHER", OptionKind.WIDTH: width, OptionKind.STYLE: style})
