"""What third parties are answered."""

from __future__ import annotations

from typing import Literal

from adapters.http.schemas.base import Resource


class ReceivedResource(Resource):
    """It is kept, and need not be sent again."""

    received: Literal[True]
