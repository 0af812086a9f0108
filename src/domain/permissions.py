"""What staff may do, and what happens to those who may not."""

from __future__ import annotations

from enum import StrEnum

from domain.actor import Actor, Staff, System
from domain.errors import DomainError


class Permission(StrEnum):
    """One thing that a member of staff may be allowed to do."""

    ORDERS_READ = "orders:read"
    ORDERS_PRODUCE = "orders:produce"
    ORDERS_SHIP = "orders:ship"
    ORDERS_CANCEL = "orders:cancel"
    PAYMENTS_REFUND = "payments:refund"
    EVENTS_READ = "events:read"
    EVENTS_REPLAY = "events:replay"
    TASKS_READ = "tasks:read"
    TASKS_FINISH = "tasks:finish"


class Forbidden(DomainError):
    """The actor may not do this."""

    code = "forbidden"

    def __init__(self, permission: Permission) -> None:
        super().__init__(f"this needs the permission {permission}")
        self.permission = permission


def require(actor: Actor, permission: Permission) -> None:
    """Raise Forbidden unless the actor may. The shop itself may do everything."""
    match actor:
        case System():
            return
        case Staff(permissions=granted) if permission in granted:
            return
        case _:
            raise Forbidden(permission)
