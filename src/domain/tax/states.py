"""The States and Union territories that GST knows, by code, abbreviation and name."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from domain.errors import InvalidValue

_CODE = re.compile(r"[0-9]{2}")
_ABBREVIATION = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class GstState:
    """A State or Union territory as a place of supply.

    `code` is the two-digit GST state code, `abbreviation` the ISO 3166-2:IN one without
    its country (None where ISO has none). Shops get theirs from `parse`, `by_code` or
    `by_name`; the rows themselves are `GST_STATES`.
    """

    code: str
    name: str
    abbreviation: str | None = None
    is_union_territory_without_legislature: bool = False

    def __post_init__(self) -> None:
        if not _CODE.fullmatch(self.code):
            raise InvalidValue("code", "a state code is two digits")
        if not _key(self.name):
            raise InvalidValue("name", "a state has a name")
        if self.abbreviation is not None and not _ABBREVIATION.fullmatch(self.abbreviation):
            raise InvalidValue("abbreviation", "an abbreviation is two capital letters")

    @classmethod
    def by_code(cls, code: str) -> GstState:
        """The state of a GST code such as "29"; InvalidValue("state") when there is none."""
        return _found(_BY_CODE.get(code))

    @classmethod
    def by_name(cls, name: str) -> GstState:
        """The state of a name in any case, old or new: "Odisha", "ORISSA", "J & K".

        Raises InvalidValue("state") when nothing is called so.
        """
        return _found(_BY_NAME.get(_key(name)))

    @classmethod
    def parse(cls, text: str) -> GstState:
        """The state that somebody means by "29", "KA", "IN-KA" or "Karnataka".

        Raises InvalidValue("state") when it is none of these.
        """
        stripped = text.strip()
        abbreviation = stripped.upper().removeprefix("IN-")
        return _found(_BY_CODE.get(stripped) or _BY_ABBREVIATION.get(abbreviation) or _BY_NAME.get(_key(stripped)))

    def __str__(self) -> str:
        return self.name


def _key(name: str) -> str:
    """A name without case, accents, spaces and punctuation; '&' is read as 'and'."""
    plain = unicodedata.normalize("NFKD", name.casefold()).replace("&", "and")
    return "".join(character for character in plain if character.isalnum())


def _found(state: GstState | None) -> GstState:
    if state is None:
        # The text is not repeated: it may be anything that a stranger typed.
        raise InvalidValue("state", "not a State or Union territory of India")
    return state


# Codes 25 (Daman and Diu, merged into 26) and 28 (Andhra Pradesh before the division) are
# retired. 96 (foreign country) and 99 (Centre jurisdiction) register people, but nothing
# can be delivered there. 97 is a place of supply, though no post office serves it.
OTHER_TERRITORY = GstState("97", "Other Territory", is_union_territory_without_legislature=True)

GST_STATES: tuple[GstState, ...] = (
    GstState("01", "Jammu and Kashmir", "JK"),
    GstState("02", "Himachal Pradesh", "HP"),
    GstState("03", "Punjab", "PB"),
    GstState("04", "Chandigarh", "CH", is_union_territory_without_legislature=True),
    GstState("05", "Uttarakhand", "UK"),
    GstState("06", "Haryana", "HR"),
    GstState("07", "Delhi", "DL"),
    GstState("08", "Rajasthan", "RJ"),
    GstState("09", "Uttar Pradesh", "UP"),
    GstState("10", "Bihar", "BR"),
    GstState("11", "Sikkim", "SK"),
    GstState("12", "Arunachal Pradesh", "AR"),
    GstState("13", "Nagaland", "NL"),
    GstState("14", "Manipur", "MN"),
    GstState("15", "Mizoram", "MZ"),
    GstState("16", "Tripura", "TR"),
    GstState("17", "Meghalaya", "ML"),
    GstState("18", "Assam", "AS"),
    GstState("19", "West Bengal", "WB"),
    GstState("20", "Jharkhand", "JH"),
    GstState("21", "Odisha", "OD"),
    GstState("22", "Chhattisgarh", "CG"),
    GstState("23", "Madhya Pradesh", "MP"),
    GstState("24", "Gujarat", "GJ"),
    GstState("26", "Dadra and Nagar Haveli and Daman and Diu", "DH", is_union_territory_without_legislature=True),
    GstState("27", "Maharashtra", "MH"),
    GstState("29", "Karnataka", "KA"),
    GstState("30", "Goa", "GA"),
    GstState("31", "Lakshadweep", "LD", is_union_territory_without_legislature=True),
    GstState("32", "Kerala", "KL"),
    GstState("33", "Tamil Nadu", "TN"),
    GstState("34", "Puducherry", "PY"),
    GstState("35", "Andaman and Nicobar Islands", "AN", is_union_territory_without_legislature=True),
    GstState("36", "Telangana", "TS"),
    GstState("37", "Andhra Pradesh", "AP"),
    GstState("38", "Ladakh", "LA", is_union_territory_without_legislature=True),
    OTHER_TERRITORY,
)

_OTHER_NAMES = {
    "J & K": "01",
    "Jammu Kashmir": "01",
    "Uttaranchal": "05",
    "NCT of Delhi": "07",
    "Delhi NCT": "07",
    "National Capital Territory of Delhi": "07",
    "New Delhi": "07",
    "Orissa": "21",
    "Chattisgarh": "22",
    "Chhatisgarh": "22",
    "The Dadra and Nagar Haveli and Daman and Diu": "26",
    "Dadra and Nagar Haveli": "26",
    "Daman and Diu": "26",
    "Pondicherry": "34",
    "Andaman and Nicobar": "35",
    "Telengana": "36",
}

# ISO's codes before its revision of 2023, and those of vehicle plates.
_OTHER_ABBREVIATIONS = {
    "UT": "05",
    "UA": "05",
    "OR": "21",
    "CT": "22",
    "DN": "26",
    "DD": "26",
    "TG": "36",
}

_BY_CODE = {state.code: state for state in GST_STATES}
_BY_NAME = {_key(state.name): state for state in GST_STATES} | {
    _key(name): _BY_CODE[code] for name, code in _OTHER_NAMES.items()
}
_BY_ABBREVIATION = {state.abbreviation: state for state in GST_STATES if state.abbreviation} | {
    abbreviation: _BY_CODE[code] for abbreviation, code in _OTHER_ABBREVIATIONS.items()
}
