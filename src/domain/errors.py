"""The family of errors that tell a caller which business rule stands in the way."""

from __future__ import annotations

from typing import ClassVar


class DomainError(Exception):
    """A business rule refused what was asked.

    `code` is stable and public (the problem types of the HTTP contract); the message is
    one sentence for people. Subclasses keep the values concerned as attributes, so that
    every entry point can word or log the refusal its own way.
    """

    code: ClassVar[str] = "conflict"


class InvalidValue(DomainError, ValueError):
    """A value object was asked to hold something that it can't be.

    `field` names the attribute as the value object spells it ("pincode", "minor").
    """

    code = "validation-error"

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field
        self.message = message


class NotFound(DomainError):
    """No such thing, or not the caller's: the two are never told apart."""

    code = "resource-not-found"

    def __init__(self, resource: str, key: object) -> None:
        super().__init__(f"{resource} {key} was not found")
        self.resource = resource
        self.key = str(key)


class StaleVersion(DomainError):
    """The caller's change was meant for an older version than there is."""

    code = "stale-version"

    def __init__(self, resource: str, expected: int, actual: int) -> None:
        super().__init__(f"{resource} is at version {actual}, not {expected}")
        self.expected = expected
        self.actual = actual
