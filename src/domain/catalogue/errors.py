"""What the catalogue refuses."""

from __future__ import annotations

from dataclasses import dataclass

from domain.errors import DomainError


@dataclass(frozen=True, slots=True)
class ChoiceProblem:
    """One reason why a choice can't be built. `field` is style, sole, material, color, size, width or monogram."""

    field: str
    code: str
    message: str


class DesignNotBuildable(DomainError):
    """The choice doesn't make a shoe. Tells every reason at once."""

    code = "design-not-buildable"

    def __init__(self, problems: tuple[ChoiceProblem, ...]) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems
