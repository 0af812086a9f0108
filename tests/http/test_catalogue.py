"""Shoppers find products and see what can be chosen, and caches keep what they saw."""

from __future__ import annotations

import httpx
import pytest

from adapters.memory.shop import MemoryShop
from domain.catalogue.product import Product
from tests.builders import a_product, catalogue_of
from tests.http.conftest import BOOT, LOAFER, OXFORD
from tests.http.guest import Guest, data, faults, problem

pytestmark = pytest.mark.anyio


@pytest.fixture
def products() -> tuple[Product, ...]:
    """Three that differ, and enough alike ones for several pages."""
    alike = [a_product().called(f"alike-{number:02}").priced(1_000_000).build() for number in range(7)]
    return (OXFORD, LOAFER, BOOT, *alike)


async def test_a_product_in_the_list(guest: Guest) -> None:
    """A card has what a shop window shows."""
    (card,) = data(await guest.get("/products?q=roma"))
    assert card == {
        "id": str(OXFORD.id),
        "productId": "oxford-roma",
        "title": "Oxford Roma",
        "category": "OXFORD",
        "brand": "Italian Shoes",
        "price": {"amount": 1_299_900, "currency": "INR", "formatted": "₹12,999.00"},
        "isActive": True,
        "image": "/media/oxford-roma.jpg",
        "leadTimeDays": 21,
        "rating": {"average": None, "count": 0},
        "createdAt": "2026-12-01T10:00:00Z",
        "updatedAt": "2026-12-01T10:00:00Z",
        "_links": {"self": "/api/v1/products/oxford-roma", "quote": "/api/v1/products/oxford-roma/quote"},
    }


@pytest.mark.parametrize("sort", ["newest", "price", "-price", "title"])
async def test_every_page_once(guest: Guest, sort: str) -> None:
    """Following `next` shows each product once, whatever the order; the last page says so."""
    seen: list[str] = []
    path: str | None = f"/products?limit=3&sort={sort}"
    while path is not None:
        page = (await guest.get(path)).json()
        paging = page["meta"]["pagination"]
        assert paging["limit"] == 3
        assert paging["has_more"] == (paging["next_cursor"] is not None) == (page["links"]["next"] is not None)
        seen += [card["productId"] for card in page["data"]]
        path = page["links"]["next"] and page["links"]["next"].removeprefix("/api/v1")
    assert len(seen) == len(set(seen)) == 10


async def test_a_list_says_where_it_is(guest: Guest) -> None:
    """`self` asks the same again; the facets of the same filters are related."""
    links = (await guest.get("/products?limit=20&category=BOOT&sort=newest")).json()["links"]
    assert links["self"] == "/api/v1/products?category=BOOT"
    assert links["related"] == {"facets": "/api/v1/catalogue/facets?category=BOOT"}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("category=LOAFER", {"loafer-capri"}),
        ("material=TEXTILE", {"loafer-capri"}),
        ("material=LINEN", {"loafer-capri"}),
        ("color_family=TAN", {"loafer-capri"}),
        ("min_price=1500000", {"boot-aosta"}),
        ("max_price=899900", {"loafer-capri"}),
        ("q=capri+loaf", {"loafer-capri"}),
        ("category=LOAFER&min_price=900000", set()),
    ],
)
async def test_filters(guest: Guest, query: str, found: set[str]) -> None:
    """All conditions hold for what is listed."""
    assert {card["productId"] for card in data(await guest.get(f"/products?{query}"))} == found


