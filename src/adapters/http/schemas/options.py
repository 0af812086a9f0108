"""Styles, soles, materials and their colours."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from msgspec import Meta, field

from adapters.http import links
from adapters.http.schemas.base import Amount, ExtId, Href, Query, Resource
from domain.catalogue.options import ColorFamily, Material, MaterialCategory, MaterialColor, Sole, Style


class MaterialsQuery(Query):
    """Which materials, and in which colours."""

    category: MaterialCategory | None = None
    family: Annotated[ColorFamily | None, Meta(description="Only colours of this family.")] = None

    def narrow(self, materials: tuple[Material, ...]) -> list[Material]:
        """Those of the category that come in a colour of the family."""
        return [
            each
            for each in materials
            if self.category in {None, each.category}
            and (self.family is None or any(color.family is self.family for color in each.colors))
        ]


class ColorsQuery(Query):
    """Which colours."""

    family: Annotated[ColorFamily | None, Meta(description="Only colours of this family.")] = None

    def narrow(self, colors: tuple[MaterialColor, ...]) -> list[MaterialColor]:
        """Those of the family."""
        return [each for each in colors if self.family in {None, each.family}]


class OptionResource(Resource):
    """What every option has."""

    id: UUID
    ext_id: ExtId
    name: str
    surcharge: Annotated[Amount, Meta(description="What it adds to the price of a pair.")]


class ListedLinks(Resource):
    """Where the list of such options is."""

    collection: Href


class StyleResource(OptionResource):
    """How the upper is cut."""

    links: ListedLinks = field(name="_links")

    @classmethod
    def of(cls, style: Style) -> StyleResource:
        """A style."""
        return cls(
            id=style.id,
            ext_id=style.ext_id,
            name=style.name,
            surcharge=Amount.of(style.surcharge),
            links=ListedLinks(collection=links.STYLES),
        )


class SoleResource(OptionResource):
    """What the shoe stands on."""

    links: ListedLinks = field(name="_links")

    @classmethod
    def of(cls, sole: Sole) -> SoleResource:
        """A sole."""
        return cls(
            id=sole.id,
            ext_id=sole.ext_id,
            name=sole.name,
            surcharge=Amount.of(sole.surcharge),
            links=ListedLinks(collection=links.SOLES),
        )


class ColorLinks(Resource):
    """Where the material of a colour is."""

    material: Href


class ColorResource(OptionResource):
    """A colour in which a material is stocked."""

    hex_code: Annotated[str, Meta(examples=["#8B4513"])]
    family: ColorFamily
    links: ColorLinks = field(name="_links")

    @classmethod
    def of(cls, color: MaterialColor, material: Material) -> ColorResource:
        """A colour of a material."""
        return cls(
            id=color.id,
            ext_id=color.ext_id,
            name=color.name,
            surcharge=Amount.of(color.surcharge),
            hex_code=color.hex_code,
            family=color.family,
            links=ColorLinks(material=links.material(material.ext_id)),
        )


class MaterialLinks(Resource):
    """Where a material is, its colours, and the products made of it."""

    self: Href
    colors: Href
    products: Href


class MaterialResource(OptionResource):
    """What the upper is made of."""

    category: MaterialCategory
    colors: list[ColorResource]
    links: MaterialLinks = field(name="_links")

    @classmethod
    def of(cls, material: Material, family: ColorFamily | None = None) -> MaterialResource:
        """A material in its colours, or in those of a family."""
        here = links.material(material.ext_id)
        return cls(
            id=material.id,
            ext_id=material.ext_id,
            name=material.name,
            surcharge=Amount.of(material.surcharge),
            category=material.category,
            colors=[ColorResource.of(each, material) for each in material.colors if family in {None, each.family}],
            links=MaterialLinks(
                self=here,
                colors=f"{here}/colors",
                products=f"{links.PRODUCTS}?material={material.ext_id}",
            ),
        )
