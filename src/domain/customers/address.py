"""Where a parcel or an invoice goes."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from domain.customers.errors import check_all
from domain.customers.phone import Phone
from domain.customers.pincode import PinCode
from domain.errors import InvalidValue
from domain.tax.states import OTHER_TERRITORY, GstState

_COUNTRY = "IN"
_MAX_LENGTH = {"name": 100, "line1": 200, "line2": 200, "city": 100}
# Controls, lone surrogates (no encoding takes them) and line or paragraph breaks.
_UNPRINTABLE = frozenset({"Cc", "Cs", "Zl", "Zp"})
# These reorder the text after them, so that a label would read other than it is stored.
_BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A postal address in India with the name and mobile number of who receives there.

    Texts are of any script, without spaces around them or control characters, and hold a
    letter or digit; name and city at most 100 characters, lines at most 200. Whether the
    PIN code lies in the state is not known here. Use `parse` for what people type.
    """

    name: str
    line1: str
    line2: str | None
    city: str
    state: GstState
    pincode: PinCode
    country: str = _COUNTRY
    phone: Phone

    def __post_init__(self) -> None:
        _check_text("name", self.name)
        _check_text("line1", self.line1)
        _check_optional_text("line2", self.line2)
        _check_text("city", self.city)
        _check_state(self.state)
        _check_country(self.country)

    @classmethod
    def parse(
        cls,
        *,
        name: str,
        line1: str,
        line2: str | None,
        city: str,
        state: str,
        pincode: str,
        country: str = _COUNTRY,
        phone: str,
    ) -> Address:
        """The address in a filled form; a blank second line is none.

        Raises InvalidFields with every bad field at once, named as the arguments are.
        """
        name, line1, city, country = name.strip(), line1.strip(), city.strip(), country.strip()
        line2 = (line2 or "").strip() or None
        check_all(
            lambda: _check_text("name", name),
            lambda: _check_text("line1", line1),
            lambda: _check_optional_text("line2", line2),
            lambda: _check_text("city", city),
            lambda: _check_state(GstState.parse(state)),
            lambda: PinCode.parse(pincode),
            lambda: _check_country(country),
            lambda: Phone.parse(phone),
        )
        return cls(
            name=name,
            line1=line1,
            line2=line2,
            city=city,
            state=GstState.parse(state),
            pincode=PinCode.parse(pincode),
            country=country,
            phone=Phone.parse(phone),
        )


def _check_text(field: str, text: str) -> None:
    if not text:
        raise InvalidValue(field, "is required")
    if text != text.strip():
        raise InvalidValue(field, "has spaces around it")
    if len(text) > _MAX_LENGTH[field]:
        raise InvalidValue(field, f"is longer than {_MAX_LENGTH[field]} characters")
    if any(unicodedata.category(c) in _UNPRINTABLE or c in _BIDI_CONTROLS for c in text):
        raise InvalidValue(field, "has characters that can't be printed on a label")
    if not any(character.isalnum() for character in text):
        raise InvalidValue(field, "has neither letter nor digit")


def _check_optional_text(field: str, text: str | None) -> None:
    if text is not None:
        _check_text(field, text)


def _check_state(state: GstState) -> None:
    if state == OTHER_TERRITORY:
        raise InvalidValue("state", f"no courier delivers to {state}")


def _check_country(country: str) -> None:
    if country != _COUNTRY:
        raise InvalidValue("country", "only addresses in India (IN) are served")
