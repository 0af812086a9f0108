"""The API over memory adapters, and guests who call it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from adapters.memory.shop import MemoryShop
from bootstrap.container import Shop
from bootstrap.memory import MemoryAdapters
from bootstrap.routes import use_cases
from domain.catalogue.options import ColorFamily, MaterialCategory, OptionKind
from domain.catalogue.product import Media, Product
from tests.builders import NOW, a_color, a_material, a_product, a_sole, a_style, catalogue_of
from tests.http.guest import Guest
from tests.http.operator import Operator
from tests.http.stage import Stage

OXFORD = (
    a_product()
    .called("oxford-roma", "Oxford Roma")
    .in_styles(a_style("CAPTOE"), a_style("BROGUE", surcharge=75_000))
    .on_soles(a_sole("GOODYEAR-LEATHER"), a_sole("RUBBER", surcharge=25_000))
    .with_monogram()
    .excluding((OptionKind.SOLE, "RUBBER"), (OptionKind.STYLE, "BROGUE"))
    .with_media(Media("/media/oxford-roma.glb", "The Oxford", "model"), Media("/media/oxford-roma.jpg", "The Oxford"))
    .build()
)
LOAFER = (
    a_product()
    .called("loafer-capri", "Capri Loafer")
    .in_category("LOAFER")
    .priced(899_900)
    .in_materials(a_material("LINEN", a_color("LINEN-SAND", family=ColorFamily.TAN), category=MaterialCategory.TEXTILE))
    .build()
)
BOOT = a_product().called("boot-aosta", "Aosta Boot").in_category("BOOT").priced(1_899_900).build()


@pytest.fixture
def products() -> tuple[Product, ...]:
    """What the shop sells; a module may override it."""
    return (OXFORD, LOAFER, BOOT)


@pytest.fixture
def adapters() -> MemoryAdapters:
    """The ports, all in this process; time stands at NOW."""
    return MemoryAdapters(now=NOW)


@pytest.fixture
def memory(adapters: MemoryAdapters) -> MemoryShop:
    """The shop behind the API."""
    shop: MemoryShop = adapters.shop()
    return shop


@pytest.fixture(scope="session")
def stage() -> Stage:
    """The application."""
    return Stage()


@pytest.fixture
async def served(stage: Stage, adapters: MemoryAdapters, memory: MemoryShop, products: tuple[Product, ...]) -> Stage:
    """The application, serving this test's shop, with something to sell."""
    async with memory.begin() as tx:
        await tx.catalogue.apply(catalogue_of(*products))
    stage.serve(use_cases(Shop(ports=adapters)), memory.clock)
    return stage


@pytest.fixture
async def http(served: Stage) -> AsyncIterator[httpx.AsyncClient]:
    """Speaks to the API as it stands, without a socket. An error that escapes the API fails the test."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(served.app), base_url="http://shop.test") as client:
        yield client


@pytest.fixture
def guest(http: httpx.AsyncClient) -> Guest:
    """Somebody with a browser."""
    return Guest(http)


@pytest.fixture
def stranger(http: httpx.AsyncClient) -> Guest:
    """Somebody else with a browser."""
    return Guest(http)


@pytest.fixture
def operator(http: httpx.AsyncClient) -> Operator:
    """Somebody of the workshop."""
    return Operator(http)
