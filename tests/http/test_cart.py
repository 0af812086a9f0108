"""Guests fill carts that nobody else sees, and no change is lost or overwritten unseen."""

from __future__ import annotations

import pytest

from tests.http.guest import CHOICE, WISH, Guest, data, faults, problem

pytestmark = pytest.mark.anyio


async def test_who_has_no_cart_sees_an_empty_one(guest: Guest) -> None:
    """And gets no token for looking."""
    answer = await guest.get("/cart")
    cart = data(answer)
    assert (cart["id"], cart["items"], cart["itemCount"], cart["version"]) == (None, [], 0, 0)
    assert cart["_links"] == {"self": "/api/v1/cart", "items": "/api/v1/cart/items"}
    assert answer.headers["etag"] == '"0"'
    assert answer.headers["cache-control"] == "no-store"
    assert guest.cart_token is None


async def test_the_first_write_gives_the_token(guest: Guest, stranger: Guest) -> None:
    """Which opens the cart from then on, for its holder alone."""
    answer = await guest.send("POST", "/cart/items", WISH | {"quantity": 2})
    cart = data(answer, 201)
    assert answer.headers["location"] == "/api/v1/cart"
    assert answer.headers["x-cart-token"]
    (item,) = cart["items"]
    assert item["id"] == item["designCode"]
    assert item["product"] == {
        "id": item["product"]["id"],
        "productId": "oxford-roma",
        "title": "Oxford Roma",
        "image": "/media/oxford-roma.jpg",
    }
    assert item["choice"]["sole"] == {"extId": "GOODYEAR-LEATHER", "name": "Goodyear leather"}
    assert item["choice"]["size"] == {"system": "EU", "value": "42.5"}
    assert (item["quantity"], item["unitPrice"]["amount"], item["lineTotal"]["amount"]) == (2, 1_299_900, 2_599_800)
    assert (item["priceChanged"], item["available"]) == (False, True)
    assert item["_links"] == {"self": f"/api/v1/cart/items/{item['id']}", "product": "/api/v1/products/oxford-roma"}
    assert (cart["itemCount"], cart["total"]["amount"], cart["version"]) == (2, 2_599_800, 1)
    assert cart["expiresAt"] == "2026-12-08T10:00:00Z"
    assert cart["_links"]["checkout"] == "/api/v1/checkout/quote"
    assert data(await guest.get("/cart")) == cart
    assert data(await stranger.get("/cart"))["items"] == []
    assert "x-cart-token" not in (await guest.send("POST", "/cart/items", WISH)).headers


async def test_a_saved_design_is_put_in_by_its_code(guest: Guest) -> None:
    """The same design, the same line."""
    design = data(await guest.send("POST", "/designs", {"productId": "oxford-roma", **CHOICE}), 201)
    await guest.add()
    cart = data(await guest.send("POST", "/cart/items", {"designCode": design["code"], "quantity": 2}), 201)
    assert [(item["id"], item["quantity"]) for item in cart["items"]] == [(design["code"], 3)]


async def test_a_line_is_changed_and_removed(guest: Guest) -> None:
    """Each answer is the cart as it is then."""
    line = (await guest.add())["items"][0]["id"]
    cart = data(await guest.send("PATCH", f"/cart/items/{line}", {"quantity": 4}))
    assert (cart["itemCount"], cart["version"]) == (4, 2)
    cart = data(await guest.send("DELETE", f"/cart/items/{line}"))
    assert (cart["items"], cart["version"]) == ([], 3)


async def test_a_cart_is_emptied(guest: Guest) -> None:
    """204 with nothing; also when there was nothing."""
    await guest.add()
    answer = await guest.send("DELETE", "/cart")
    assert (answer.status_code, answer.content) == (204, b"")
    assert data(await guest.get("/cart"))["items"] == []
    assert (await guest.send("DELETE", "/cart")).status_code == 204


