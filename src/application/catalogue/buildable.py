"""Whether the rules of a product leave anything to choose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from domain.catalogue.options import Option, OptionKind
from domain.catalogue.product import Product
from domain.catalogue.rules import Rule

O = TypeVar("O", bound=Option)  # noqa: E741  # the letter is never read as a number here

Choice = Mapping[OptionKind, str]


def can_be_built(product: Product) -> bool:
    """Whether some combination of active options keeps every rule."""
    uppers = [
        {OptionKind.MATERIAL: material.ext_id, OptionKind.COLOR: color.ext_id}
        for material in _active(product.materials)
        for color in _active(material.colors)
    ]
    groups: tuple[Sequence[Choice], ...] = (
        [{OptionKind.STYLE: style.ext_id} for style in _active(product.styles)],
        [{OptionKind.SOLE: sole.ext_id} for sole in _active(product.soles)],
        uppers,
        [{OptionKind.WIDTH: width} for width in product.widths],
    )
    return _can_be_completed({}, groups, product.rules)


def _can_be_completed(chosen: Choice, groups: Sequence[Sequence[Choice]], rules: Sequence[Rule]) -> bool:
    if not groups:
        return True
    first, *others = groups
    return any(
        _keeps(both, rules) and _can_be_completed(both, others, rules)
        for both in ({**chosen, **option} for option in first)
    )


def _keeps(chosen: Choice, rules: Sequence[Rule]) -> bool:
    """Whether the rules hold whose two sides are both decided."""
    return all(rule.allows(chosen) for rule in rules if rule.when.option in chosen and rule.then.option in chosen)


def _active(options: Sequence[O]) -> list[O]:
    return [option for option in options if option.is_active]
