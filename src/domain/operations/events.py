"""What an operator is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from domain.events import DomainEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskOpened(DomainEvent):
    """Something needs a person. `subject` is what it is about, `detail` what is wrong."""

    aggregate: ClassVar[str] = "operator_task"
    name: ClassVar[str] = "operator_task.opened"

    kind: str
    subject: str
    detail: str
