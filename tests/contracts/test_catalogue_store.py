"""A catalogue that was put into the shop is the catalogue that is there, whoever reads it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.catalogue.options import MaterialCategory
from domain.catalogue.product import Product
from domain.errors import DomainError
from domain.inventory.errors import CapacityExhausted, OutOfStock
from domain.money import Money
from ports.catalogue_store import CatalogueChange
from tests.builders import (
    NOW,
    THIS_WEEK,
    a_color,
    a_hold,
    a_last,
    a_material,
    a_product,
    a_sole,
    a_stock_item,
    a_style,
    a_week,
    catalogue_of,
    fresh_id,
)
from tests.contracts.aggregates import never_set, state_of
from tests.contracts.shop_fixtures import ShopCase

pytestmark = pytest.mark.anyio

BOX = "box:standard"


async def product_named(shop: ShopCase, slug: str) -> Product:
    """A product that there is."""
    return (await shop.products.named([slug]))[slug]


def test_the_sample_leaves_no_field_at_its_default() -> None:
    """A field that a mapper forgot would come back with its default, and so be found out."""
    assert never_set([a_product().with_everything().build()]) == set()


@pytest.mark.parametrize(
    "product",
    [
        pytest.param(a_product().with_everything().build(), id="with everything"),
        pytest.param(a_product().build(), id="plain"),
    ],
)
async def test_a_product_comes_back_as_it_was_applied(shop: ShopCase, product: Product) -> None:
    """Nothing of a product is lost, altered or put in another order on the way."""
    await shop.fill(catalogue_of(product))

    assert state_of(await product_named(shop, product.product_id)) == state_of(product) | {"version": 1}


async def test_what_is_there_can_be_referred_to(shop: ShopCase) -> None:
    """An import learns every option, last, product id and level that it may build on."""
    product = a_product().with_everything().build()
    await shop.fill(catalogue_of(product))

    async with shop.begin() as tx:
        contents = await tx.catalogue.contents()

    assert contents.lasts == {"ROMA": product.last}
    assert contents.styles == {style.ext_id: style for style in product.styles}
    assert contents.soles == {sole.ext_id: sole for sole in product.soles}
    assert contents.materials == {material.ext_id: material for material in product.materials}
    assert contents.product_ids == {product.product_id: product.id}
    assert contents.reserved[BOX] == 0
    assert contents.booked[str(THIS_WEEK)] == 0


async def test_a_shop_is_empty_until_it_has_a_product(shop: ShopCase) -> None:
    """Options alone are nothing to sell."""
    await shop.fill(CatalogueChange(styles=[a_style()]))
    async with shop.begin() as tx:
        assert await tx.catalogue.is_empty()

    await shop.fill(catalogue_of(a_product().inactive().build()))
    async with shop.begin() as tx:
        assert not await tx.catalogue.is_empty()


async def test_applying_again_changes_nothing(shop: ShopCase) -> None:
    """An import may be repeated; only the version says that it was."""
    product = a_product().with_everything().build()
    await shop.fill(catalogue_of(product))

    await shop.fill(catalogue_of(product))

    assert state_of(await product_named(shop, product.product_id)) == state_of(product) | {"version": 2}


async def test_a_product_is_overwritten_by_its_slug(shop: ShopCase) -> None:
    """All of it but who it is and since when."""
    before = a_product().with_everything().build()
    await shop.fill(catalogue_of(before))
    after = a_product().priced(999_900).in_sizes("44").taking_days(30).created(NOW + timedelta(days=1)).build()
    after.id = fresh_id()

    await shop.fill(catalogue_of(after))

    kept = {"id": before.id, "created_at": before.created_at, "version": 2}
    assert state_of(await product_named(shop, "oxford-roma")) == state_of(after) | kept


async def test_an_option_is_overwritten_by_its_ext_id_wherever_it_is_offered(shop: ShopCase) -> None:
    """A dearer style is dearer on every product at once; its id stays."""
    await shop.fill(catalogue_of(a_product().build(), a_product().called("derby-roma").build()))
    dearer = replace(a_style("CAPTOE", name="Cap toe, hand sewn", surcharge=99_900), id=fresh_id())

    await shop.fill(CatalogueChange(styles=[dearer]))

    expected = replace(dearer, id=a_style("CAPTOE").id)
    for slug in ("oxford-roma", "derby-roma"):
        assert (await product_named(shop, slug)).style("CAPTOE") == expected


async def test_every_kind_of_option_and_last_can_be_overwritten(shop: ShopCase) -> None:
    """Soles, materials and their colours, lasts: what was there before is as good as forgotten."""
    await shop.fill(catalogue_of(a_product().build()))
    sole = a_sole("GOODYEAR", name="Goodyear welted", surcharge=1, active=False)
    calf = a_material(
        "CALF",
        a_color("CALF-BLACK", name="Midnight", hex_code="#000001", surcharge=2),
        a_color("CALF-NAVY"),
        name="Box calf",
        category=MaterialCategory.PATENT,
        surcharge=3,
    )
    last = replace(a_last("ROMA", widths=("F", "G")), name="Roma II")

    await shop.fill(CatalogueChange(soles=[sole], materials=[calf], lasts=[last]))

    product = await product_named(shop, "oxford-roma")
    assert (product.sole("GOODYEAR"), product.material("CALF"), product.last) == (sole, calf, last)


async def test_a_product_of_unknown_options_is_refused(shop: ShopCase) -> None:
    """And with it everything else of the change."""
    product = a_product().in_styles(a_style("NEVER-HEARD-OF")).build()
    change = replace(catalogue_of(product), styles=[a_style("CAPTOE")])

    with pytest.raises((LookupError, DomainError)):
        await shop.fill(change)

    async with shop.begin() as tx:
        assert (await tx.catalogue.contents()).styles == {}


async def test_levels_are_set_and_what_is_promised_stays(shop: ShopCase) -> None:
    """An import doesn't forget what orders hold."""
    await shop.fill(CatalogueChange(stock=[a_stock_item(BOX, 10)], weeks=[a_week(capacity=10)]))
    async with shop.begin() as tx:
        await tx.reservations.hold(a_hold().needing({BOX: 4}).of_pairs(3).build())

    await shop.fill(CatalogueChange(stock=[a_stock_item(BOX, 4)], weeks=[a_week(capacity=3)]))

    async with shop.begin() as tx:
        contents = await tx.catalogue.contents()
    assert contents.reserved == {BOX: 4}
    assert contents.booked == {str(THIS_WEEK): 3}
    assert await shop.stock_views.available([BOX]) == {BOX: 0}
    assert await shop.stock_views.first_free_week(THIS_WEEK, 1) is None


