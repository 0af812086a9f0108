"""What can be said against the row of a product beyond what the domain says of a product."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from application.catalogue.row_checks import (
    invisible_problems,
    objections,
    range_problems,
    repetitions,
    shown,
    spelling_problems,
    surcharge_problems,
    text_problems,
)
from application.catalogue.rows import ProductRow, WrittenMedia, WrittenOption, WrittenRule
from domain.catalogue.monogram import MonogramOffer
from domain.catalogue.options import OptionKind
from domain.catalogue.product import Product
from domain.catalogue.rules import OptionRef, Rule, RuleKind
from domain.errors import InvalidValue
from domain.money import NOTHING, Money

_BRAND: Final = 80
_REASON: Final = 300
_URL: Final = 500
_ALT: Final = 300
_MOST_LEATHER_DM2: Final = 1_000
_MEDIA_KINDS: Final = ("image", "video", "model")


def product_row_problems(row: ProductRow) -> Iterator[str]:
    """Texts, lists, monogram and media; not the references, nor what `Product.problems` finds."""
    yield from invisible_problems("title", row.title)
    yield from invisible_problems("description", row.description)
    yield from text_problems("brand", row.brand, _BRAND)
    yield from range_problems("leatherDm2", row.leather_dm2, 1, _MOST_LEATHER_DM2)
    lists = (
        ("styles", row.styles),
        ("soles", row.soles),
        ("materials", row.materials),
        ("sizes", row.sizes),
        ("widths", row.widths),
    )
    for member, entries in lists:
        yield from repetitions(member, entries)
    if row.monogram is not None:
        longest = row.monogram.max_length
        yield from objections(lambda: MonogramOffer(longest, NOTHING), "monogram.")
        yield from surcharge_problems("monogram.surcharge", row.monogram.surcharge)
    for number, media in enumerate(row.media):
        yield from _media_problems(f"media[{number}]", media)


def rule_problems(row: ProductRow, colors: Collection[str]) -> Iterator[str]:
    """Rules that don't join two of the options offered. `colors` are those of the row's materials."""
    offered: Mapping[str, Collection[str]] = {
        OptionKind.STYLE: row.styles,
        OptionKind.SOLE: row.soles,
        OptionKind.MATERIAL: row.materials,
        OptionKind.COLOR: colors,
        OptionKind.WIDTH: row.widths,
    }
    for number, rule in enumerate(row.rules):
        where = f"rules[{number}]"
        yield from spelling_problems(f"{where}.kind", rule.kind, RuleKind)
        yield from _side_problems(f"{where}.when", rule.when, offered)
        yield from _side_problems(f"{where}.then", rule.then, offered)
        yield from text_problems(f"{where}.reason", rule.reason, _REASON)
        if rule.when.option == rule.then.option:
            yield f"{where}: a shoe has one {rule.when.option} anyway; a rule joins two different groups"


def rule_of(rule: WrittenRule) -> Rule:
    """The rule that a row without rule problems spells."""
    return Rule(
        kind=RuleKind(rule.kind),
        when=OptionRef(OptionKind(rule.when.option), rule.when.ext_id),
        then=OptionRef(OptionKind(rule.then.option), rule.then.ext_id),
        reason=rule.reason,
    )


def monogram_of(row: ProductRow) -> MonogramOffer | None:
    """The monogram that a row offers; None also when it can't be one."""
    if row.monogram is None:
        return None
    try:
        return MonogramOffer(row.monogram.max_length, Money(row.monogram.surcharge))
    except InvalidValue:
        return None


def content_of(product: Product) -> tuple[object, ...]:
    """What a row says of a product: everything but its identity and its dates."""
    return (
        product.title,
        product.description,
        product.category,
        product.brand,
        product.base_price,
        product.hsn,
        product.lead_time_days,
        product.leather_dm2,
        product.last.code,
        tuple(style.ext_id for style in product.styles),
        tuple(sole.ext_id for sole in product.soles),
        tuple(material.ext_id for material in product.materials),
        product.sizes,
        product.widths,
        product.rules,
        product.monogram,
        product.media,
        product.is_active,
    )


def _side_problems(where: str, side: WrittenOption, offered: Mapping[str, Collection[str]]) -> Iterator[str]:
    yield from spelling_problems(f"{where}.option", side.option, OptionKind)
    if side.option in offered and side.ext_id not in offered[side.option]:
        yield f"{where}: the product offers no {side.option} {shown(side.ext_id)}"


def _media_problems(where: str, media: WrittenMedia) -> Iterator[str]:
    yield from spelling_problems(f"{where}.kind", media.kind, _MEDIA_KINDS)
    yield from text_problems(f"{where}.alt", media.alt, _ALT)
    yield from text_problems(f"{where}.url", media.url, _URL)
    if not media.url.startswith(("/", "https://")) or media.url.startswith("//"):
        yield f"{where}.url: neither a path from / nor an https address"
