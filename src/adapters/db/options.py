"""Lasts and options as rows, and all of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from adapters.db.session import Row, Statement
from adapters.db.statements import Document, Values
from domain.catalogue.options import ColorFamily, Material, MaterialCategory, MaterialColor, Option, Sole, Style
from domain.catalogue.sizes import Last, SizeRow
from domain.money import Money

# A shop has some dozens of each. With the revision in the same snapshot, so that what is
# kept of it can be told from what came later.
ALL_OPTIONS: Final = Statement("""
    SELECT v.revision,
        (SELECT json_agg(l) FROM last l) AS lasts,
        (SELECT json_agg(s) FROM style s) AS styles,
        (SELECT json_agg(s) FROM sole s) AS soles,
        (SELECT json_agg(m) FROM material m) AS materials,
        (SELECT json_agg(c ORDER BY c.position) FROM material_color c) AS colors
    FROM catalogue_revision v
""")


@dataclass(frozen=True, slots=True)
class Options:
    """Everything that products refer to: options by id, lasts by code."""

    lasts: Mapping[str, Last]
    styles: Mapping[UUID, Style]
    soles: Mapping[UUID, Sole]
    materials: Mapping[UUID, Material]

    @classmethod
    def of(cls, row: Row) -> Options:
        """The options in the row of `ALL_OPTIONS`."""
        colors: dict[str, list[MaterialColor]] = {}
        for color in row["colors"] or ():
            colors.setdefault(color["material_id"], []).append(_color_of(color))
        materials = (_material_of(material, colors.get(material["id"], ())) for material in row["materials"] or ())
        return cls(
            lasts={last["code"]: _last_of(last) for last in row["lasts"] or ()},
            styles={style.id: style for style in (Style(**_common(row)) for row in row["styles"] or ())},
            soles={sole.id: sole for sole in (Sole(**_common(row)) for row in row["soles"] or ())},
            materials={material.id: material for material in materials},
        )


def last_row(last: Last) -> Values:
    """The row of `last`."""
    sizes = [{"eu": size.eu, "uk": size.uk, "us": size.us, "india": size.india} for size in last.sizes]
    return {"code": last.code, "name": last.name, "widths": last.widths, "sizes": sizes}


def option_row(option: Option) -> Values:
    """The row of `style` or `sole`, and what those of materials and colours have in common with them."""
    return {
        "id": option.id,
        "ext_id": option.ext_id,
        "name": option.name,
        "surcharge": option.surcharge.minor,
        "is_active": option.is_active,
    }


def material_row(material: Material) -> Values:
    """The row of `material`."""
    return {**option_row(material), "category": material.category}


def color_rows(material: Material, material_id: UUID) -> list[Values]:
    """The rows of `material_color`, of the material with that id."""
    return [
        {
            **option_row(color),
            "material_id": material_id,
            "position": position,
            "hex_code": color.hex_code,
            "family": color.family,
        }
        for position, color in enumerate(material.colors)
    ]


def _common(document: Document) -> dict[str, Any]:  # Any: the fields that every option has, of mixed types
    return {
        "id": UUID(document["id"]),
        "ext_id": document["ext_id"],
        "name": document["name"],
        "surcharge": Money(document["surcharge"]),
        "is_active": document["is_active"],
    }


def _color_of(document: Document) -> MaterialColor:
    return MaterialColor(**_common(document), hex_code=document["hex_code"], family=ColorFamily(document["family"]))


def _material_of(document: Document, colors: Iterable[MaterialColor]) -> Material:
    return Material(**_common(document), category=MaterialCategory(document["category"]), colors=tuple(colors))


def _last_of(document: Document) -> Last:
    return Last(
        code=document["code"],
        name=document["name"],
        widths=tuple(document["widths"]),
        sizes=tuple(
            SizeRow(eu=size["eu"], uk=size["uk"], us=size["us"], india=size["india"]) for size in document["sizes"]
        ),
    )
