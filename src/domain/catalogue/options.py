"""What a customer can choose between: styles, soles, materials and their colours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Final
from uuid import UUID

from domain.errors import InvalidValue
from domain.money import NOTHING, Money

EXT_ID: Final = re.compile(r"[A-Z0-9][A-Z0-9-]{1,39}")
_HEX: Final = re.compile(r"#[0-9A-Fa-f]{6}")
_NAME_LENGTH: Final = 80


class OptionKind(StrEnum):
    """The groups of options, as rules and problem pointers name them."""

    STYLE = "style"
    SOLE = "sole"
    MATERIAL = "material"
    COLOR = "color"
    WIDTH = "width"


class MaterialCategory(StrEnum):
    """What an upper is made of."""

    LEATHER = "LEATHER"
    SUEDE = "SUEDE"
    PATENT = "PATENT"
    EXOTIC = "EXOTIC"
    TEXTILE = "TEXTILE"
    VEGAN = "VEGAN"


class ColorFamily(StrEnum):
    """The colours that shoppers filter by."""

    BLACK = "BLACK"
    BROWN = "BROWN"
    TAN = "TAN"
    RED = "RED"
    BLUE = "BLUE"
    GREEN = "GREEN"
    GREY = "GREY"
    WHITE = "WHITE"
    YELLOW = "YELLOW"
    PURPLE = "PURPLE"
    MULTI = "MULTI"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """What every option has: who it is, what it adds to the price (paise, GST included)."""

    kind: ClassVar[OptionKind]

    id: UUID
    ext_id: str
    name: str
    surcharge: Money
    is_active: bool = True

    def __post_init__(self) -> None:
        if not EXT_ID.fullmatch(self.ext_id):
            raise InvalidValue("ext_id", f"{self.ext_id!r} is not 2 to 40 of A-Z, 0-9 and '-'")
        if not self.name.strip() or len(self.name) > _NAME_LENGTH:
            raise InvalidValue("name", f"a name has 1 to {_NAME_LENGTH} characters")
        if self.surcharge < NOTHING:
            raise InvalidValue("surcharge", "a surcharge is not negative")

    def is_called(self, reference: str) -> bool:
        """Whether `reference` is this option's id or its ext_id."""
        return reference == self.ext_id or reference == str(self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Style(Option):
    """How the upper is cut: cap toe, brogue, plain."""

    kind: ClassVar[OptionKind] = OptionKind.STYLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Sole(Option):
    """What the shoe stands on."""

    kind: ClassVar[OptionKind] = OptionKind.SOLE


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialColor(Option):
    """A colour in which a material is stocked."""

    kind: ClassVar[OptionKind] = OptionKind.COLOR

    hex_code: str
    family: ColorFamily

    def __post_init__(self) -> None:
        Option.__post_init__(self)
        if not _HEX.fullmatch(self.hex_code):
            raise InvalidValue("hex_code", f"{self.hex_code!r} is not #RRGGBB")


@dataclass(frozen=True, slots=True, kw_only=True)
class Material(Option):
    """What the upper is made of, with the colours that it comes in."""

    kind: ClassVar[OptionKind] = OptionKind.MATERIAL

    category: MaterialCategory
    colors: tuple[MaterialColor, ...]

    def __post_init__(self) -> None:
        Option.__post_init__(self)
        if not self.colors:
            raise InvalidValue("colors", f"{self.ext_id} needs at least one colour")
