"""Three products that are sold and one that is no longer, with options of every kind of both."""

from __future__ import annotations

from datetime import timedelta

from domain.catalogue.options import ColorFamily, MaterialCategory
from domain.catalogue.product import Product
from tests.builders import NOW, a_color, a_material, a_product
from tests.builders.catalogue import ProductBuilder

CALF = a_material("CALF", name="Box calf")
SUEDE = a_material("SUEDE", a_color("SUEDE-SKY", family=ColorFamily.BLUE), category=MaterialCategory.SUEDE)
PATENT = a_material(
    "PATENT",
    a_color("PATENT-RED", family=ColorFamily.RED, active=False),
    a_color("PATENT-WHITE", family=ColorFamily.WHITE),
    category=MaterialCategory.PATENT,
)
RETIRED = a_material("KUDU", category=MaterialCategory.EXOTIC, active=False)


def in_turn(*products: ProductBuilder) -> list[Product]:
    """Products created one minute after the other."""
    return [product.created(NOW + timedelta(minutes=minute)).build() for minute, product in enumerate(products)]


OXFORD, LOAFER, BOOT, GONE = PRODUCTS = in_turn(
    a_product().called("oxford-roma", "Oxford Roma").priced(1_299_900).in_materials(CALF, RETIRED),
    a_product().called("loafer-capri", "Capri Loafer").in_category("LOAFER").priced(499_999).in_materials(SUEDE),
    a_product()
    .called("boot-alba", "Alba boot")
    .in_category("BOOT")
    .by("Alba & Co")
    .priced(3_000_000)
    .in_materials(PATENT, CALF),
    a_product().called("oxford-old", "Old Oxford").in_materials(CALF).inactive(),
)
