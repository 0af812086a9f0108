"""How the account is set at the moment: on Razorpay's dashboard, here at `PUT …/_control/settings`."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What isn't named in a PUT is as here.

    `capture`: what becomes of an authorised payment by itself. `refunds`: how a new refund
    begins. `balance`: what refunds may still take, in paise; None: as much as they like.
    """

    capture: Literal["automatic", "manual"] = "automatic"
    refunds: Literal["processed", "pending"] = "processed"
    balance: Annotated[int, msgspec.Meta(ge=0)] | None = None
