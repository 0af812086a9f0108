"""What balancers and operators ask."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from adapters.http.schemas.base import Resource

Condition = Literal["up", "down"]


class AliveResource(Resource):
    """This process answers."""

    status: Literal["up"]


class ReadyResource(Resource):
    """Everything that is needed answers."""

    status: Literal["up"]
    checks: Mapping[str, Condition]
