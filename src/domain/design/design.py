"""One complete choice of a shoe, and the code that names it for ever."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import Final

from domain.catalogue.sizes import Size

_CROCKFORD: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_LENGTH: Final = 12
_CODE: Final = re.compile(f"[{_CROCKFORD}]{{{_CODE_LENGTH}}}")
# Part of what is hashed: a change of the recipe must change this word, never the codes already given out.
_RECIPE: Final = "design/1"


@dataclass(frozen=True, slots=True)
class DesignChoice:
    """What a customer asks for: options by id or ext_id, the size in any system."""

    style: str
    sole: str
    material: str
    color: str
    size: Size
    width: str
    monogram: str | None = None


@dataclass(frozen=True, slots=True)
class Design:
    """A buildable shoe: made by `Product.design`, which checks it. Immutable.

    Options are ext_ids, the product is its slug and the size its EU value, because
    these mean the same in every database; so does `code`.
    """

    product_id: str
    style: str
    sole: str
    material: str
    color: str
    size_eu: str
    width: str
    monogram: str | None = None
    code: str = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "code", design_code(self))


def design_code(design: Design) -> str:
    """Twelve Crockford base-32 characters (60 bits) of the design's content.

    Same content, same code, in every process and for ever.
    """
    parts = (
        _RECIPE,
        design.product_id,
        design.style,
        design.sole,
        design.material,
        design.color,
        design.size_eu,
        design.width,
        design.monogram or "",
    )
    digest = hashlib.blake2b("\x1f".join(parts).encode(), digest_size=8).digest()
    number = int.from_bytes(digest) >> 4
    return "".join(_CROCKFORD[number >> shift & 31] for shift in range(5 * (_CODE_LENGTH - 1), -1, -5))


def is_design_code(text: str) -> bool:
    """Whether `text` has the form of a design code."""
    return _CODE.fullmatch(text) is not None