async def test_a_product_with_everything_that_can_be_chosen(guest: Guest) -> None:
    """By slug or by id, with options, sizes in every system, rules and links."""
    product = data(await guest.get("/products/oxford-roma"))
    assert data(await guest.get(f"/products/{OXFORD.id}")) == product
    assert [style["extId"] for style in product["styles"]] == ["CAPTOE", "BROGUE"]
    assert product["styles"][1]["surcharge"]["amount"] == 75_000
    assert [material["extId"] for material in product["materials"]] == ["CALF", "SUEDE"]
    assert product["materials"][0]["colors"][0]["hexCode"] == "#8B4513"
    assert {sizes["system"]: sizes["values"] for sizes in product["sizes"]} == {
        "EU": ["41", "42", "42.5", "43"],
        "UK": ["7.5", "8.5", "9", "9.5"],
        "US": ["8.5", "9.5", "10", "10.5"],
        "IN": ["7.5", "8.5", "9", "9.5"],
    }
    assert product["widths"] == ["F", "G"]
    assert product["rules"] == [
        {
            "kind": "excludes",
            "when": {"option": "sole", "extId": "RUBBER"},
            "then": {"option": "style", "extId": "BROGUE"},
            "reason": "RUBBER excludes BROGUE.",
        }
    ]
    assert product["monogram"]["maxLength"] == 3
    assert product["_links"] == {
        "self": "/api/v1/products/oxford-roma",
        "materials": "/api/v1/products/oxford-roma/materials",
        "styles": "/api/v1/products/oxford-roma/styles",
        "soles": "/api/v1/products/oxford-roma/soles",
        "quote": "/api/v1/products/oxford-roma/quote",
        "reviews": "/api/v1/products/oxford-roma/reviews",
    }


@pytest.mark.parametrize("path", ["materials", "styles", "soles"])
async def test_the_options_of_a_product(guest: Guest, path: str) -> None:
    """The same as in the product itself."""
    product = data(await guest.get("/products/oxford-roma"))
    assert data(await guest.get(f"/products/oxford-roma/{path}")) == product[path]


async def test_all_options(guest: Guest) -> None:
    """Of all products, by name; materials by category and colour family."""
    assert {style["extId"] for style in data(await guest.get("/styles"))} == {"CAPTOE", "BROGUE"}
    assert {sole["extId"] for sole in data(await guest.get("/soles"))} == {"GOODYEAR-LEATHER", "GOODYEAR", "RUBBER"}
    assert [each["extId"] for each in data(await guest.get("/materials"))] == ["CALF", "LINEN", "SUEDE"]
    assert [each["extId"] for each in data(await guest.get("/materials?category=SUEDE"))] == ["SUEDE"]
    (linen,) = data(await guest.get("/materials?family=TAN"))
    assert data(await guest.get("/materials/LINEN")) == linen
    assert data(await guest.get("/materials/LINEN/colors")) == linen["colors"]
    assert data(await guest.get("/materials/LINEN/colors?family=BLACK")) == []
    assert data(await guest.get("/products/oxford-roma/materials?family=TAN")) == []


async def test_facets(guest: Guest) -> None:
    """Counts for the same filters, and price bands that can be used as filters."""
    facets = data(await guest.get("/catalogue/facets?max_price=1000000"))
    assert facets["categories"] == [{"value": "OXFORD", "count": 7}, {"value": "LOAFER", "count": 1}]
    assert {"value": "TEXTILE", "count": 1} in facets["materials"]
    assert {"value": "TAN", "count": 1} in facets["colorFamilies"]
    band = facets["priceBands"][1]
    assert (band["minPrice"]["amount"], band["maxPrice"]["amount"], band["count"]) == (500_000, 999_999, 1)
    assert facets["priceBands"][-1]["maxPrice"] is None
    assert facets["_links"]["products"] == "/api/v1/products?max_price=1000000"


PUBLIC = [
    "/products",
    "/products/oxford-roma",
    "/products/oxford-roma/materials",
    "/products/oxford-roma/styles",
    "/products/oxford-roma/soles",
    "/materials",
    "/materials/CALF",
    "/materials/CALF/colors",
    "/styles",
    "/soles",
    "/catalogue/facets",
]


@pytest.mark.parametrize("path", PUBLIC)
async def test_who_has_it_gets_304(guest: Guest, path: str) -> None:
    """The catalogue may be kept, and is asked for again by its entity tag."""
    first = await guest.get(path)
    tag = first.headers["etag"]
    assert first.headers["cache-control"] == "public, max-age=300, s-maxage=3600, stale-while-revalidate=86400"
    assert first.headers["vary"] == "accept-version"
    for seen in (tag, f"W/{tag}", "*", f'"other", {tag}'):
        again = await guest.get(path, If_None_Match=seen)
        assert again.status_code == 304
        assert again.content == b""
        assert again.headers["etag"] == tag
        assert again.headers["cache-control"] == first.headers["cache-control"]
    assert (await guest.get(path, If_None_Match='"other"')).status_code == 200


