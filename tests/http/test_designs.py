"""A shopper prices a choice, is told what is wrong with it, and keeps it under its code."""

from __future__ import annotations

from typing import Any

import pytest

from tests.http.guest import CHOICE, WISH, Guest, data, faults, problem

pytestmark = pytest.mark.anyio

QUOTE = "/products/oxford-roma/quote"


async def test_a_quote(guest: Guest) -> None:
    """Price, its parts, the tax in it, and the week."""
    quote = data(
        await guest.send(
            "POST", QUOTE, CHOICE | {"styleId": "BROGUE", "monogram": "MB", "quantity": 2, "pincode": "400 001"}
        )
    )
    assert quote["unitPrice"]["amount"] == 1_424_800
    assert [(part["code"], part["amount"]["amount"]) for part in quote["breakdown"]] == [
        ("base", 1_299_900),
        ("style", 75_000),
        ("monogram", 49_900),
    ]
    assert quote["quantity"] == 2
    assert quote["lineTotal"] == {"amount": 2_849_600, "currency": "INR", "formatted": "₹28,496.00"}
    assert quote["tax"] == {
        "rate": 18,
        "amount": {"amount": 434_685, "currency": "INR", "formatted": "₹4,346.85"},
        "inclusive": True,
        "kind": "IGST",
    }
    assert (quote["leadTimeDays"], quote["promisedWeek"], quote["available"]) == (21, "2026-W52", True)
    assert quote["_links"]["product"] == "/api/v1/products/oxford-roma"


async def test_a_quote_needs_neither_quantity_nor_pincode(guest: Guest) -> None:
    """One pair, in the seller's own state; a null is as good as nothing."""
    one = data(await guest.send("POST", QUOTE, CHOICE))
    assert one["tax"]["kind"] == "CGST_SGST"
    assert data(await guest.send("POST", QUOTE, CHOICE | {"quantity": 1, "pincode": None, "monogram": None})) == one


async def test_a_quote_is_nobodys_to_keep(guest: Guest) -> None:
    """It is true for a moment."""
    assert (await guest.send("POST", QUOTE, CHOICE)).headers["cache-control"] == "no-store"


async def test_every_reason_why_it_cannot_be_made(guest: Guest) -> None:
    """422 with a pointer to each member that is to blame."""
    wrong = {
        "styleId": "NO-SUCH",
        "soleId": "NO-SUCH",
        "colorId": "CALF-PINK",
        "size": {"system": "EU", "value": "49"},
        "width": "H",
        "monogram": "TOOLONG",
    }
    assert faults(await guest.send("POST", QUOTE, CHOICE | wrong), "design-not-buildable") == {
        "/styleId": "unknown-style",
        "/soleId": "unknown-sole",
        "/colorId": "unknown-color",
        "/size": "unknown-size",
        "/width": "unknown-width",
        "/monogram": "bad-monogram",
    }


async def test_a_rule_says_why(guest: Guest) -> None:
    """In the words of the catalogue."""
    answer = await guest.send("POST", QUOTE, CHOICE | {"soleId": "RUBBER", "styleId": "BROGUE"})
    assert faults(answer, "design-not-buildable") == {"/styleId": "rule-excludes"}
    assert answer.json()["errors"][0]["message"] == "RUBBER excludes BROGUE."


async def test_a_pin_code_that_the_post_does_not_have(guest: Guest) -> None:
    """Well formed, and wrong all the same."""
    assert faults(await guest.send("POST", QUOTE, CHOICE | {"pincode": "999999"})) == {"/pincode": "invalid"}


async def test_a_saved_design_is_found_by_its_code(guest: Guest, stranger: Guest) -> None:
    """By anybody, for ever; saving it again gives the same."""
    wish = {name: value for name, value in WISH.items() if name != "quantity"} | {"monogram": "MB"}
    answer = await guest.send("POST", "/designs", wish)
    design = data(answer, 201)
    assert answer.headers["location"] == f"/api/v1/designs/{design['code']}" == design["_links"]["self"]
    assert design["productId"] == "oxford-roma"
    assert design["choice"] == CHOICE | {"monogram": "MB"}
    found = await stranger.get(f"/designs/{design['code']}")
    assert data(found) == design
    assert found.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert (await stranger.get(f"/designs/{design['code']}", If_None_Match=found.headers["etag"])).status_code == 304
    assert data(await stranger.send("POST", "/designs", wish), 201) == design


async def test_only_what_can_be_made_is_saved(guest: Guest) -> None:
    """Of products that exist."""
    wish: dict[str, Any] = {"productId": "oxford-roma"} | CHOICE
    problem(await guest.send("POST", "/designs", wish | {"width": "H"}), "design-not-buildable")
    problem(await guest.send("POST", "/designs", wish | {"productId": "nothing"}), "resource-not-found")


@pytest.mark.parametrize("code", ["0000000000000", "8Z3K5QW7D0RT", "8z3k5qw7d0rt", "%00", "x"])
async def test_an_unknown_code_is_not_found(guest: Guest, code: str) -> None:
    """Well formed or not."""
    problem(await guest.get(f"/designs/{code}"), "resource-not-found")
