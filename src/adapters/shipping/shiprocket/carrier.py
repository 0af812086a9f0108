"""Parcels carried by the couriers that Shiprocket books."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from adapters.shipping.shiprocket.account import PROVIDER, ShiprocketAccount
from adapters.shipping.shiprocket.announcing import (
    NewOrder,
    NewReturn,
    derived_reference,
    new_order,
    new_return,
    read_warehouse,
)
from adapters.shipping.shiprocket.answers import check_done, one_line, read_answer, refused, text_of
from adapters.shipping.shiprocket.booking import PaperAnswer, read_assignment, read_pickup
from adapters.shipping.shiprocket.client import ShiprocketClient
from adapters.shipping.shiprocket.offers import read_offers
from adapters.shipping.shiprocket.orders import CreatedOrder, ShownOrder, find_listed, is_awb, read_shown
from adapters.shipping.shiprocket.tracking import read_tracking
from domain.shipping.courier_choice import CourierOffer
from domain.shipping.parcel import PackedParcel
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

_MOST_REFERENCES: Final = 10
_LONGEST_COMMENT: Final = 200
_WISHES: Final = {DeliveryWish.TRY_AGAIN: "re-attempt", DeliveryWish.RETURN: "return"}


class ShiprocketCarrier(Carrier):
    """Carrier at Shiprocket.

    It has no idempotency keys. Creating an order twice is safe, because it finds the first
    one by its reference. Before money is spent, and after an answer that tells of no
    success, the order is looked at: what was done is found, and not done again.
    """

    provider = PROVIDER

    def __init__(self, client: ShiprocketClient, account: ShiprocketAccount) -> None:
        self._client = client
        self._account = account

    async def announce(self, parcel: PackedParcel) -> AnnouncedParcel:
        """See Carrier."""
        return await self._announce(
            "/orders/create/adhoc",
            parcel.reference,
            lambda reference: new_order(parcel, reference, self._account.pickup_location),
        )

    async def announce_return(self, parcel: PackedParcel) -> AnnouncedParcel:
        """See Carrier."""
        nickname = self._account.pickup_location
        warehouse = read_warehouse(await self._client.get("/settings/company/pickup"), nickname)
        return await self._announce(
            "/orders/create/return",
            parcel.reference,
            lambda reference: new_return(parcel, reference, warehouse),
        )

    async def offers(self, announced: AnnouncedParcel) -> Sequence[CourierOffer]:
        """See Carrier."""
        order = await self._shown(announced)
        start, end = order.pincodes
        query = {"order_id": str(order.id), "delivery_postcode": end}
        if order.goes_back:
            query |= {"pickup_postcode": start, "is_return": "1", "declared_value": text_of(order.total)}
        else:
            query |= {"pickup_postcode": start or self._account.pickup_pincode.value}
        asked = {name: value for name, value in query.items() if value}
        return read_offers(await self._client.get("/courier/serviceability/", asked))

    async def assign(self, announced: AnnouncedParcel, courier_id: str | None) -> AssignedParcel:
        """See Carrier."""
        order = await self._shown(announced)
        if order.is_gone:
            raise refused("the order was cancelled")
        known = order.assigned(self._account.tracking_url)
        if known is not None:
            return known
        asked: dict[str, int] = {"shipment_id": order.shipments.id}
        asked |= {} if courier_id is None else {"courier_id": _id(courier_id)}
        asked |= {"is_return": 1} if order.goes_back else {}
        try:
            answer = await self._client.post("/courier/assign/awb", asked)
            return read_assignment(answer, self._account.tracking_url)
        except (CarrierUnavailable, CarrierRefused):
            # It may have been done all the same: answers get lost, and "already assigned" is told in many ways.
            known = (await self._shown(announced)).assigned(self._account.tracking_url)
            if known is None:
                raise
            return known

    async def schedule_pickup(self, announced: AnnouncedParcel) -> Pickup:
        """See Carrier."""
        try:
            asked = {"shipment_id": [_id(announced.provider_shipment_id)]}
            return read_pickup(await self._client.post("/courier/generate/pickup", asked))
        except CarrierRefused as refusal:
            if "already in pickup queue" not in refusal.reason.casefold():
                raise
        return (await self._shown(announced)).pickup

    async def papers(self, announced: AnnouncedParcel) -> Papers:
        """See Carrier."""
        order, parcel = _id(announced.provider_order_id), _id(announced.provider_shipment_id)
        return Papers(
            label_url=await self._paper("/courier/generate/label", {"shipment_id": [parcel]}),
            # A manifest is made once; later it is only printed.
            manifest_url=await self._paper("/manifests/generate", {"shipment_id": [parcel]})
            or await self._paper("/manifests/print", {"order_ids": [order]}),
            invoice_url=await self._paper("/orders/print/invoice", {"ids": [order]}),
        )

    async def cancel(self, announced: AnnouncedParcel) -> None:
        """See Carrier."""
        try:
            check_done(await self._client.post("/orders/cancel", {"ids": [_id(announced.provider_order_id)]}))
        except (CarrierUnavailable, CarrierRefused):
            if not (await self._shown(announced)).is_gone:
                raise

    async def track(self, awb: str) -> Tracking | None:
        """See Carrier."""
        if not is_awb(awb):
            return None
        try:
            return read_tracking(await self._client.get(f"/courier/track/awb/{awb}"), awb)
        except CarrierRefused:
            return None

    async def answer_failed_delivery(self, awb: str, wish: DeliveryWish, comment: str) -> None:
        """See Carrier."""
        if not is_awb(awb):
            raise refused("no such air waybill")
        asked = {"action": _WISHES[wish], "comments": one_line(comment, _LONGEST_COMMENT)}
        check_done(await self._client.post(f"/ndr/{awb}/action", asked))

    async def _announce(
        self, path: str, reference: str, order_called: Callable[[str], NewOrder | NewReturn]
    ) -> AnnouncedParcel:
        """The order of that reference; where it was cancelled, which is for good, of the next one derived from it."""
        for number in range(_MOST_REFERENCES):
            derived = derived_reference(reference, number)
            created = await self._created(path, order_called(derived))
            if not created.is_gone:
                return created.announcing(derived)
        raise refused(f"{_MOST_REFERENCES} orders for this parcel were cancelled")

    async def _created(self, path: str, order: NewOrder | NewReturn) -> CreatedOrder:
        """The order, new or old. A repeated order is answered as if it were new, a repeated return is refused."""
        try:
            return read_answer(await self._client.post(path, order), CreatedOrder)
        except CarrierRefused as refusal:
            if "already been taken" not in refusal.reason.casefold():
                raise
        for listing in ("/orders", "/orders/processing/return"):
            answer = await self._client.get(listing, {"search": order.order_id, "per_page": "100"})
            found = find_listed(answer, order.order_id)
            if found is not None:
                return found
        raise CarrierUnavailable("the reference is taken, but its order is not listed")

    async def _shown(self, announced: AnnouncedParcel) -> ShownOrder:
        answer = await self._client.get(f"/orders/show/{_id(announced.provider_order_id)}")
        return read_shown(answer, announced)

    async def _paper(self, path: str, asked: dict[str, list[int]]) -> str | None:
        try:
            return read_answer(await self._client.post(path, asked), PaperAnswer).url
        except CarrierRefused:
            return None


def _id(text: str) -> int:
    """An id as Shiprocket gives them. Raises CarrierRefused for another carrier's."""
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise refused("no such id")
    return int(text)
