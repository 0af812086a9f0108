"""The carriers that the workshop works with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from domain.errors import InvalidValue
from ports.carrier import Carrier


@dataclass(frozen=True, slots=True)
class Carriers:
    """Carriers by the name that shipments are stored under; `default` is the one that nobody has to name."""

    default: str
    by_name: Mapping[str, Carrier]

    def named(self, name: str) -> Carrier:
        """The carrier of that name. Raises InvalidValue("carrier")."""
        try:
            return self.by_name[name]
        except KeyError:
            raise InvalidValue("carrier", f"is one of {', '.join(sorted(self.by_name))}") from None
