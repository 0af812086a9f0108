"""Every source of parcel notices lets in who has the key, and tells where a parcel is."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final, Protocol
from zoneinfo import ZoneInfo

import msgspec
import pytest

from adapters.memory.carrier_notices import MemoryCarrierNotices
from adapters.shipping.shiprocket.notices import ShiprocketNotices
from domain.shipping.parcel import ParcelStatus, Scan
from ports.carrier_notices import CarrierNotices, ParcelNotice
from ports.webhooks import WebhookCall, WebhookRejected, WebhookUnreadable
from sandbox.shiprocket.wire.tracking import Activity, ParcelNews, TestNews

AT: Final = datetime(2026, 12, 3, 6, 30, tzinfo=UTC)
FIRST: Final = Scan(AT - timedelta(hours=9), ParcelStatus.PICKED_UP, "Shipment picked up", "Agra_Hub (Uttar Pradesh)")
SECOND: Final = Scan(AT, ParcelStatus.IN_TRANSIT, "Bag added to trip", "Agra_Gateway (Uttar Pradesh)")
NOTICE: Final = ParcelNotice(
    "1904990001234",
    ParcelStatus.IN_TRANSIT,
    AT,
    (FIRST, SECOND),
    expected_at=AT + timedelta(days=3),
    is_return=False,
)


class Sender(Protocol):
    """The carrier's end."""

    @abstractmethod
    def tell(self, notice: ParcelNotice | None, *, at: datetime) -> WebhookCall:
        """The message with that notice; None: the one that tests the connection."""


@dataclass(frozen=True, slots=True)
class NoticesCase:
    """A source of notices to check, and who sends them."""

    notices: CarrierNotices
    sender: Sender
    provider: str


class _Shiprocket(Sender):
    """Words of the sandbox, so that they are the documented ones."""

    def tell(self, notice: ParcelNotice | None, *, at: datetime) -> WebhookCall:
        told = TestNews() if notice is None else _news(notice)
        return WebhookCall({"x-api-key": "the-key", "content-type": "application/json"}, msgspec.json.encode(told), at)


def _news(notice: ParcelNotice) -> ParcelNews:
    of_parcel, of_order, label = _WORDS[notice.status]
    return ParcelNews(
        awb=notice.awb,
        courier_name="Delhivery Surface",
        current_status=label,
        current_status_id=of_order,
        shipment_status=label,
        shipment_status_id=of_parcel,
        current_timestamp=_indian(notice.at, "%d %m %Y %H:%M:%S"),
        order_id="SC-1001",
        sr_order_id=512340011,
        awb_assigned_date="",
        pickup_scheduled_date="",
        etd="" if notice.expected_at is None else _indian(notice.expected_at, "%Y-%m-%d %H:%M:%S"),
        scans=[
            Activity(
                date=_indian(scan.at, "%Y-%m-%d %H:%M:%S"),
                status="X-1",
                activity=scan.text,
                location=scan.location,
                code="NA" if scan.status is None else str(_WORDS[scan.status][0]),
                label="NA" if scan.status is None else _WORDS[scan.status][2],
            )
            for scan in notice.scans
        ],
        is_return=int(notice.is_return),
    )


_WORDS: Final[dict[ParcelStatus | None, tuple[int, int, str]]] = {
    None: (13, 14, "PICKUP ERROR"),
    ParcelStatus.BOOKED: (1, 3, "AWB ASSIGNED"),
    ParcelStatus.PICKUP_SCHEDULED: (19, 34, "OUT FOR PICKUP"),
    ParcelStatus.PICKED_UP: (42, 51, "PICKED UP"),
    ParcelStatus.IN_TRANSIT: (18, 20, "IN TRANSIT"),
    ParcelStatus.OUT_FOR_DELIVERY: (17, 19, "OUT FOR DELIVERY"),
    ParcelStatus.UNDELIVERED: (21, 36, "UNDELIVERED"),
    ParcelStatus.DELIVERED: (7, 7, "DELIVERED"),
    ParcelStatus.RTO_INITIATED: (9, 15, "RTO INITIATED"),
    ParcelStatus.RTO_IN_TRANSIT: (46, 55, "RTO IN TRANSIT"),
    ParcelStatus.RTO_DELIVERED: (10, 16, "RTO DELIVERED"),
    ParcelStatus.CANCELLED: (8, 5, "CANCELED"),
    ParcelStatus.LOST: (12, 33, "LOST"),
}