async def test_a_level_below_what_is_promised_is_refused(shop: ShopCase) -> None:
    """Rule 2: neither stock nor a week is promised twice, also not by lowering it. Nothing changes."""
    await shop.fill(CatalogueChange(stock=[a_stock_item(BOX, 10)], weeks=[a_week(capacity=10)]))
    async with shop.begin() as tx:
        await tx.reservations.hold(a_hold().needing({BOX: 4}).of_pairs(3).build())

    with pytest.raises(OutOfStock) as too_little:
        await shop.fill(CatalogueChange(styles=[a_style()], stock=[a_stock_item(BOX, 3)]))
    with pytest.raises(CapacityExhausted):
        await shop.fill(CatalogueChange(styles=[a_style()], weeks=[a_week(capacity=2)]))

    assert too_little.value.skus == (BOX,)
    assert await shop.stock_views.available([BOX]) == {BOX: 6}
    async with shop.begin() as tx:
        assert (await tx.catalogue.contents()).styles == {}


async def test_a_changed_object_means_nothing_until_it_is_applied(shop: ShopCase) -> None:
    """The product that was given is not the one that is kept."""
    product = a_product().build()
    await shop.fill(catalogue_of(product))

    product.base_price = Money(1)

    assert (await product_named(shop, "oxford-roma")).base_price == Money(1_299_900)


async def test_a_change_is_read_as_soon_as_it_is_committed(shop: ShopCase) -> None:
    """Readers never see what is older than the last commit, nor what is not committed yet."""
    await shop.fill(catalogue_of(a_product().build()))
    await product_named(shop, "oxford-roma")  # so that a cache has it

    async with shop.begin() as tx:
        await tx.catalogue.apply(CatalogueChange(products=[a_product().priced(999_900).build()]))
        assert (await product_named(shop, "oxford-roma")).base_price == Money(1_299_900)

    assert (await product_named(shop, "oxford-roma")).base_price == Money(999_900)


async def test_a_failed_change_changes_nothing(shop: ShopCase) -> None:
    """All of a transaction, or nothing."""
    async with shop.failing() as tx:
        await tx.catalogue.apply(catalogue_of(a_product().build()))

    async with shop.begin() as tx:
        assert await tx.catalogue.is_empty()
    assert await shop.products.named(["oxford-roma"]) == {}
    assert await shop.stock_views.available([BOX]) == {BOX: 0}