@pytest.mark.parametrize("token", ["short", "y" * 129, "with space and more of it", "y" * 43, "ü" * 30])
async def test_a_token_that_opens_nothing_is_as_good_as_none(guest: Guest, token: str) -> None:
    """An empty cart; and a write is answered with a token of the shop's own making."""
    guest.cart_token = token
    assert data(await guest.get("/cart"))["items"] == []
    await guest.add()
    assert guest.cart_token != token
    assert data(await guest.get("/cart"))["itemCount"] == 1


async def test_only_the_version_that_was_seen_is_changed(guest: Guest) -> None:
    """If-Match with the cart's ETag; an older one is refused, whatever the change."""
    line = (await guest.add())["items"][0]["id"]
    path = f"/cart/items/{line}"
    seen = (await guest.send("PATCH", path, {"quantity": 2}, If_Match='"1"')).headers["etag"]
    assert seen == '"2"'
    for stale in ('"1"', '"3"', '"x"', f"W/{seen}", '""'):
        problem(await guest.send("PATCH", path, {"quantity": 3}, If_Match=stale), "stale-version")
        problem(await guest.send("POST", "/cart/items", WISH, If_Match=stale), "stale-version")
        problem(await guest.send("DELETE", path, None, If_Match=stale), "stale-version")
        problem(await guest.send("DELETE", "/cart", None, If_Match=stale), "stale-version")
    assert data(await guest.get("/cart"))["itemCount"] == 2
    assert data(await guest.send("DELETE", path, None, If_Match="*"))["items"] == []


@pytest.mark.parametrize("value", ["2", "", '"1', '"1", "2"', "''", '"a b"', f'"{"9" * 19}" x'])
async def test_a_malformed_if_match_is_refused(guest: Guest, value: str) -> None:
    """It is neither any version nor none."""
    await guest.add()
    assert faults(await guest.send("POST", "/cart/items", WISH, If_Match=value)) == {"/If-Match": "pattern"}


async def test_what_is_not_in_the_cart_is_not_found(guest: Guest, stranger: Guest) -> None:
    """Also what is in somebody else's."""
    line = (await guest.add())["items"][0]["id"]
    await stranger.add(size={"system": "EU", "value": "41"})
    for path in (f"/cart/items/{line}", "/cart/items/8Z3K5QW7D0RT", "/cart/items/%00", "/cart/items/x"):
        problem(await stranger.send("PATCH", path, {"quantity": 2}), "resource-not-found")
        problem(await stranger.send("DELETE", path), "resource-not-found")
    assert data(await guest.get("/cart"))["itemCount"] == 1


async def test_a_design_comes_ten_times_at_most(guest: Guest) -> None:
    """In one request, and together with what is there."""
    await guest.add(quantity=6)
    assert faults(await guest.send("POST", "/cart/items", WISH | {"quantity": 11})) == {"/quantity": "maximum"}
    assert faults(await guest.send("POST", "/cart/items", WISH | {"quantity": 5})) == {"/quantity": "invalid"}
    assert data(await guest.get("/cart"))["itemCount"] == 6


async def test_what_cannot_be_made_is_not_put_in(guest: Guest) -> None:
    """A choice is told by its members; a design by nothing that wasn't sent."""
    answer = await guest.send("POST", "/cart/items", WISH | {"width": "H"})
    assert faults(answer, "design-not-buildable") == {"/width": "unknown-width"}
    problem(
        await guest.send("POST", "/cart/items", {"designCode": "8Z3K5QW7D0RT", "quantity": 1}), "resource-not-found"
    )
    assert guest.cart_token is None


async def test_signing_in_is_not_possible_yet(guest: Guest) -> None:
    """Who believes to be somebody isn't quietly taken for nobody."""
    answer = await guest.get("/cart", Authorization="Bearer eyJ")
    problem(answer, "unauthorized")
    assert answer.headers["www-authenticate"] == "Bearer"
