"""A design can be priced, kept and shared, and nothing is promised by it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from application.designs.find_design import ChosenWish, DesignWish, SavedWish
from application.designs.quote_design import DesignQuote, QuoteDesignQuery
from domain.catalogue.errors import DesignNotBuildable
from domain.errors import InvalidValue, NotFound
from domain.tax.gst import TaxKind
from ports.pin_directory import UnknownPinCode
from tests.builders import NOW, THIS_WEEK, a_design, a_product, a_stock_item, a_week, shelves_for, weeks_from
from tests.unit.application.workshop import PRICE, Workshop, wish

pytestmark = pytest.mark.anyio

ROMA = a_product().taking_days(21)


async def quote(
    workshop: Workshop, wanted: DesignWish | None = None, pairs: int = 1, pincode: str | None = None
) -> DesignQuote:
    """What a design costs."""
    return await workshop.use.quote_design()(QuoteDesignQuery(wanted or wish(), pairs, pincode))


async def test_a_quote_says_what_it_costs_and_why(workshop: Workshop) -> None:
    """Unit price with its parts, line total, tax within it, and the code of the design."""
    design = a_design().on_sole("RUBBER").monogrammed("AR")
    quoted = await quote(workshop, wish(design), pairs=2)
    assert quoted.design_code == design.build().code
    assert [(part.code, part.amount.minor) for part in quoted.unit_price.breakdown] == [
        ("base", PRICE),
        ("sole", 25_000),
        ("monogram", 49_900),
    ]
    assert (quoted.unit_price.amount.minor, quoted.quantity) == (1_374_800, 2)
    assert quoted.line_total.minor == 2_749_600
    assert quoted.tax.rate_bp == 1800
    assert quoted.tax.total.minor == 2 * 209_715  # 9 % CGST and SGST within ₹27,496.00, each rounded half up


@pytest.mark.parametrize(
    ("pincode", "kind"),
    [
        (None, TaxKind.CGST_SGST),
        ("560001", TaxKind.CGST_SGST),
        ("400001", TaxKind.IGST),
        ("160001", TaxKind.IGST),
        (" 400 001 ", TaxKind.IGST),
    ],
)
async def test_the_destination_decides_how_gst_is_split(workshop: Workshop, pincode: str | None, kind: TaxKind) -> None:
    """Without one it is taken to be the seller's own state; the price is the same everywhere."""
    quoted = await quote(workshop, pincode=pincode)
    assert (quoted.tax.kind, quoted.line_total.minor) == (kind, PRICE)


@pytest.mark.parametrize(("pincode", "refusal"), [("999999", UnknownPinCode), ("12", InvalidValue)])
async def test_a_pin_code_that_the_post_does_not_have_is_refused(
    workshop: Workshop, pincode: str, refusal: type[InvalidValue]
) -> None:
    """The field is named."""
    with pytest.raises(refusal) as refused:
        await quote(workshop, pincode=pincode)
    assert refused.value.field == "pincode"


@pytest.mark.parametrize(
    ("now", "rate_bp"),
    [
        (datetime(2025, 9, 21, 18, 29, 59, tzinfo=UTC), 1800),
        (datetime(2025, 9, 21, 18, 30, tzinfo=UTC), 500),
    ],
)
async def test_the_rate_is_that_of_the_day_in_india(now: datetime, rate_bp: int) -> None:
    """₹2,000.00 bore 18 % until the midnight of 22 September 2025 in India, 5 % from then on."""
    workshop = await Workshop.opened(a_product().priced(200_000).build(), now=now)
    assert (await quote(workshop)).tax.rate_bp == rate_bp


async def test_the_promise_is_the_first_week_with_room_after_the_lead_time() -> None:
    """21 days from Tuesday of week 49 is week 52; a full week is passed over."""
    workshop = await Workshop.opened(ROMA.build())
    quoted = await quote(workshop)
    assert (str(quoted.promised_week), quoted.lead_time_days, quoted.available) == ("2026-W52", 21, True)
    weeks = [a_week("2026-W51", 40), a_week("2026-W52", 0), a_week("2026-W53", 1), a_week("2027-W01", 2)]
    workshop = await Workshop.opened(ROMA.build(), weeks=weeks)
    assert str((await quote(workshop, pairs=1)).promised_week) == "2026-W53"
    assert str((await quote(workshop, pairs=2)).promised_week) == "2027-W01"


