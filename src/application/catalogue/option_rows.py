"""From rows to lasts, styles, soles, materials and colours."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, TypeVar
from uuid import UUID

from application.catalogue.ledger import Group
from application.catalogue.row_checks import (
    code_problems,
    objection,
    objections,
    repetitions,
    shown,
    spelling_problems,
    surcharge_problems,
    text_problems,
)
from application.catalogue.rows import ColorRow, LastRow, MaterialRow, OptionRow, RejectedRow, RowKind, WrittenSize
from domain.catalogue.options import ColorFamily, Material, MaterialCategory, MaterialColor, Sole, Style
from domain.catalogue.sizes import Last, SizeRow
from domain.errors import InvalidValue
from domain.money import NOTHING, Money

O = TypeVar("O", Style, Sole)  # noqa: E741  # the letter is never read as a number here

NewId = Callable[[], UUID]

_NAME_LENGTH: Final = 80
_NOBODY: Final = UUID(int=0)


def take_lasts(rows: Iterable[LastRow], lasts: Group[Last]) -> None:
    """Bring the good lasts, refuse the others."""
    for row in rows:
        reasons = lasts.ledger.reasons_against(RowKind.LAST, row.code, row.line)
        reasons.extend(_last_problems(row))
        last = None
        try:
            last = Last(row.code, row.name, row.widths, tuple(_size(size) for size in row.sizes))
        except InvalidValue as refused:
            reasons.append(objection(refused))
        if last is None or reasons:
            lasts.ledger.refuse(RejectedRow(row.line, RowKind.LAST, row.code, tuple(reasons)))
        else:
            lasts.brought[row.code] = last


def take_options(rows: Iterable[OptionRow], options: Group[O], make: type[O], new_id: NewId) -> None:
    """Bring the good styles or soles, refuse the others. Who was there keeps their id."""
    for row in rows:
        reasons = options.ledger.reasons_against(options.kind, row.ext_id, row.line)
        reasons.extend(_option_problems(row))
        if reasons:
            options.ledger.refuse(RejectedRow(row.line, options.kind, row.ext_id, tuple(reasons)))
            continue
        before = options.there.get(row.ext_id)
        options.brought[row.ext_id] = make(
            id=before.id if before else new_id(),
            ext_id=row.ext_id,
            name=row.name,
            surcharge=Money(row.surcharge),
            is_active=row.is_active,
        )


def take_materials(
    rows: Iterable[MaterialRow], materials: Group[Material], colors: Group[MaterialColor], new_id: NewId
) -> None:
    """Bring the good materials with their colours.

    A material and its colours stand and fall together. Colours that the shop has and the
    row doesn't name stay: an import never takes anything away.
    """
    owners = {color.ext_id: material.ext_id for material in materials.there.values() for color in material.colors}
    ledger = materials.ledger
    for row in rows:
        reasons = ledger.reasons_against(RowKind.MATERIAL, row.ext_id, row.line)
        reasons.extend(_material_problems(row, materials.there))
        against = [
            [
                *ledger.reasons_against(RowKind.COLOR, color.ext_id, color.line),
                *_color_problems(color, row.ext_id, owners),
            ]
            for color in row.colors
        ]
        reasons.extend(
            f"colors: color {shown(color.ext_id)} on line {color.line} is refused"
            for color, bad in zip(row.colors, against, strict=True)
            if bad
        )
        if reasons:
            _refuse_material(row, reasons, against, materials)
        else:
            _bring_material(row, materials, colors, new_id)


def _refuse_material(
    row: MaterialRow, reasons: list[str], against_colors: list[list[str]], materials: Group[Material]
) -> None:
    materials.ledger.refuse(RejectedRow(row.line, RowKind.MATERIAL, row.ext_id, tuple(reasons)))
    part = f"material {shown(row.ext_id)} on line {row.line}, which it belongs to, is refused"
    for color, bad in zip(row.colors, against_colors, strict=True):
        materials.ledger.refuse(RejectedRow(color.line, RowKind.COLOR, color.ext_id, tuple(bad or [part])))


def _bring_material(row: MaterialRow, materials: Group[Material], colors: Group[MaterialColor], new_id: NewId) -> None:
    before = materials.there.get(row.ext_id)
    for color in row.colors:
        known = colors.there.get(color.ext_id)
        colors.brought[color.ext_id] = _color(color, known.id if known else new_id())
    named = tuple(colors.brought[color.ext_id] for color in row.colors)
    kept = tuple(color for color in before.colors if color.ext_id not in colors.brought) if before else ()
    materials.brought[row.ext_id] = Material(
        id=before.id if before else new_id(),
        ext_id=row.ext_id,
        name=row.name,
        surcharge=Money(row.surcharge),
        is_active=row.is_active,
        category=MaterialCategory(row.category),
        colors=named + kept,
    )


def _size(size: WrittenSize) -> SizeRow:
    return SizeRow(size.eu, size.uk, size.us, size.india)


def _color(row: ColorRow, color_id: UUID) -> MaterialColor:
    return MaterialColor(
        id=color_id,
        ext_id=row.ext_id,
        name=row.name,
        surcharge=Money(row.surcharge),
        is_active=row.is_active,
        hex_code=row.hex_code,
        family=ColorFamily(row.family),
    )


def _last_problems(row: LastRow) -> Iterator[str]:
    yield from code_problems("code", row.code)
    yield from text_problems("name", row.name, _NAME_LENGTH)
    yield from repetitions("widths", row.widths)


def _option_problems(row: OptionRow) -> Iterator[str]:
    yield from code_problems("extId", row.ext_id)
    yield from text_problems("name", row.name, _NAME_LENGTH)
    yield from surcharge_problems("surcharge", row.surcharge)


def _material_problems(row: MaterialRow, there: Mapping[str, Material]) -> Iterator[str]:
    yield from _option_problems(row)
    yield from spelling_problems("category", row.category, MaterialCategory)
    if not row.colors and row.ext_id not in there:
        yield "colors: a material needs at least one colour"


def _color_problems(row: ColorRow, material: str, owners: Mapping[str, str]) -> Iterator[str]:
    yield from _option_problems(row)
    yield from spelling_problems("family", row.family, ColorFamily)
    yield from objections(
        lambda: MaterialColor(
            id=_NOBODY, ext_id="ANY", name="Any", surcharge=NOTHING, hex_code=row.hex_code, family=ColorFamily.MULTI
        )
    )
    owner = owners.get(row.ext_id, material)
    if owner != material:
        yield f"extId: the shop has color {shown(row.ext_id)} of material {owner}; a colour can't change its material"
