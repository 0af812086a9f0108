"""A catalogue file makes the shop what it says, once and for ever."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from application.catalogue.import_catalogue import CatalogueRefused, OnBadRow
from application.catalogue.import_plan import WeeksSet
from application.catalogue.ledger import Tally
from application.catalogue.rows import CatalogueRows, RejectedRow, RowKind
from domain.catalogue.options import ColorFamily
from domain.inventory.capacity import Week
from domain.money import Money
from tests.builders import NOW, THIS_WEEK
from tests.unit.application.catalogue.written import (
    BLACK,
    BOX,
    CALF,
    CAPACITY,
    CAPTOE,
    CATALOGUE,
    COGNAC,
    DERBY,
    LEATHER,
    OXFORD,
    STOCK,
    SUEDE,
    Desk,
)

pytestmark = pytest.mark.anyio


async def test_an_empty_shop_gets_all_that_the_file_has() -> None:
    """Counts, ids and dates: everything is new."""
    desk = Desk()

    report = await desk.bring(CATALOGUE)

    created = {kind: tally.created for kind, tally in report.tallies.items()}
    assert created == {"last": 1, "style": 2, "sole": 2, "material": 2, "color": 3, "product": 2, "stock": 3}
    assert report.rejected == ()
    oxford = await desk.product("oxford-roma")
    assert (oxford.base_price, oxford.created_at, oxford.updated_at) == (Money(1_299_900), NOW, NOW)
    assert [style.surcharge.minor for style in oxford.styles] == [0, 75_000]
    assert oxford.color("CALF", "CALF-COGNAC").family is ColorFamily.BROWN
    assert await desk.shop.stock_views.available([LEATHER, BOX]) == {LEATHER: 4_000, BOX: 200}


async def test_capacity_opens_weeks_from_the_current_one_on() -> None:
    """Three weeks ahead are this week and the next two."""
    desk = Desk()

    report = await desk.bring(CATALOGUE)

    last = Week.parse("2026-W51")
    assert report.weeks == WeeksSet(first=THIS_WEEK, last=last, pairs_per_week=40, created=3)
    assert await desk.shop.stock_views.first_free_week(last, 40) == last
    assert await desk.shop.stock_views.first_free_week(last.next(), 1) is None


async def test_the_same_file_twice_changes_nothing() -> None:
    """No id, no date, no version: not even after a day."""
    desk = Desk()
    await desk.bring(CATALOGUE)
    before = await desk.everything()
    desk.shop.clock.advance(timedelta(days=1))

    report = await desk.bring(CATALOGUE)

    assert await desk.everything() == before
    assert report.tallies[RowKind.PRODUCT] == Tally(unchanged=2)
    assert all(tally.created == tally.updated == 0 for tally in report.tallies.values())
    assert report.weeks is not None
    assert report.weeks.created == 0


async def test_what_changed_is_updated_and_keeps_its_identity() -> None:
    """A new price is a new `updated_at`; who the product is and since when stays, and so does the other one."""
    desk = Desk()
    await desk.bring(CATALOGUE)
    before, other = await desk.product("oxford-roma"), await desk.product("derby-roma")
    desk.shop.clock.advance(timedelta(days=1))
    dearer = replace(CATALOGUE, products=(replace(OXFORD, base_price=1_399_900), DERBY))

    report = await desk.bring(dearer)

    after = await desk.product("oxford-roma")
    assert report.tallies[RowKind.PRODUCT] == Tally(updated=1, unchanged=1)
    assert (after.id, after.created_at) == (before.id, before.created_at)
    assert (after.base_price, after.updated_at) == (Money(1_399_900), NOW + timedelta(days=1))
    assert (await desk.product("derby-roma")).updated_at == other.updated_at


async def test_an_option_that_changed_keeps_its_id_and_leaves_products_alone() -> None:
    """A product says which styles it has, not what they cost."""
    desk = Desk()
    await desk.bring(CATALOGUE)
    before = await desk.contents()
    dearer = replace(CAPTOE, surcharge=10_000)

    report = await desk.bring(replace(CATALOGUE, styles=(dearer, *CATALOGUE.styles[1:])))

    after = (await desk.contents()).styles["CAPTOE"]
    assert (after.id, after.surcharge) == (before.styles["CAPTOE"].id, Money(10_000))
    assert report.tallies[RowKind.STYLE] == Tally(updated=1, unchanged=1)
    assert report.tallies[RowKind.PRODUCT] == Tally(unchanged=2)


async def test_stock_levels_are_set_whatever_is_reserved_of_them() -> None:
    """What orders hold stays theirs."""
    desk = Desk()
    await desk.bring(CATALOGUE)
    await desk.hold({BOX: 50})

    report = await desk.bring(CatalogueRows(stock=(replace(STOCK[2], on_hand=60), STOCK[0])))

    assert report.tallies[RowKind.STOCK] == Tally(updated=1, unchanged=1)
    assert await desk.shop.stock_views.available([BOX]) == {BOX: 10}
    again = await desk.bring(CatalogueRows(stock=(replace(STOCK[2], on_hand=60),)))
    assert again.tallies[RowKind.STOCK] == Tally(unchanged=1)


async def test_a_file_of_products_alone_refers_to_what_the_shop_has() -> None:
    """As a CSV file does."""
    desk = Desk()
    await desk.bring(CATALOGUE)
    loafer = replace(OXFORD, line=2, product_id="loafer-roma", title="Roma Loafer", category="LOAFER")

    report = await desk.bring(CatalogueRows(products=(loafer,)))

    assert report.tallies[RowKind.PRODUCT] == Tally(created=1)
    assert (await desk.product("loafer-roma")).materials == (await desk.product("oxford-roma")).materials


async def test_what_the_file_does_not_name_stays() -> None:
    """An import adds and changes. It never takes anything away, not even a colour of a material that it names."""
    desk = Desk()
    await desk.bring(CATALOGUE)
    renamed = replace(CALF, name="Calf", colors=(replace(BLACK, name="Jet"),))

    await desk.bring(CatalogueRows(materials=(renamed,)))

    contents = await desk.contents()
    assert [(color.ext_id, color.name) for color in contents.materials["CALF"].colors] == [
        ("CALF-BLACK", "Jet"),
        ("CALF-COGNAC", "Cognac"),
    ]
    assert set(contents.product_ids) == {"oxford-roma", "derby-roma"}


async def test_one_bad_row_and_nothing_is_changed() -> None:
    """All bad rows are told, by line."""
    desk = Desk()
    await desk.bring(CATALOGUE)
    before = await desk.everything()
    bad = replace(
        CATALOGUE,
        products=(replace(OXFORD, base_price=1), replace(DERBY, hsn="4203")),
        stock=(replace(STOCK[0], on_hand=-1), *STOCK[1:]),
    )

    with pytest.raises(CatalogueRefused) as refused:
        await desk.bring(bad)

    assert [(row.line, row.kind, row.key) for row in refused.value.rejected] == [
        (12, "product", "derby-roma"),
        (13, "stock", LEATHER),
    ]
    assert await desk.everything() == before


async def test_bad_rows_can_be_skipped() -> None:
    """The good ones come in, the others are listed with their reasons."""
    desk = Desk()
    bad = replace(CATALOGUE, products=(replace(OXFORD, lead_time_days=0), DERBY))

    report = await desk.bring(bad, OnBadRow.SKIP_ROW)

    reason = "leadTimeDays: 1 to 365 days"
    assert report.rejected == (RejectedRow(11, RowKind.PRODUCT, "oxford-roma", (reason,)),)
    assert set((await desk.contents()).product_ids) == {"derby-roma"}


async def test_what_leans_on_a_bad_row_is_bad() -> None:
    """A colour takes its material along, that its other colours, its products and its stock."""
    desk = Desk()
    bad = replace(CATALOGUE, materials=(replace(CALF, colors=(BLACK, replace(COGNAC, hex_code="brown"))), SUEDE))
    suede_only = replace(DERBY, materials=("SUEDE",))

    report = await desk.bring(replace(bad, products=(OXFORD, suede_only)), OnBadRow.SKIP_ROW)

    assert [(row.line, row.key, row.reasons) for row in report.rejected] == [
        (6, "CALF", ("colors: color 'CALF-COGNAC' on line 8 is refused",)),
        (7, "CALF-BLACK", ("material 'CALF' on line 6, which it belongs to, is refused",)),
        (8, "CALF-COGNAC", ("hexCode: 'brown' is not #RRGGBB",)),
        (11, "oxford-roma", ("materials: material 'CALF' on line 6 is refused",)),
        (13, LEATHER, ("sku: color 'CALF-BLACK' on line 7 is refused",)),
    ]
    contents = await desk.contents()
    assert set(contents.materials) == {"SUEDE"}
    assert set(contents.product_ids) == {"derby-roma"}


async def test_a_row_that_its_reader_refused_is_as_bad_as_any() -> None:
    """It is listed with the others, and what leans on it is bad."""
    desk = Desk()
    unread = RejectedRow(5, RowKind.SOLE, "RUBBER", ("surcharge: has to be a whole number, not 2.5",))
    rows = replace(CATALOGUE, soles=CATALOGUE.soles[:1], rejected=(unread,))

    assert await desk.reasons(rows) == [
        "5 sole RUBBER: surcharge: has to be a whole number, not 2.5",
        "11 product oxford-roma: soles: sole 'RUBBER' on line 5 is refused",
        "12 product derby-roma: soles: sole 'RUBBER' on line 5 is refused",
    ]


async def test_a_bad_row_is_bad_even_when_the_shop_has_an_older_good_one() -> None:
    """What leans on it would get something else than the file says."""
    desk = Desk()
    await desk.bring(CATALOGUE)

    reasons = await desk.reasons(replace(CATALOGUE, lasts=(replace(CATALOGUE.lasts[0], name=" "),)))

    assert reasons[0] == "1 last ROMA: name: 1 to 80 characters, not 0"
    assert "11 product oxford-roma: last: last 'ROMA' on line 1 is refused" in reasons


async def test_of_rows_with_one_key_the_first_counts() -> None:
    """The others are bad, and name it."""
    desk = Desk()
    twice = replace(CATALOGUE, products=(OXFORD, replace(OXFORD, line=12, title="Roma again")))

    report = await desk.bring(twice, OnBadRow.SKIP_ROW)

    assert report.rejected == (
        RejectedRow(12, RowKind.PRODUCT, "oxford-roma", ("product 'oxford-roma' is on line 11 already",)),
    )
    assert (await desk.product("oxford-roma")).title == "Roma Oxford"


async def test_a_row_behind_a_bad_one_with_its_key_is_bad() -> None:
    """The first counts, even if it can't be read: nobody can know which of the two was meant."""
    unread = RejectedRow(2, RowKind.PRODUCT, "derby-roma", ("hsn: is missing",))

    assert await Desk().reasons(replace(CATALOGUE, rejected=(unread,))) == [
        "2 product derby-roma: hsn: is missing",
        "12 product derby-roma: product 'derby-roma' is on line 2 already",
    ]


async def test_a_later_import_opens_later_weeks() -> None:
    """Weeks that were open stay, with what is booked in them."""
    desk = Desk()
    await desk.bring(CATALOGUE)
    await desk.hold({}, pairs=30)
    desk.shop.clock.advance(timedelta(weeks=1))

    report = await desk.bring(CatalogueRows(capacity=replace(CAPACITY, pairs_per_week=50)))

    assert report.weeks is not None
    assert (report.weeks.first, report.weeks.created) == (THIS_WEEK.next(), 1)
    assert (await desk.contents()).booked == {"2026-W49": 30, "2026-W50": 0, "2026-W51": 0, "2026-W52": 0}
    assert await desk.shop.stock_views.first_free_week(THIS_WEEK, 50) == THIS_WEEK.next()
