"""A shoe model: what it costs, what can be chosen, and what goes together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, TypeVar
from uuid import UUID

from domain.catalogue.errors import ChoiceProblem, DesignNotBuildable
from domain.catalogue.monogram import MonogramOffer
from domain.catalogue.options import Material, MaterialColor, Option, OptionKind, Sole, Style
from domain.catalogue.rules import Rule
from domain.catalogue.sizes import Last, SizeRow
from domain.design.design import Design, DesignChoice
from domain.errors import InvalidValue
from domain.events import Aggregate
from domain.money import NOTHING, Money
from domain.tax.gst import forbidden_band

SLUG: Final = re.compile(r"[a-z0-9-]{3,50}")
CATEGORY: Final = re.compile(r"[A-Z][A-Z_]{1,29}")
HSN: Final = re.compile(r"[0-9]{4}([0-9]{2}([0-9]{2})?)?")
MAX_PRICE: Final = Money(10_000_000)
_TITLE: Final = 200
_DESCRIPTION: Final = 2_000
_LONGEST_LEAD_TIME: Final = 365

O = TypeVar("O", bound=Option)  # noqa: E741  # the letter is never read as a number here


@dataclass(frozen=True, slots=True)
class Media:
    """A picture or a model of the product. `kind` is image, video or model."""

    url: str
    alt: str
    kind: str = "image"


@dataclass(slots=True, kw_only=True, eq=False)
class Product(Aggregate):
    """A shoe model in the catalogue. Prices are paise with GST included.

    `product_id` is the slug that people and links use. `sizes` are the EU sizes offered,
    `leather_dm2` what the uppers of an EU 42 pair consume.
    """

    id: UUID
    product_id: str
    title: str
    description: str
    category: str
    brand: str
    base_price: Money
    hsn: str
    lead_time_days: int
    last: Last
    leather_dm2: int
    styles: tuple[Style, ...]
    soles: tuple[Sole, ...]
    materials: tuple[Material, ...]
    sizes: tuple[str, ...]
    widths: tuple[str, ...]
    rules: tuple[Rule, ...] = ()
    monogram: MonogramOffer | None = None
    media: tuple[Media, ...] = ()
    is_active: bool = True
    created_at: datetime
    updated_at: datetime

    def check(self, on: date) -> None:
        """Refuse a product that can't be sold on that day; raises InvalidValue.

        Called when a product is created or changed, not when it is restored: what was
        once sold must stay readable.
        """
        for problem in self._problems(on):
            raise problem

    def problems(self, on: date) -> tuple[InvalidValue, ...]:
        """Everything that `check` would complain of, at once."""
        return tuple(self._problems(on))

    @property
    def offered_sizes(self) -> tuple[SizeRow, ...]:
        """The rows of the last's table that this product is made in."""
        return tuple(row for row in self.last.sizes if row.eu in self.sizes)

    def style(self, ext_id: str) -> Style:
        """The style of a design made from this product."""
        return _one(self.styles, ext_id)

    def sole(self, ext_id: str) -> Sole:
        """The sole of a design made from this product."""
        return _one(self.soles, ext_id)

    def material(self, ext_id: str) -> Material:
        """The material of a design made from this product."""
        return _one(self.materials, ext_id)

    def color(self, material: str, ext_id: str) -> MaterialColor:
        """The colour of a design made from this product."""
        return _one(self.material(material).colors, ext_id)

    def design(self, choice: DesignChoice) -> Design:
        """Turn a choice into a design, or raise DesignNotBuildable with every reason."""
        problems: list[ChoiceProblem] = []
        style = _choose(OptionKind.STYLE, self.styles, choice.style, problems)
        sole = _choose(OptionKind.SOLE, self.soles, choice.sole, problems)
        material = _choose(OptionKind.MATERIAL, self.materials, choice.material, problems)
        colors = material.colors if material else ()
        color = _choose(OptionKind.COLOR, colors, choice.color, problems) if material else None
        size_eu = self._size_of(choice, problems)
        self._check_width_and_monogram(choice, problems)
        chosen = {option.kind: option.ext_id for option in (style, sole, material, color) if option}
        problems.extend(self._broken_rules({**chosen, OptionKind.WIDTH: choice.width}))
        if problems or not (style and sole and material and color and size_eu):
            raise DesignNotBuildable(tuple(problems))
        return Design(
            product_id=self.product_id,
            style=style.ext_id,
            sole=sole.ext_id,
            material=material.ext_id,
            color=color.ext_id,
            size_eu=size_eu,
            width=choice.width,
            monogram=choice.monogram or None,
        )

    def _size_of(self, choice: DesignChoice, problems: list[ChoiceProblem]) -> str | None:
        size_eu = self.last.to_eu(choice.size)
        if size_eu is None or size_eu not in self.sizes:
            problems.append(ChoiceProblem("size", "unknown-size", f"{self.title} is not made in {choice.size}"))
            return None
        return size_eu

    def _check_width_and_monogram(self, choice: DesignChoice, problems: list[ChoiceProblem]) -> None:
        if choice.width not in self.widths:
            problems.append(ChoiceProblem("width", "unknown-width", f"{self.title} has no width {choice.width}"))
        if not choice.monogram:
            return
        if self.monogram is None:
            problems.append(ChoiceProblem("monogram", "no-monogram", f"{self.title} takes no monogram"))
        elif not self.monogram.accepts(choice.monogram):
            message = f"a monogram has up to {self.monogram.max_length} of A-Z, 0-9, '&' and '.'"
            problems.append(ChoiceProblem("monogram", "bad-monogram", message))

    def _broken_rules(self, chosen: Mapping[OptionKind, str]) -> Iterator[ChoiceProblem]:
        for rule in self.rules:
            if not rule.allows(chosen):
                yield ChoiceProblem(rule.then.option, f"rule-{rule.kind}", rule.reason)

    def _problems(self, on: date) -> Iterator[InvalidValue]:
        if not SLUG.fullmatch(self.product_id):
            yield InvalidValue("product_id", "3 to 50 of a-z, 0-9 and '-'")
        if not self.title.strip() or len(self.title) > _TITLE:
            yield InvalidValue("title", f"1 to {_TITLE} characters")
        if len(self.description) > _DESCRIPTION:
            yield InvalidValue("description", f"at most {_DESCRIPTION} characters")
        if not CATEGORY.fullmatch(self.category):
            yield InvalidValue("category", "2 to 30 of A-Z and '_'")
        if not HSN.fullmatch(self.hsn) or not self.hsn.startswith("64"):
            yield InvalidValue("hsn", "footwear is chapter 64: 4, 6 or 8 digits")
        if not 1 <= self.lead_time_days <= _LONGEST_LEAD_TIME:
            yield InvalidValue("lead_time_days", f"1 to {_LONGEST_LEAD_TIME} days")
        if self.leather_dm2 < 1:
            yield InvalidValue("leather_dm2", "a pair consumes at least 1 dm²")
        yield from self._offer_problems()
        yield from self._price_problems(on)

    def _offer_problems(self) -> Iterator[InvalidValue]:
        offers: tuple[tuple[str, Sequence[object]], ...] = (
            ("styles", self.styles),
            ("soles", self.soles),
            ("materials", self.materials),
            ("sizes", self.sizes),
            ("widths", self.widths),
        )
        for name, offered in offers:
            if not offered:
                yield InvalidValue(name, "at least one")
        if unknown := set(self.sizes) - {row.eu for row in self.last.sizes}:
            yield InvalidValue("sizes", f"not on last {self.last.code}: {', '.join(sorted(unknown))}")
        if unknown := set(self.widths) - set(self.last.widths):
            yield InvalidValue("widths", f"not on last {self.last.code}: {', '.join(sorted(unknown))}")

    def _price_problems(self, on: date) -> Iterator[InvalidValue]:
        if not NOTHING < self.base_price <= MAX_PRICE:
            yield InvalidValue("base_price", f"more than nothing and at most {MAX_PRICE}")
        low, high = forbidden_band(on)
        if any(low < price <= high for price in self.reachable_prices()):
            yield InvalidValue(
                "base_price",
                f"with its surcharges a pair would cost more than {low} and at most {high}: no GST rate fits there",
            )

    def reachable_prices(self) -> frozenset[Money]:
        """Every unit price that some choice of active options leads to, rules aside."""
        upper = {
            material.surcharge + color.surcharge
            for material in _active(self.materials)
            for color in _active(material.colors)
        }
        groups: list[set[Money]] = [
            {style.surcharge for style in _active(self.styles)},
            {sole.surcharge for sole in _active(self.soles)},
            upper,
            {NOTHING} | ({self.monogram.surcharge} if self.monogram else set()),
        ]
        prices = {self.base_price}
        for surcharges in groups:
            prices = {price + surcharge for price in prices for surcharge in surcharges or {NOTHING}}
        return frozenset(prices)


def _active(options: Iterable[O]) -> Iterator[O]:
    return (option for option in options if option.is_active)


def _one(options: Iterable[O], ext_id: str) -> O:
    for option in options:
        if option.ext_id == ext_id:
            return option
    raise DesignNotBuildable((ChoiceProblem("design", "option-gone", f"{ext_id} is no longer offered"),))


def _choose(kind: OptionKind, options: Iterable[O], reference: str, problems: list[ChoiceProblem]) -> O | None:
    for option in _active(options):
        if option.is_called(reference):
            return option
    problems.append(ChoiceProblem(kind, f"unknown-{kind}", f"{kind} {reference!r} is not offered for this product"))
    return None