async def test_without_a_week_there_is_no_promise_and_nothing_to_order() -> None:
    """The price is still told."""
    workshop = await Workshop.opened(ROMA.build(), weeks=weeks_from(THIS_WEEK, count=3))
    quoted = await quote(workshop)
    assert (quoted.promised_week, quoted.available, quoted.line_total.minor) == (None, False, PRICE)


@pytest.mark.parametrize("short", ["leather:CALF-COGNAC", "sole:GOODYEAR:42", "box:standard"])
async def test_a_design_is_available_for_as_many_pairs_as_every_component_allows(short: str) -> None:
    """Two pairs could be made of what is there, three couldn't."""
    enough_for_two = 48 if short.startswith("leather") else 2
    stock = [a_stock_item(each.sku, enough_for_two if each.sku == short else 999) for each in shelves_for(ROMA.build())]
    workshop = await Workshop.opened(ROMA.build(), stock=stock)
    assert [(await quote(workshop, pairs=pairs)).available for pairs in (1, 2, 3)] == [True, True, False]


async def test_a_component_that_nobody_has_counted_is_not_there() -> None:
    """A missing stock row is no stock."""
    workshop = await Workshop.opened(ROMA.build(), stock=[a_stock_item("box:standard")])
    assert not (await quote(workshop)).available


async def test_a_quote_promises_nothing(workshop: Workshop) -> None:
    """No stock is reserved, no week booked, nothing told."""
    await quote(workshop, pairs=10)
    assert (await workshop.reserved(), await workshop.booked(), workshop.told()) == ({}, {}, [])


@pytest.mark.parametrize("pairs", [0, -1])
async def test_no_pairs_have_no_price(workshop: Workshop, pairs: int) -> None:
    """At least one pair is quoted."""
    with pytest.raises(InvalidValue) as refused:
        await quote(workshop, pairs=pairs)
    assert refused.value.field == "quantity"


async def test_a_product_goes_by_its_slug_and_by_its_id(workshop: Workshop) -> None:
    """Both lead to the same quote."""
    product = a_product().build()
    by_id = ChosenWish(str(product.id), a_design().choice())
    assert await quote(workshop, by_id) == await quote(workshop)


async def test_a_saved_design_is_found_by_its_code_and_stays_as_it_was(workshop: Workshop) -> None:
    """Saving it again changes nothing, not even when it was made."""
    saved = await workshop.use.save_design()(wish(a_design().monogrammed("AR")))
    assert saved.design == a_design().monogrammed("AR").build()
    assert saved.created_at == NOW
    workshop.pass_time(days=1)
    assert await workshop.use.save_design()(wish(a_design().monogrammed("AR"))) == saved
    assert await workshop.use.get_design()(saved.design.code) == saved


async def test_a_code_that_was_never_saved_is_not_found(workshop: Workshop) -> None:
    """A design that could be built is not one that was saved."""
    for ask in (
        workshop.use.get_design()(a_design().build().code),
        quote(workshop, SavedWish(a_design().build().code)),
    ):
        with pytest.raises(NotFound):
            await ask


async def test_what_cannot_be_built_is_not_saved(workshop: Workshop) -> None:
    """Neither an unknown product nor a wrong choice."""
    with pytest.raises(DesignNotBuildable):
        await workshop.use.save_design()(wish(a_design().in_width("H")))
    with pytest.raises(NotFound):
        await workshop.use.save_design()(ChosenWish("no-such-shoe", a_design().choice()))
    with pytest.raises(NotFound):
        await workshop.use.get_design()(a_design().in_width("H").build().code)


async def test_a_saved_design_can_be_read_but_not_bought_once_it_is_no_longer_offered(workshop: Workshop) -> None:
    """A shared link still shows what it was."""
    saved = await workshop.use.save_design()(wish())
    await workshop.offer(a_product().in_sizes("41").build())
    assert await workshop.use.get_design()(saved.design.code) == saved
    with pytest.raises(DesignNotBuildable):
        await quote(workshop, SavedWish(saved.design.code))
