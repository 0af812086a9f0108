"""Designs and choices to test with."""

from __future__ import annotations

from dataclasses import dataclass, replace

from domain.catalogue.product import Product
from domain.catalogue.sizes import Size, SizeSystem
from domain.design.design import Design, DesignChoice


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignBuilder:
    """Starts with the first options of `a_product()` in EU 42, without a monogram."""

    product_id: str = "oxford-roma"
    style: str = "CAPTOE"
    sole: str = "GOODYEAR"
    material: str = "CALF"
    color: str = "CALF-COGNAC"
    size_eu: str = "42"
    width: str = "F"
    monogram: str | None = None

    def of(self, product: Product) -> DesignBuilder:
        """The first of everything that a product offers."""
        return DesignBuilder(
            product_id=product.product_id,
            style=product.styles[0].ext_id,
            sole=product.soles[0].ext_id,
            material=product.materials[0].ext_id,
            color=product.materials[0].colors[0].ext_id,
            size_eu=product.sizes[0],
            width=product.widths[0],
        )

    def in_style(self, ext_id: str) -> DesignBuilder:
        """Another style."""
        return replace(self, style=ext_id)

    def on_sole(self, ext_id: str) -> DesignBuilder:
        """Another sole."""
        return replace(self, sole=ext_id)

    def in_material(self, material: str, color: str) -> DesignBuilder:
        """Another material, in one of its colours."""
        return replace(self, material=material, color=color)

    def in_color(self, ext_id: str) -> DesignBuilder:
        """Another colour of the same material."""
        return replace(self, color=ext_id)

    def in_size(self, eu: str) -> DesignBuilder:
        """Another EU size."""
        return replace(self, size_eu=eu)

    def in_width(self, width: str) -> DesignBuilder:
        """Another width."""
        return replace(self, width=width)

    def monogrammed(self, monogram: str) -> DesignBuilder:
        """With initials."""
        return replace(self, monogram=monogram)

    def choice(self) -> DesignChoice:
        """What a customer would have to ask for."""
        return DesignChoice(
            style=self.style,
            sole=self.sole,
            material=self.material,
            color=self.color,
            size=Size(SizeSystem.EU, self.size_eu),
            width=self.width,
            monogram=self.monogram,
        )

    def build(self) -> Design:
        """The design, unchecked: a test may want one that its product refuses."""
        return Design(
            product_id=self.product_id,
            style=self.style,
            sole=self.sole,
            material=self.material,
            color=self.color,
            size_eu=self.size_eu,
            width=self.width,
            monogram=self.monogram,
        )


def a_design() -> DesignBuilder:
    """A design of `a_product()`."""
    return DesignBuilder()
