"""What one Shiprocket account holds, and who is told when it changes."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Final

import msgspec
from msgspec.structs import asdict

from sandbox.shiprocket.entities import (
    Account,
    ChosenJourney,
    Entity,
    JourneyName,
    Order,
    PickupLocation,
    RevokedToken,
    Settings,
    Shipment,
)

_RANDOM: Final = random.SystemRandom()

ParcelListener = Callable[[Shipment | None, Shipment], None]

PRIMARY: Final = PickupLocation(
    id=7_001_001,
    nickname="Primary",
    name="Solecraft",
    email="workshop@solecraft.example",
    phone="9876500000",
    address="Shop No. 12, Commercial Street",
    address_2="",
    city="Bengaluru",
    state="Karnataka",
    country="India",
    pincode="560001",
)


class Holdings(msgspec.Struct, frozen=True, kw_only=True):
    """What a ledger holds many of, oldest first."""

    orders: list[Order]
    shipments: list[Shipment]
    pickup_locations: list[PickupLocation]
    chosen_journeys: list[ChosenJourney]


class LedgerContents(Holdings, frozen=True, kw_only=True):
    """All that a ledger holds."""

    account: Account
    settings: Settings


class Ledger:
    """The books. Not for several threads.

    `record` is told of the entities that a change leaves behind before anybody sees them;
    if it raises, nothing has changed. `past` is what an earlier ledger recorded. The clock
    gives Unix seconds.
    """

    def __init__(
        self,
        *,
        past: Iterable[Entity] = (),
        record: Callable[[Sequence[Entity]], None] = lambda entities: None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.now = clock
        self._record = record
        self._listeners: list[ParcelListener] = []
        self._account = Account()
        self._settings = Settings()
        self._orders: dict[int, Order] = {}
        self._shipments: dict[int, Shipment] = {}
        self._references: dict[str, int] = {}
        self._awbs: dict[str, int] = {}
        self._locations = {PRIMARY.nickname: PRIMARY}
        self._revoked: set[str] = set()
        self._chosen: dict[str, ChosenJourney] = {}
        for entity in past:
            self._keep(entity)

    def listen(self, listener: ParcelListener) -> None:
        """Tell it of every change of a parcel: how it was before (None: it is new) and how it is."""
        self._listeners.append(listener)

    def change(self, *entities: Entity) -> None:
        """Keep new or changed entities, all or none. Raises what `record` raises."""
        if not entities:
            return
        before = [self._shipments.get(each.id) for each in entities if isinstance(each, Shipment)]
        self._record(entities)
        for entity in entities:
            self._keep(entity)
        after = [each for each in entities if isinstance(each, Shipment)]
        for old, new in zip(before, after, strict=True):
            for listener in self._listeners:
                listener(old, new)

    @property
    def account(self) -> Account:
        """The API user and the wallet."""
        return self._account

    @property
    def settings(self) -> Settings:
        """The manners that are played."""
        return self._settings

    # orders and parcels

    def order(self, order_id: int) -> Order | None:
        """By Shiprocket's id."""
        return self._orders.get(order_id)

    def order_called(self, reference: str) -> Order | None:
        """By the shop's reference."""
        return self._orders.get(self._references.get(reference, 0))

    def orders(self) -> list[Order]:
        """Oldest first."""
        return [*self._orders.values()]

    def shipment(self, shipment_id: int) -> Shipment | None:
        """By its id."""
        return self._shipments.get(shipment_id)

    def shipment_with(self, awb: str) -> Shipment | None:
        """By its air waybill."""
        shipment = self._shipments.get(self._awbs.get(awb, 0))
        return None if shipment is None or shipment.awb != awb else shipment  # not by one that it had before

    def shipment_of(self, order: Order) -> Shipment:
        """Every order has one."""
        return self._shipments[order.shipment_id]

    def order_of(self, shipment: Shipment) -> Order:
        """Every parcel has one."""
        return self._orders[shipment.order_id]

    def shipments(self) -> list[Shipment]:
        """Oldest first."""
        return [*self._shipments.values()]

    def new_ids(self) -> tuple[int, int]:
        """Ids for an order and its shipment, that no earlier sandbox is likely to have given out."""
        if self._orders:
            return max(self._orders) + 1, max(self._shipments) + 1
        first = _RANDOM.randrange(100_000_000, 900_000_000)
        return first, first - 50_000_000

    # pickup locations

    def location(self, nickname: str) -> PickupLocation | None:
        """By its exact nickname."""
        return self._locations.get(nickname)

    def locations(self) -> list[PickupLocation]:
        """Oldest first."""
        return [*self._locations.values()]

    # the rest

    def is_revoked(self, token_id: str) -> bool:
        """Whether a token was logged out."""
        return token_id in self._revoked

    def journey_of(self, shipment: Shipment) -> JourneyName:
        """What was chosen for its AWB or for its order, or the default."""
        reference = self.order_of(shipment).asked.reference
        chosen = self._chosen.get(shipment.awb) or self._chosen.get(reference)
        return self._settings.journey if chosen is None else chosen.journey

    def holdings(self) -> Holdings:
        """What there may be many of."""
        return Holdings(
            orders=self.orders(),
            shipments=self.shipments(),
            pickup_locations=self.locations(),
            chosen_journeys=[*self._chosen.values()],
        )

    def contents(self) -> LedgerContents:
        """Everything, for who looks into the sandbox."""
        return LedgerContents(**asdict(self.holdings()), account=self._account, settings=self._settings)

    def _keep(self, entity: Entity) -> None:
        match entity:
            case Order():
                self._orders[entity.id] = entity
                self._references[entity.asked.reference] = entity.id
            case Shipment():
                self._shipments[entity.id] = entity
                if entity.awb:
                    self._awbs[entity.awb] = entity.id
            case PickupLocation():
                self._locations[entity.nickname] = entity
            case Account():
                self._account = entity
            case Settings():
                self._settings = entity
            case RevokedToken():
                self._revoked.add(entity.id)
            case ChosenJourney():
                self._chosen[entity.parcel] = entity
