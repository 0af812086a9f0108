"""`/_control/…`: ours, without authentication. Shows what the sandbox holds, and plays what people and time do.

GET   state                             everything
PATCH settings                          {"journey": "rto", "unserviceable": ["9", "7370"], "cancel_status": 200, …}
PUT   wallet                            {"balance": 50.0}, in rupees
POST  journeys                          {"parcel": "SC-1001", "journey": "lost"}, by reference or AWB
POST  parcels/{reference or AWB}/advance   {"steps": 3}
POST  lockout/reset                     let the API user log in again
POST  tokens/expire                     all tokens that were given out
POST  webhooks/test                     what the panel's test button sends

Faults and the webhook's manners are ordered at `faults` and `webhooks`, see the kit.
"""

from __future__ import annotations

from typing import Annotated, Final

import msgspec
from litestar import Response, get, patch, post, put
from litestar.di import NamedDependency
from litestar.exceptions import ClientException, NotFoundException
from litestar.params import FromPath, RawBody
from msgspec.structs import asdict, replace

from sandbox.kit.control import read_wish
from sandbox.shiprocket.entities import Account, JourneyName, Settings, Shipment
from sandbox.shiprocket.ledger import Ledger, LedgerContents
from sandbox.shiprocket.rules import travel
from sandbox.shiprocket.traffic import Traffic

Books = NamedDependency[Ledger]
Roads = NamedDependency[Traffic]


class _Balance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    balance: float


class _Choice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    parcel: str
    journey: JourneyName


class _Steps(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    steps: Annotated[int, msgspec.Meta(ge=1, le=100)] = 1


_BALANCES: Final = msgspec.json.Decoder(_Balance)
_CHOICES: Final = msgspec.json.Decoder(_Choice)
_STEPS: Final = msgspec.json.Decoder(_Steps)
_CHANGES: Final = msgspec.json.Decoder(dict[str, object])


@get("/state", sync_to_thread=False)
def state(ledger: Books) -> LedgerContents:
    """All that the sandbox holds."""
    return ledger.contents()


@patch("/settings", sync_to_thread=False)
def change_settings(body: RawBody, ledger: Books) -> Settings:
    """Play it otherwise from now on; what isn't named stays."""
    try:
        settings = msgspec.convert(asdict(ledger.settings) | read_wish(body, _CHANGES), Settings)
    except msgspec.ValidationError as wrong:
        raise ClientException(str(wrong)) from None
    ledger.change(settings)
    return settings


@put("/wallet", sync_to_thread=False)
def fill_wallet(body: RawBody, ledger: Books) -> Account:
    """Have so many rupees in it."""
    ledger.change(replace(ledger.account, wallet=round(read_wish(body, _BALANCES).balance * 100)))
    return ledger.account


@post("/journeys", status_code=200, sync_to_thread=False)
def choose_journey(body: RawBody, ledger: Books) -> Response[None]:
    """The way of one parcel, before it sets out or later."""
    choice = read_wish(body, _CHOICES)
    travel.choose_journey(ledger, choice.parcel, choice.journey)
    return Response(None, status_code=204)


@post("/parcels/{parcel:str}/advance", status_code=200, sync_to_thread=False)
def advance(parcel: FromPath[str], body: RawBody, ledger: Books) -> Shipment:
    """Its next steps, now."""
    steps, shipment = read_wish(body, _STEPS).steps, travel.named(ledger, parcel)
    if shipment is None:
        raise NotFoundException(f"no parcel is called {parcel}")
    for _ in range(steps):
        shipment = travel.advance(ledger, shipment)
    return shipment


@post("/lockout/reset", status_code=200, sync_to_thread=False)
def reset_lockout(ledger: Books) -> Account:
    """Forget failed logins."""
    ledger.change(replace(ledger.account, failures=0, blocked_until=0))
    return ledger.account


@post("/tokens/expire", status_code=200, sync_to_thread=False)
def expire_tokens(ledger: Books) -> Account:
    """From now on 401, until the next login."""
    ledger.change(replace(ledger.account, generation=ledger.account.generation + 1))
    return ledger.account


@post("/webhooks/test", status_code=200, sync_to_thread=False)
def test_webhook(traffic: Roads) -> Response[None]:
    """The panel's test button."""
    traffic.test()
    return Response(None, status_code=204)


CONTROL: Final = (
    *(state, change_settings, fill_wallet, choose_journey, advance),
    *(reset_lockout, expire_tokens, test_webhook),
)
