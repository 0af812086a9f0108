"""What a parcel is known by at its courier."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from domain.errors import InvalidValue

_AWB: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{3,49}")
_LONGEST_COURIER: Final = 100
_LONGEST_URL: Final = 500


@dataclass(frozen=True, slots=True)
class Waybill:
    """An air waybill: its number, whose it is, and the public page that tells where the parcel is.

    The page ends up as a link in mails, so it is one of http or https, without spaces.
    """

    awb: str
    courier: str
    tracking_url: str | None

    def __post_init__(self) -> None:
        if not _AWB.fullmatch(self.awb):
            raise InvalidValue("awb", "is 4 to 50 letters, digits and hyphens")
        if not 0 < len(self.courier) <= _LONGEST_COURIER or not self.courier.isprintable():
            raise InvalidValue("courier", f"is 1 to {_LONGEST_COURIER} printable characters")
        if self.tracking_url is not None:
            _check_url(self.tracking_url)


def _check_url(url: str) -> None:
    if len(url) > _LONGEST_URL or not re.fullmatch(r"https?://[!-~]+", url):
        raise InvalidValue("tracking_url", "is the address of a page")
