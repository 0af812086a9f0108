"""Random carts, and what they have to cost: worked out here once more, from the catalogue and the law."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, TypeVar

from domain.catalogue.errors import DesignNotBuildable
from domain.catalogue.options import Option
from domain.catalogue.product import Product
from domain.catalogue.sizes import Size, SizeSystem
from domain.design.design import DesignChoice
from domain.money import Money
from tests.builders.identities import fresh_id
from tests.faults.door import Json
from tests.faults.guests import BENGALURU, Place

O = TypeVar("O", bound=Option)  # noqa: E741  # the letter is never read as a number here

SELLER: Final = BENGALURU.state

PLACES: Final = (
    BENGALURU,
    Place("Mysuru", "Karnataka", "570001"),
    Place("Mangaluru", "Karnataka", "575001"),
    Place("Chennai", "Tamil Nadu", "600001"),
    Place("Hyderabad", "Telangana", "500001"),
    Place("Mumbai", "Maharashtra", "400001"),
    Place("New Delhi", "Delhi", "110001"),
    Place("Kolkata", "West Bengal", "700001"),
    Place("Chandigarh", "Chandigarh", "160017"),  # a Union territory without legislature
    Place("Guwahati", "Assam", "781001"),  # the hills
    Place("Leh", "Ladakh", "194101"),
    Place("Port Blair", "Andaman and Nicobar Islands", "744101"),  # where no courier takes cash
)
"""As many within the seller's State as it takes for a quarter of all carts to stay there."""

_HIGHEST_AT_5_PERCENT: Final = 262_500
"""Paise with tax: 5 % up to a sale value of ₹2,500 a pair, 18 % above (since 22 Sep 2025)."""
_MOST_PAIRS: Final = 10


@dataclass(frozen=True, slots=True)
class Sums:
    """A line to the paisa. `rate` in percent; taxable and taxes together are `total`."""

    unit_price: int
    quantity: int
    total: int
    rate: float
    taxable: int
    cgst: int
    sgst: int
    igst: int

    @property
    def tax(self) -> int:
        """All taxes."""
        return self.cgst + self.sgst + self.igst


@dataclass(frozen=True, slots=True)
class RandomCart:
    """What somebody puts into a cart, by design code, and where it goes. `number` makes the same one again."""

    number: str
    wishes: Mapping[str, Json]
    unit_prices: Mapping[str, int]
    place: Place
    method: str

    def sums(self) -> dict[str, Sums]:
        """What every line has to cost there."""
        return {
            code: line_sums(self.unit_prices[code], wish["quantity"], self.place) for code, wish in self.wishes.items()
        }


def line_sums(unit_price: int, quantity: int, place: Place) -> Sums:
    """A line without a discount."""
    total, rate = unit_price * quantity, 5 if unit_price <= _HIGHEST_AT_5_PERCENT else 18
    cgst, sgst, igst = taxes_in(total, rate, place)
    return Sums(unit_price, quantity, total, rate, total - cgst - sgst - igst, cgst, sgst, igst)


def taxes_in(total: int, rate: float, place: Place) -> tuple[int, int, int]:
    """CGST, SGST and IGST that an amount contains: each rounded once, half a paisa up (CGST Act, section 170)."""
    if place.state == SELLER:
        half = _half_up(total * int(rate), 2 * (100 + int(rate)))
        return half, half, 0
    return 0, 0, _half_up(total * int(rate), 100 + int(rate))


def _half_up(numerator: int, denominator: int) -> int:
    return (2 * numerator + denominator) // (2 * denominator)


class RandomCarts:
    """Carts of one to four designs of the products, the same for the same seed and number."""

    def __init__(self, products: Sequence[Product], seed: str) -> None:
        self._products = [product for product in products if product.is_active]
        self._seed = seed

    def cart(self, number: int) -> RandomCart:
        """The cart of that number."""
        chance = random.Random(f"{self._seed}/{number}")
        wishes: dict[str, Json] = {}
        prices: dict[str, int] = {}
        for _ in range(chance.randint(1, 4)):
            product = chance.choice(self._products)
            code, wish, price = _design(product, chance)
            wishes[code] = {**wish, "quantity": min(chance.randint(1, 4) * chance.randint(1, 3), _MOST_PAIRS)}
            prices[code] = price
        method = chance.choice(["PREPAID", "PREPAID", "COD"])
        return RandomCart(f"{self._seed}/{number}", wishes, prices, chance.choice(PLACES), method)


def _design(product: Product, chance: random.Random) -> tuple[str, Json, int]:
    """A design that can be built, with its code, as a form has it, and with its price in paise."""
    while True:
        style, sole = chance.choice(_active(product.styles)), chance.choice(_active(product.soles))
        material = chance.choice(_active(product.materials))
        color = chance.choice(_active(material.colors))
        size, width = chance.choice(product.sizes), chance.choice(product.widths)
        monogram = "".join(chance.choices("ABEMRS&", k=2)) if product.monogram and chance.random() < 0.4 else None
        choice = DesignChoice(
            style.ext_id, sole.ext_id, material.ext_id, color.ext_id, Size(SizeSystem.EU, size), width, monogram
        )
        try:
            design = product.design(choice)
        except DesignNotBuildable:
            continue
        wish = {
            "productId": product.product_id,
            "styleId": style.ext_id,
            "soleId": sole.ext_id,
            "materialId": material.ext_id,
            "colorId": color.ext_id,
            "size": {"system": "EU", "value": size},
            "width": width,
            "monogram": monogram,
        }
        initials = product.monogram.surcharge.minor if product.monogram and monogram else 0
        surcharges = sum(option.surcharge.minor for option in (style, sole, material, color)) + initials
        return design.code, wish, product.base_price.minor + surcharges


def twins(products: Sequence[Product], today: date) -> Iterator[Product]:
    """The same shoes at prices that are not round, and on sale at prices that bear the lower rate of GST."""
    chance = random.Random(1)
    for product in products:
        yield _twin(product, "odd", product.base_price.minor + chance.randint(1, 99_999), today)
        plain = replace(
            product,
            styles=_free(product.styles),
            soles=_free(product.soles),
            materials=_free(
                tuple(replace(each, colors=_free(each.colors)) for each in product.materials if _free(each.colors))
            ),
            monogram=None,
        )
        if plain.styles and plain.soles and plain.materials:
            yield _twin(plain, "sale", chance.randint(50_000, _HIGHEST_AT_5_PERCENT), today)


def _twin(product: Product, name: str, price: int, today: date) -> Product:
    twin = replace(product, id=fresh_id(), product_id=f"{name}-{product.product_id}", base_price=Money(price))
    twin.check(today)
    return twin


def _active(options: Sequence[O]) -> list[O]:
    return [option for option in options if option.is_active]


def _free(options: tuple[O, ...]) -> tuple[O, ...]:
    return tuple(option for option in options if not option.surcharge)
