"""Who of the workshop may do what."""

from __future__ import annotations

from domain.actor import Actor, Staff, System
from domain.errors import DomainError


class NotPermitted(DomainError):
    """The caller is nobody who may do this."""

    code = "forbidden"

    def __init__(self, permission: str) -> None:
        super().__init__(f"this needs the permission {permission}")
        self.permission = permission


def check_permission(actor: Actor, permission: str) -> None:
    """Raise NotPermitted unless it is the shop itself, or staff with that permission ("orders:ship")."""
    match actor:
        case System():
            return
        case Staff(permissions=permissions) if permission in permissions:
            return
        case _:
            raise NotPermitted(permission)
