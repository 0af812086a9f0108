"""The terms of sale that an owner sets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from domain.errors import InvalidValue
from domain.money import NOTHING, Money
from domain.tax.states import GstState


@dataclass(frozen=True, slots=True)
class SalesPolicy:
    """Where the workshop sells from, and what it waits and risks.

    `hold` is how long an unpaid prepaid order keeps its stock and week, `cod_limit` the
    highest order total (GST included, without the COD fee) that is paid at the door.
    """

    seller: GstState
    hold: timedelta
    cod_limit: Money

    def __post_init__(self) -> None:
        if self.hold <= timedelta(0):
            raise InvalidValue("hold", "an order is held for some time")
        if self.cod_limit < NOTHING:
            raise InvalidValue("cod_limit", "a limit is not negative")
