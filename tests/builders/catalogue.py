"""Options, lasts and products to test with, every one of them sellable as it stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from domain.catalogue.monogram import MonogramOffer
from domain.catalogue.options import (
    ColorFamily,
    Material,
    MaterialCategory,
    MaterialColor,
    OptionKind,
    Sole,
    Style,
)
from domain.catalogue.product import Media, Product
from domain.catalogue.rules import OptionRef, Rule, RuleKind
from domain.catalogue.sizes import Last, SizeRow
from domain.money import Money
from tests.builders.identities import id_of
from tests.builders.moments import NOW


def _size(halves: int) -> str:
    return f"{halves // 2}.5" if halves % 2 else str(halves // 2)


def _named(code: str) -> str:
    return code.replace("-", " ").capitalize()


def a_last(code: str = "ROMA", *, widths: tuple[str, ...] = ("E", "F", "G")) -> Last:
    """EU 40 to 44.5 in half sizes; UK is EU - 33.5, US is UK + 1, India as UK."""
    halves = range(80, 90)
    rows = tuple(
        SizeRow(eu=_size(eu), uk=_size(eu - 67), us=_size(eu - 65), india=_size(eu - 67))
        for eu in halves  # in half sizes, so that nothing is a float
    )
    return Last(code=code, name=code.title(), widths=widths, sizes=rows)


def a_style(ext_id: str = "CAPTOE", *, name: str | None = None, surcharge: int = 0, active: bool = True) -> Style:
    """A style; surcharge in paise."""
    return Style(
        id=id_of(f"style {ext_id}"),
        ext_id=ext_id,
        name=name or _named(ext_id),
        surcharge=Money(surcharge),
        is_active=active,
    )


def a_sole(ext_id: str = "GOODYEAR", *, name: str | None = None, surcharge: int = 0, active: bool = True) -> Sole:
    """A sole; surcharge in paise."""
    return Sole(
        id=id_of(f"sole {ext_id}"),
        ext_id=ext_id,
        name=name or _named(ext_id),
        surcharge=Money(surcharge),
        is_active=active,
    )


def a_color(
    ext_id: str = "CALF-COGNAC",
    *,
    name: str | None = None,
    family: ColorFamily = ColorFamily.BROWN,
    hex_code: str = "#8B4513",
    surcharge: int = 0,
    active: bool = True,
) -> MaterialColor:
    """A colour of a material; surcharge in paise."""
    return MaterialColor(
        id=id_of(f"color {ext_id}"),
        ext_id=ext_id,
        name=name or _named(ext_id),
        surcharge=Money(surcharge),
        is_active=active,
        hex_code=hex_code,
        family=family,
    )


def a_material(
    ext_id: str = "CALF",
    *colors: MaterialColor,
    name: str | None = None,
    category: MaterialCategory = MaterialCategory.LEATHER,
    surcharge: int = 0,
    active: bool = True,
) -> Material:
    """A material; without colours it comes in `<ext_id>-COGNAC` and `<ext_id>-BLACK`."""
    usual = (
        a_color(f"{ext_id}-COGNAC"),
        a_color(f"{ext_id}-BLACK", family=ColorFamily.BLACK, hex_code="#1A1A1A"),
    )
    return Material(
        id=id_of(f"material {ext_id}"),
        ext_id=ext_id,
        name=name or _named(ext_id),
        surcharge=Money(surcharge),
        is_active=active,
        category=category,
        colors=colors or usual,
    )


_ROMA: Final = a_last()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductBuilder:
    """Starts with an Oxford at ₹12,999.00 in two styles, soles and materials, without rules or monogram."""

    slug: str = "oxford-roma"
    title: str = "Oxford Roma"
    description: str = "A closed-laced shoe for every day."
    category: str = "OXFORD"
    brand: str = "Italian Shoes"
    base_price: Money = Money(1_299_900)
    lead_time_days: int = 21
    last: Last = _ROMA
    leather_dm2: int = 24
    styles: tuple[Style, ...] = (a_style("CAPTOE"), a_style("BROGUE", surcharge=75_000))
    soles: tuple[Sole, ...] = (a_sole("GOODYEAR"), a_sole("RUBBER", surcharge=25_000))
    materials: tuple[Material, ...] = (
        a_material("CALF"),
        a_material("SUEDE", category=MaterialCategory.SUEDE, surcharge=40_000),
    )
    sizes: tuple[str, ...] = ("41", "42", "42.5", "43")
    widths: tuple[str, ...] = ("F", "G")
    rules: tuple[Rule, ...] = ()
    monogram: MonogramOffer | None = None
    media: tuple[Media, ...] = ()
    is_active: bool = True
    created_at: datetime = NOW
    updated_at: datetime = NOW

    def called(self, slug: str, title: str | None = None) -> ProductBuilder:
        """Another product."""
        return replace(self, slug=slug, title=title or _named(slug))

    def described(self, description: str) -> ProductBuilder:
        """What the shop says of it."""
        return replace(self, description=description)

    def in_category(self, category: str) -> ProductBuilder:
        """OXFORD, LOAFER, …"""
        return replace(self, category=category)

    def by(self, brand: str) -> ProductBuilder:
        """Of another brand."""
        return replace(self, brand=brand)

    def priced(self, paise: int) -> ProductBuilder:
        """The base price."""
        return replace(self, base_price=Money(paise))

    def taking_days(self, lead_time_days: int) -> ProductBuilder:
        """The lead time."""
        return replace(self, lead_time_days=lead_time_days)

    def using_leather(self, dm2: int) -> ProductBuilder:
        """What the uppers of an EU 42 pair consume."""
        return replace(self, leather_dm2=dm2)

    def on_last(self, last: Last) -> ProductBuilder:
        """Built on another last."""
        return replace(self, last=last)

    def in_styles(self, *styles: Style) -> ProductBuilder:
        """These styles only."""
        return replace(self, styles=styles)

    def on_soles(self, *soles: Sole) -> ProductBuilder:
        """These soles only."""
        return replace(self, soles=soles)

    def in_materials(self, *materials: Material) -> ProductBuilder:
        """These materials only."""
        return replace(self, materials=materials)

    def in_sizes(self, *eu: str) -> ProductBuilder:
        """These EU sizes only."""
        return replace(self, sizes=eu)

    def in_widths(self, *widths: str) -> ProductBuilder:
        """These widths only."""
        return replace(self, widths=widths)

    def excluding(self, when: tuple[OptionKind, str], then: tuple[OptionKind, str]) -> ProductBuilder:
        """One more rule: never both."""
        return self._ruled(RuleKind.EXCLUDES, when, then)

    def requiring(self, when: tuple[OptionKind, str], then: tuple[OptionKind, str]) -> ProductBuilder:
        """One more rule: the first only with the second."""
        return self._ruled(RuleKind.REQUIRES, when, then)

    def with_monogram(self, max_length: int = 3, surcharge: int = 49_900) -> ProductBuilder:
        """Takes initials; surcharge in paise."""
        return replace(self, monogram=MonogramOffer(max_length, Money(surcharge)))

    def with_media(self, *media: Media) -> ProductBuilder:
        """These pictures and models only."""
        return replace(self, media=media)

    def inactive(self) -> ProductBuilder:
        """No longer sold."""
        return replace(self, is_active=False)

    def created(self, at: datetime) -> ProductBuilder:
        """On that day, and not changed since."""
        return replace(self, created_at=at, updated_at=at)

    def with_everything(self) -> ProductBuilder:
        """With no field at its default, as a mapper's round trip wants it."""
        return replace(
            self.with_monogram()
            .excluding((OptionKind.SOLE, "RUBBER"), (OptionKind.STYLE, "BROGUE"))
            .requiring((OptionKind.MATERIAL, "SUEDE"), (OptionKind.WIDTH, "G")),
            media=(
                Media(url="/media/side.jpg", alt="From the side"),
                Media(url="/media/turn.mp4", alt="Turning", kind="video"),
                Media(url="/media/shoe.glb", alt="In three dimensions", kind="model"),
            ),
            styles=(
                a_style("CAPTOE", surcharge=10_000),
                a_style("BROGUE", surcharge=75_000),
                a_style("AVELLO", surcharge=5_000, active=False),
            ),
            is_active=False,
            created_at=NOW - timedelta(days=30),
            updated_at=NOW - timedelta(days=2, microseconds=1),
        )

    def build(self) -> Product:
        """The product, with an id that its slug stands for."""
        return Product(
            id=id_of(f"product {self.slug}"),
            product_id=self.slug,
            title=self.title,
            description=self.description,
            category=self.category,
            brand=self.brand,
            base_price=self.base_price,
            hsn="64035119",
            lead_time_days=self.lead_time_days,
            last=self.last,
            leather_dm2=self.leather_dm2,
            styles=self.styles,
            soles=self.soles,
            materials=self.materials,
            sizes=self.sizes,
            widths=self.widths,
            rules=self.rules,
            monogram=self.monogram,
            media=self.media,
            is_active=self.is_active,
            created_at=self.created_at,
            updated_at=self.updated_at,
        )

    def _ruled(self, kind: RuleKind, when: tuple[OptionKind, str], then: tuple[OptionKind, str]) -> ProductBuilder:
        rule = Rule(
            kind=kind,
            when=OptionRef(*when),
            then=OptionRef(*then),
            reason=f"{when[1]} {kind} {then[1]}.",
        )
        return replace(self, rules=(*self.rules, rule))


def a_product() -> ProductBuilder:
    """A product that can be sold."""
    return ProductBuilder()
