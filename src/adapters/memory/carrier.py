"""A carrier that lives in this process, for features, tests and demonstrations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Literal, NoReturn

from adapters.memory.tables import other_tasks
from domain.money import Money
from domain.ordering.status import PaymentMethod
from domain.shipping.courier_choice import CourierOffer
from domain.shipping.journey import BEFORE_PICKUP
from domain.shipping.parcel import PackedParcel, ParcelStatus, Scan
from ports.carrier import (
    AnnouncedParcel,
    AssignedParcel,
    Carrier,
    CarrierRefused,
    CarrierUnavailable,
    DeliveryWish,
    Papers,
    Pickup,
    Tracking,
)

COURIERS: Final = (
    CourierOffer("1", "Memory Express", Money(9_900), days=2, rating=4.5, collects_cash=True),
    CourierOffer("2", "Memory Surface", Money(5_900), days=5, rating=4.0, collects_cash=False),
)
"""Who would take a parcel as long as nobody else was set."""

Step = Literal["announce", "assign", "schedule_pickup", "cancel"]

_PICKUP_AFTER: Final = timedelta(days=1)
_TRANSIT: Final = timedelta(days=4)
_ARMY: Final = "9"  # of a PIN code's first digit: the army's own post, where no courier goes


@dataclass(slots=True)
class CarriedParcel:
    """What the carrier knows of a parcel."""

    announced: AnnouncedParcel
    parcel: PackedParcel
    is_return: bool
    assigned: AssignedParcel | None = None
    pickup: Pickup | None = None
    cancelled: bool = False
    scans: list[Scan] = field(default_factory=list)
    wishes: list[tuple[DeliveryWish, str]] = field(default_factory=list)

    @property
    def status(self) -> ParcelStatus | None:
        """Where it is, by the latest scan that says so."""
        return next((scan.status for scan in reversed(self.scans) if scan.status is not None), None)


class MemoryCarrier(Carrier):
    """Carrier with the rules of a real one, and a road that is walked on demand.

    While `unavailable` is True, every call raises CarrierUnavailable. While `refusal` is
    set, what would change something raises CarrierRefused with it. Air waybills are paid
    from `wallet`. `carried` is for tests to look at: every parcel ever announced.
    """

    provider = "memory"

    def __init__(self, couriers: Sequence[CourierOffer] = COURIERS, *, wallet: Money = Money(10_000_000)) -> None:
        self.couriers = couriers
        self.wallet = wallet
        self.unavailable = False
        self.refusal: str | None = None
        self.carried: list[CarriedParcel] = []
        self._unheard: list[Step] = []

    def lose_answer_of(self, step: Step) -> None:
        """Let the next call of it do its work and then raise CarrierUnavailable."""
        self._unheard.append(step)

    def scan(self, awb: str, status: ParcelStatus | None, *, at: datetime, text: str = "Scanned") -> None:
        """Play the courier: a line more in the parcel's history."""
        self._with_awb(awb).scans.append(Scan(at, status, text, "Memory Hub"))

    async def announce(self, parcel: PackedParcel) -> AnnouncedParcel:
        """See Carrier."""
        return await self._announce(parcel, is_return=False)

    async def announce_return(self, parcel: PackedParcel) -> AnnouncedParcel:
        """See Carrier."""
        return await self._announce(parcel, is_return=True)

    async def offers(self, announced: AnnouncedParcel) -> Sequence[CourierOffer]:
        """See Carrier."""
        await self._reach()
        return self._offers_for(self._known(announced))

    async def assign(self, announced: AnnouncedParcel, courier_id: str | None) -> AssignedParcel:
        """See Carrier."""
        await self._reach()
        carried = self._known(announced)
        if carried.cancelled:
            self._refuse("the parcel was cancelled")
        if carried.assigned is None:
            self._may_change()
            offer = self._offer_of(carried, courier_id)
            if self.wallet < offer.fee:
                self._refuse("the wallet has to be recharged")
            self.wallet -= offer.fee
            awb = f"MEM{announced.provider_shipment_id.zfill(8)}"
            carried.assigned = AssignedParcel(awb, offer.name, offer.fee, f"https://memory.example/tracking/{awb}")
        self._answer("assign")
        return carried.assigned

    async def schedule_pickup(self, announced: AnnouncedParcel) -> Pickup:
        """See Carrier."""
        await self._reach()
        carried = self._known(announced)
        if carried.pickup is None:
            self._may_change()
            if carried.assigned is None or carried.cancelled:
                self._refuse("no courier has been chosen")
            carried.pickup = Pickup(carried.parcel.packed_at + _PICKUP_AFTER)
        self._answer("schedule_pickup")
        return carried.pickup

    async def papers(self, announced: AnnouncedParcel) -> Papers:
        """See Carrier."""
        await self._reach()
        carried = self._known(announced)
        folder = f"https://memory.example/papers/{announced.provider_shipment_id}"
        return Papers(
            label_url=None if carried.assigned is None else f"{folder}/label.pdf",
            manifest_url=None if carried.pickup is None else f"{folder}/manifest.pdf",
            invoice_url=f"{folder}/invoice.pdf",
        )

    async def cancel(self, announced: AnnouncedParcel) -> None:
        """See Carrier."""
        await self._reach()
        carried = self._known(announced)
        if not carried.cancelled:
            self._may_change()
            if carried.status not in BEFORE_PICKUP:
                self._refuse("the courier has it already")
            carried.cancelled = True
        self._answer("cancel")

    async def track(self, awb: str) -> Tracking | None:
        """See Carrier."""
        await self._reach()
        carried = self._find(awb)
        if carried is None or not carried.scans:
            return None
        return Tracking(awb, carried.status, tuple(carried.scans), carried.parcel.packed_at + _TRANSIT)

    async def answer_failed_delivery(self, awb: str, wish: DeliveryWish, comment: str) -> None:
        """See Carrier."""
        await self._reach()
        carried = self._with_awb(awb)
        if carried.status is not ParcelStatus.UNDELIVERED:
            self._refuse("no delivery has failed")
        carried.wishes.append((wish, comment))

    async def _announce(self, parcel: PackedParcel, *, is_return: bool) -> AnnouncedParcel:
        await self._reach()
        tries = [each for each in self.carried if each.parcel.reference == parcel.reference]
        if not tries or tries[-1].cancelled:
            self._may_change()
            reference = f"{parcel.reference}-R{len(tries)}" if tries else parcel.reference
            number = len(self.carried) + 1
            announced = AnnouncedParcel(reference, str(1_000 + number), str(2_000 + number))
            tries.append(CarriedParcel(announced, parcel, is_return))
            self.carried.append(tries[-1])
        self._answer("announce")
        return tries[-1].announced

    def _known(self, announced: AnnouncedParcel) -> CarriedParcel:
        carried = next((each for each in self.carried if each.announced == announced), None)
        return carried or self._refuse("no such parcel")

    def _find(self, awb: str) -> CarriedParcel | None:
        return next((each for each in self.carried if each.assigned and each.assigned.awb == awb), None)

    def _with_awb(self, awb: str) -> CarriedParcel:
        return self._find(awb) or self._refuse("no such air waybill")

    def _offers_for(self, carried: CarriedParcel) -> Sequence[CourierOffer]:
        if carried.parcel.recipient.pincode.value.startswith(_ARMY):
            return ()
        collected = carried.parcel.payment_method is PaymentMethod.COD and not carried.is_return
        return [offer for offer in self.couriers if offer.collects_cash or not collected]

    def _offer_of(self, carried: CarriedParcel, courier_id: str | None) -> CourierOffer:
        offers = self._offers_for(carried)
        offer = next((each for each in offers if courier_id in {None, each.courier_id}), None)
        return offer or self._refuse("this courier is not available")

    def _may_change(self) -> None:
        if self.refusal is not None:
            self._refuse(self.refusal)

    def _refuse(self, reason: str) -> NoReturn:
        raise CarrierRefused(self.provider, reason)

    async def _reach(self) -> None:
        await other_tasks()
        if self.unavailable:
            raise CarrierUnavailable("switched off")

    def _answer(self, step: Step) -> None:
        if step in self._unheard:
            self._unheard.remove(step)
            raise CarrierUnavailable("the answer was lost")
