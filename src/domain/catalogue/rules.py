"""What may not, or must, go together in one shoe."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.catalogue.options import OptionKind


class RuleKind(StrEnum):
    """`excludes`: never both. `requires`: the first only with the second."""

    EXCLUDES = "excludes"
    REQUIRES = "requires"


@dataclass(frozen=True, slots=True)
class OptionRef:
    """One option of one group, by its ext_id (a width by its letter)."""

    option: OptionKind
    ext_id: str


@dataclass(frozen=True, slots=True)
class Rule:
    """`when` is chosen, so `then` is forbidden or wanted. `reason` is for the customer."""

    kind: RuleKind
    when: OptionRef
    then: OptionRef
    reason: str

    def allows(self, chosen: Mapping[OptionKind, str]) -> bool:
        """Whether a choice (ext_id by group) keeps this rule. What isn't chosen breaks none."""
        if chosen.get(self.when.option) != self.when.ext_id or self.then.option not in chosen:
            return True
        together = chosen.get(self.then.option) == self.then.ext_id
        return together if self.kind is RuleKind.REQUIRES else not together
