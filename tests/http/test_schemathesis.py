"""The API keeps what its OpenAPI document promises, whatever is sent: no 5xx, no undocumented answer.

Half of the requests hold the tokens of a guest who has a cart and an order, or the operator's
on the staff's routes, and name what is there, so that what lies behind those is reached too.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from zlib import crc32

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis import Case, GenerationMode
from schemathesis.config import SchemathesisConfig
from schemathesis.core.parameters import ParameterLocation
from schemathesis.python.asgi import ASGIClient, get_client

from adapters.http import links
from bootstrap.container import Shop
from bootstrap.memory import MemoryAdapters
from bootstrap.routes import use_cases
from tests.builders import NOW, catalogue_of
from tests.http.conftest import BOOT, LOAFER, OXFORD
from tests.http.guest import Guest
from tests.http.operator import SIGNED_IN, needed, stuck
from tests.http.stage import Stage

_CONFIG: Final = SchemathesisConfig.from_dict(
    {
        "checks": {
            # A form may be right and yet be refused: a PIN code that the post doesn't have, a cursor of another list.
            "positive_data_acceptance": {"expected-statuses": ["2xx", "304", "400", "401", "404", "409", "412", "422"]},
            # A token that opens nothing gives 404 before anything else, so that nobody learns which orders there are.
            "ignored_auth": {"enabled": False},
            "missing_required_header": {"expected-statuses": ["400", "401", "404"]},
            "negative_data_rejection": {"expected-statuses": ["400", "401", "404", "405", "406", "412"]},
        }
    }
)

AnyCase = Case[Any]  # its parameter is a kind of schema: nothing here depends on it

# A stage of its own, because the operations that are tested are known before any fixture is.
_STAGE: Final = Stage()
schema = schemathesis.openapi.from_asgi("/api/openapi.json", _STAGE.app, config=_CONFIG)


@dataclass(frozen=True, slots=True)
class Held:
    """The tokens of a guest who has a cart and an order, and what is there by the names of path parameters."""

    tokens: dict[str, str]
    names: dict[str, str]

    def lend(self, case: AnyCase) -> None:
        """Give them to every second request, unless it is meant to have bad ones."""
        if crc32(case.id.encode()) % 2:
            return
        if _is_good(case, ParameterLocation.HEADER):
            case.headers.update(SIGNED_IN if case.path.startswith(links.ADMIN) else self.tokens)
        if _is_good(case, ParameterLocation.PATH):
            case.path_parameters.update({name: self.names[name] for name in case.path_parameters})


@pytest.fixture
def held() -> Held:
    """What a guest holds in a new shop on the stage."""
    return asyncio.run(_bought())


@pytest.fixture(scope="module")
def client() -> Iterator[ASGIClient]:
    """Calls the API in this process, in one event loop."""
    with get_client(_STAGE.app) as session:
        yield session


@schema.parametrize()
@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
def test_no_answer_is_a_surprise(case: AnyCase, held: Held, client: ASGIClient) -> None:
    """Every check that schemathesis has."""
    held.lend(case)
    case.call_and_validate(session=client)


def _is_good(case: AnyCase, location: ParameterLocation) -> bool:
    part = case.meta.components.get(location) if case.meta else None
    return part is None or part.mode is GenerationMode.POSITIVE


async def _bought() -> Held:
    adapters = MemoryAdapters(now=NOW)
    memory = adapters.shop()
    async with memory.begin() as tx:
        await tx.catalogue.apply(catalogue_of(OXFORD, LOAFER, BOOT))
    _STAGE.serve(use_cases(Shop(ports=adapters)), memory.clock)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(_STAGE.app), base_url="http://shop.test") as http:
        guest = Guest(http)
        order = await guest.buy()
        line = (await guest.add())["items"][0]["id"]
    event, task = await stuck(memory, "tell_order_placed"), await needed(memory, "a parcel")
    tokens = {"X-Cart-Token": guest.cart_token or "", "X-Order-Token": guest.order_token or ""}
    catalogue = {"product": "oxford-roma", "material": "CALF"}
    names = {
        "order": order["extId"],
        "line": line,
        "code": line,
        "event": str(event),
        "task": str(task),
        "week": order["promisedWeek"],
    }
    return Held(tokens, catalogue | names)
