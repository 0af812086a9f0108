"""The answer of GET /courier/serviceability/, with all of its fields and its mixture of numbers and texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from sandbox.shiprocket.couriers import COURIERS, Courier, Offer, recommended
from sandbox.shiprocket.moments import in_days, short_date

_WRITES_NUMBERS_AS_TEXT: Final = 51


class AvailableCourier(msgspec.Struct, frozen=True, kw_only=True):
    """A courier who would go. Money in rupees; of one of them every number that matters is a text."""

    air_max_weight: str = "0.00"
    assured_amount: int = 0
    base_courier_id: int | None = None
    base_weight: str = ""
    blocked: int = 0
    call_before_delivery: str = "Available"
    charge_weight: float
    city: str = ""
    cod: int | str
    cod_charges: float
    cod_multiplier: float = 0
    cost: str = ""
    courier_company_id: int
    courier_name: str
    courier_type: str = "0"
    coverage_charges: float = 0
    cutoff_time: str = "11:00"
    delivery_boy_contact: str = "Not Available"
    delivery_performance: float
    description: str = ""
    edd: str = ""
    entry_tax: float = 0
    estimated_delivery_days: str
    etd: str
    etd_hours: int
    freight_charge: float
    id: int
    is_custom_rate: int = 0
    is_hyperlocal: bool = False
    is_international: int = 0
    is_rto_address_available: bool = False
    is_surface: bool
    local_region: int
    metro: int
    min_weight: float = 0.5
    mode: int
    new_edd: int = 0
    odablock: bool = False
    other_charges: float = 0
    others: str = '{"cancel_real_time":true,"is_custom_rate":0}'
    pickup_availability: str = "0"
    pickup_performance: float
    pickup_priority: str = ""
    pickup_supress_hours: int = 0
    pod_available: str = "Instant"
    postcode: str
    qc_courier: int = 0
    rank: str = ""
    rate: float | str
    rating: float | str
    realtime_tracking: str = "Real Time"
    region: int
    rto_charges: float
    rto_performance: float
    seconds_left_for_pickup: int = 0
    secure_shipment_disabled: bool = False
    ship_type: int = 1
    state: str = ""
    suppress_date: str = ""
    suppress_text: str = ""
    suppression_dates: None = None
    surface_max_weight: str = "20.00"
    tracking_performance: float
    volumetric_max_weight: int | None = None
    weight_cases: float
    zone: str


class RecommendedBy(msgspec.Struct, frozen=True, kw_only=True):
    """Who recommends."""

    id: int = 6
    title: str = "Recommendation By Shiprocket"


class Serviceable(msgspec.Struct, frozen=True, kw_only=True):
    """The inside of the answer."""

    available_courier_companies: list[AvailableCourier]
    blocked_courier_companies: tuple[()] = ()
    child_courier_id: int | None = None
    is_recommendation_enabled: int = 1
    recommendation_advance_rule: int = 0
    recommended_by: RecommendedBy = RecommendedBy()
    recommended_courier_company_id: int
    shiprocket_recommended_courier_id: int


class CovidZones(msgspec.Struct, frozen=True, kw_only=True):
    """Still there."""

    delivery_zone: None = None
    pickup_zone: None = None


class ServiceabilityAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody goes there. The odd spellings are Shiprocket's."""

    company_auto_shipment_insurance_setting: bool = False
    covid_zones: CovidZones = CovidZones()
    currency: str = "INR"
    data: Serviceable
    dg_courier: int = 0
    eligible_for_insurance: int = 0
    insurace_opted_at_order_creation: bool = False
    is_allow_templatized_pricing: bool = False
    is_latlong: int = 0
    is_old_zone_opted: bool = False
    is_zone_from_mongo: bool = True
    label_generate_type: int = 0
    on_new_zone: int = 1
    seller_address: tuple[()] = ()
    status: int = 200
    user_insurance_manadatory: bool = False


class NoCourier(msgspec.Struct, frozen=True):
    """The body of a 200 that says that nobody goes there, or that there is no such order: no `data`."""

    message: str
    status: int = 404


class ListedCourier(msgspec.Struct, frozen=True, kw_only=True):
    """A row of GET /courier/courierListWithCounts."""

    id: int
    name: str
    min_weight: float = 0.5
    mode: int
    is_hyperlocal: int = 0
    image: str = ""
    realtime_tracking: str = "Real Time"
    delivery_boy_contact: str = "Not Available"
    pod_available: str = "Instant"
    call_before_delivery: str = "Available"
    activated_date: str = "2026-04-02 10:15:33"
    service_type: int = 0


class CourierList(msgspec.Struct, frozen=True, kw_only=True):
    """GET /courier/courierListWithCounts."""

    total_courier_count: int
    serviceable_pincodes_count: int = 26_000
    pickup_pincodes_count: int = 19_000
    total_rto_count: int = 0
    total_oda_count: int = 0
    courier_count: int
    courier_data: list[ListedCourier]


def serviceable(found: Sequence[Offer], now: float) -> ServiceabilityAnswer:
    """Those who would go; there is at least one."""
    best = recommended(found).courier.id
    return ServiceabilityAnswer(
        data=Serviceable(
            available_courier_companies=[_available(each, now) for each in found],
            recommended_courier_company_id=best,
            shiprocket_recommended_courier_id=best,
        )
    )


def courier_list() -> CourierList:
    """All couriers are active."""
    rows = [ListedCourier(id=each.id, name=each.name, mode=_mode(each)) for each in COURIERS]
    return CourierList(total_courier_count=len(rows), courier_count=len(rows), courier_data=rows)


def _available(offer: Offer, now: float) -> AvailableCourier:
    courier, rate, cod = offer.courier, offer.rate / 100, int(offer.courier.takes_cash)
    as_text = courier.id == _WRITES_NUMBERS_AS_TEXT
    return AvailableCourier(
        charge_weight=offer.journey.weight,
        cod=f"{cod}" if as_text else cod,
        cod_charges=offer.cash_fee / 100,
        courier_company_id=courier.id,
        courier_name=courier.name,
        delivery_performance=courier.rating,
        estimated_delivery_days=f"{offer.days}",
        etd=short_date(in_days(now, offer.days, hour=19)),
        etd_hours=offer.days * 24,
        freight_charge=offer.freight / 100,
        id=100_000 + courier.id,
        is_surface=courier.mode == "Surface",
        local_region=int(offer.zone == "z_a"),
        metro=int(offer.zone == "z_c"),
        mode=_mode(courier),
        pickup_performance=courier.rating,
        postcode=offer.journey.destination,
        rate=f"{rate}" if as_text else rate,
        rating=f"{courier.rating}" if as_text else courier.rating,
        region=int(offer.zone == "z_b"),
        rto_charges=offer.freight / 100,
        rto_performance=courier.rating,
        tracking_performance=courier.rating,
        weight_cases=courier.rating,
        zone=offer.zone,
    )


def _mode(courier: Courier) -> int:
    return int(courier.mode == "Air")