def _indian(moment: datetime, spelling: str) -> str:
    return moment.astimezone(ZoneInfo("Asia/Kolkata")).strftime(spelling)


def memory_case() -> NoticesCase:
    """Notices in memory."""
    notices = MemoryCarrierNotices()
    return NoticesCase(notices, notices, "memory")


def shiprocket_case() -> NoticesCase:
    """Shiprocket's."""
    return NoticesCase(ShiprocketNotices("the-key"), _Shiprocket(), "shiprocket")


@pytest.fixture(params=[memory_case, shiprocket_case])
def case(request: pytest.FixtureRequest) -> NoticesCase:
    """A source of notices."""
    made: NoticesCase = request.param()
    return made


def test_names_its_provider(case: NoticesCase) -> None:
    """Messages are kept under the provider's name, so it never changes."""
    assert case.notices.provider == case.provider


def test_a_repeated_message_has_the_same_id(case: NoticesCase) -> None:
    """Whenever it comes."""
    once, again = case.sender.tell(NOTICE, at=AT), case.sender.tell(NOTICE, at=AT + timedelta(days=1))

    assert case.notices.authenticate(once) == case.notices.authenticate(again)


def test_another_message_has_another_id(case: NoticesCase) -> None:
    """Of another parcel, of another status, of another scan, or about no parcel."""
    others = [
        NOTICE,
        replace(NOTICE, awb="1904990009999"),
        replace(NOTICE, status=ParcelStatus.OUT_FOR_DELIVERY),
        replace(NOTICE, scans=(FIRST,)),
        None,
    ]

    ids = {case.notices.authenticate(case.sender.tell(other, at=AT)) for other in others}

    assert len(ids) == len(others)


@pytest.mark.parametrize(
    ("key", "reason"), [(None, "missing-key"), ("", "missing-key"), ("x", "bad-key"), ("é\ud800", "bad-key")]
)
def test_without_the_key_nobody_is_believed(case: NoticesCase, key: str | None, reason: str) -> None:
    """The inbox keeps why."""
    call = case.sender.tell(NOTICE, at=AT)
    headers = {name: value for name, value in call.headers.items() if name != "x-api-key"}

    with pytest.raises(WebhookRejected) as rejection:
        case.notices.authenticate(replace(call, headers=headers if key is None else headers | {"x-api-key": key}))

    assert rejection.value.reason == reason


def test_what_was_told_is_read(case: NoticesCase) -> None:
    """To the second, in UTC."""
    assert case.notices.read(case.sender.tell(NOTICE, at=AT).body) == NOTICE


@pytest.mark.parametrize("status", [None, *ParcelStatus])
def test_every_status_is_told_and_read(case: NoticesCase, status: ParcelStatus | None) -> None:
    """Also the one that moves nothing, and on the way back."""
    notice = replace(NOTICE, status=status, scans=(replace(FIRST, status=status),), is_return=True)

    assert case.notices.read(case.sender.tell(notice, at=AT).body) == notice


def test_a_message_may_tell_less(case: NoticesCase) -> None:
    """No scans, no day of arrival."""
    notice = replace(NOTICE, scans=(), expected_at=None)

    assert case.notices.read(case.sender.tell(notice, at=AT).body) == notice


def test_a_test_of_the_connection_tells_nothing(case: NoticesCase) -> None:
    """It is authentic, and about no parcel."""
    call = case.sender.tell(None, at=AT)

    assert case.notices.authenticate(call)
    assert case.notices.read(call.body) is None


@pytest.mark.parametrize("garbage", [b"", b"7", b"[]", b"\xff", b"<html>", b"[" * 100_000])
def test_garbage_is_unreadable_and_still_has_an_id(case: NoticesCase, garbage: bytes) -> None:
    """A person has to look at it."""
    call = replace(case.sender.tell(NOTICE, at=AT), body=garbage)

    assert case.notices.authenticate(call) == case.notices.authenticate(call)
    with pytest.raises(WebhookUnreadable) as failure:
        case.notices.read(garbage)
    assert failure.value.provider == case.provider
