"""What can be wrong with what a customer tells about themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from domain.errors import DomainError, InvalidValue


class InvalidFields(DomainError):
    """Several fields were read at once; `errors` has every bad one, in the form's order."""

    code: ClassVar[str] = "validation-error"

    def __init__(self, errors: Sequence[InvalidValue]) -> None:
        super().__init__("; ".join(str(error) for error in errors))
        self.errors = tuple(errors)


def check_all(*checks: Callable[[], object]) -> None:
    """Run every check, then raise InvalidFields with each InvalidValue that one raised."""
    errors = [error for check in checks if (error := _refusal(check)) is not None]
    if errors:
        raise InvalidFields(errors)


def _refusal(check: Callable[[], object]) -> InvalidValue | None:
    try:
        check()
    except InvalidValue as error:
        return error
    return None