async def test_a_list_that_grew_is_another(guest: Guest, memory: MemoryShop) -> None:
    """The same items with more to come are not what the caller has."""
    before = await guest.get("/products?sort=title&limit=10")
    async with memory.begin() as tx:
        await tx.catalogue.apply(catalogue_of(a_product().called("zoccolo").build()))
    after = await guest.get("/products?sort=title&limit=10", If_None_Match=before.headers["etag"])
    assert data(after) == data(before)
    assert after.json()["meta"]["pagination"]["has_more"] is True


async def test_the_newest_change_is_told(guest: Guest) -> None:
    """Last-Modified of a product, and of the newest in a list."""
    for path in ("/products/oxford-roma", "/products"):
        assert (await guest.get(path)).headers["last-modified"] == "Tue, 01 Dec 2026 10:00:00 GMT"
    assert "last-modified" not in (await guest.get("/products?q=nothing+of+that")).headers


@pytest.mark.parametrize(
    "path", ["/products/nothing", "/products/UPPER", f"/products/{'x' * 400}", "/materials/nothing"]
)
async def test_what_is_not_sold_is_not_found(guest: Guest, path: str) -> None:
    """Whatever its name."""
    problem(await guest.get(path), "resource-not-found")


async def test_every_bad_parameter_at_once(guest: Guest) -> None:
    """With its name as pointer."""
    query = "limit=0&sort=oldest&min_price=cheap&color_family=PINK&category=boot&q=&page=2&material=a%00b"
    assert faults(await guest.get(f"/products?{query}")) == {"/material": "character"}
    assert faults(await guest.get(f"/products?{query[:-14]}")) == {
        "/limit": "minimum",
        "/sort": "enum",
        "/min_price": "type",
        "/color_family": "enum",
        "/category": "pattern",
        "/q": "minLength",
        "/page": "unknown",
    }


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ("limit=101", {"/limit": "maximum"}),
        ("limit=1e1", {"/limit": "type"}),
        ("limit=+5", {"/limit": "type"}),
        (f"limit={'9' * 5000}", {"/limit": "type"}),
        ("limit=5&limit=6", {"/limit": "duplicate"}),
        ("q=%ff", {"": "encoding"}),
        ("&".join("q=a" for _ in range(200)), {"": "encoding"}),
        (f"q={'x' * 101}", {"/q": "maxLength"}),
    ],
)
async def test_a_bad_parameter(guest: Guest, query: str, fault: dict[str, str]) -> None:
    """However it is bad."""
    assert faults(await guest.get(f"/products?{query}")) == fault


@pytest.mark.parametrize("path", ["/styles", "/products/oxford-roma", "/cart"])
async def test_a_parameter_that_means_nothing_is_refused(guest: Guest, path: str) -> None:
    """So that a typing error isn't taken for an answer, and caches aren't filled with copies."""
    assert faults(await guest.get(f"{path}?family=TAN")) == {"/family": "unknown"}


async def test_a_cursor_of_another_list_is_refused(guest: Guest) -> None:
    """Of other filters, of another order, cut short, or made up; the page's size may change."""
    cursor = (await guest.get("/products?limit=3&sort=price")).json()["meta"]["pagination"]["next_cursor"]
    assert data(await guest.get(f"/products?limit=5&sort=price&cursor={cursor}"))
    for query in (
        f"sort=-price&cursor={cursor}",
        f"sort=price&category=BOOT&cursor={cursor}",
        f"sort=price&cursor={cursor[:-1]}",
        f"sort=price&cursor={cursor}=",
        "cursor=Zm9v",
        "cursor=%F0%9F%91%9E",
    ):
        problem(await guest.get(f"/products?{query}"), "invalid-cursor")


async def test_the_catalogue_is_for_everybody(http: httpx.AsyncClient) -> None:
    """Credentials change nothing about it."""
    answer = await http.get("/api/v1/products", headers={"Authorization": "Bearer x", "X-Cart-Token": "y" * 43})
    assert answer.status_code == 200
