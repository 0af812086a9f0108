"""Shiprocket's webhook is believed when it has the key, read by the field, and told from its repetitions."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from adapters.shipping.shiprocket.notices import ShiprocketNotices
from domain.shipping.parcel import ParcelStatus
from ports.carrier_notices import ParcelNotice
from ports.webhooks import WebhookCall, WebhookRejected, WebhookUnreadable
from tests.builders import NOW
from tests.unit.adapters.shipping.shiprocket_wire import AWB
from tests.unit.adapters.shipping.test_shiprocket_tracking import FIRST, IN_TRANSIT, PICKED_UP, SECOND

KEY = "the-key-that-we-gave-them"
NOTICES = ShiprocketNotices(KEY)
NEWS: dict[str, object] = {
    "awb": AWB,
    "courier_name": "Delhivery Surface",
    "current_status": "OUT FOR DELIVERY",
    "current_status_id": 19,
    "shipment_status": "OUT FOR DELIVERY",
    "shipment_status_id": 17,
    "current_timestamp": "06 12 2026 08:41:10",
    "order_id": "SC-1001",
    "sr_order_id": 512340011,
    "awb_assigned_date": "2026-12-01 12:01:33",
    "pickup_scheduled_date": "2026-12-02 14:00:00",
    "etd": "2026-12-06 19:28:00",
    "scans": [PICKED_UP, IN_TRANSIT],
    "is_return": 0,
    "channel_id": 3422000,
    "pod_status": "OTP Based Delivery",
    "pod": "Not Available",
    "qc_image": "",
    "qc_failure_reason": "",
}
NOTICE = ParcelNotice(
    AWB,
    ParcelStatus.OUT_FOR_DELIVERY,
    datetime(2026, 12, 6, 3, 11, 10, tzinfo=UTC),
    (FIRST, SECOND),
    datetime(2026, 12, 6, 13, 58, tzinfo=UTC),
    is_return=False,
)
GARBAGE = [b"", b"null", b"[]", b"7", b"\xff\xfe", b"<html>", b"[" * 100_000, b'{"awb":' * 100_000, b'{"scans": "no"}']


def body(**written: object) -> bytes:
    """The documented message, but for that."""
    return json.dumps(NEWS | written).encode()


def event_id(**written: object) -> str:
    """The id of that message."""
    return NOTICES.authenticate(WebhookCall({"x-api-key": KEY}, body(**written), NOW))


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({}, "missing-key"),
        ({"x-api-key": ""}, "missing-key"),
        ({"x-api-key": "another"}, "bad-key"),
        ({"x-api-key": KEY[:-1]}, "bad-key"),
        ({"x-api-key": KEY + "x"}, "bad-key"),
        ({"x-api-key": "é\ud800"}, "bad-key"),
        ({"authorization": f"Bearer {KEY}"}, "missing-key"),
    ],
)
def test_without_the_key_nothing_is_believed(headers: dict[str, str], reason: str) -> None:
    """Nor read."""
    with pytest.raises(WebhookRejected) as rejection:
        NOTICES.authenticate(WebhookCall(headers, body(), NOW))

    assert rejection.value.reason == reason
    assert KEY not in str(rejection.value)


def test_a_key_that_is_not_set_opens_nothing() -> None:
    """An empty one would equal a missing header."""
    with pytest.raises(ValueError, match="key"):
        ShiprocketNotices("")


@pytest.mark.parametrize("garbage", GARBAGE)
def test_garbage_with_the_key_is_kept_under_an_id_of_its_own(garbage: bytes) -> None:
    """It is authentic; a person has to look."""
    call = WebhookCall({"x-api-key": KEY}, garbage, NOW)

    assert NOTICES.authenticate(call) == NOTICES.authenticate(call) != event_id()


def test_repetitions_have_one_id() -> None:
    """Also when they were written at another time, or with other words around."""
    assert event_id() == event_id(current_timestamp="06 12 2026 09:00:00") == event_id(pod="https://pod.example")


@pytest.mark.parametrize(
    "written",
    [
        {"awb": "1904990009999"},
        {"shipment_status_id": 7},
        {"scans": [PICKED_UP]},
        {"scans": []},
        {"scans": [PICKED_UP, IN_TRANSIT | {"date": "2026-12-03 03:12:01"}]},
    ],
)
def test_another_message_has_another_id(written: dict[str, object]) -> None:
    """Another parcel, another status, another scan."""
    assert event_id(**written) != event_id()


def test_without_scans_the_time_tells_messages_apart() -> None:
    """There is nothing else."""
    assert event_id(scans=None) == event_id(scans=[])
    assert event_id(scans=None) != event_id(scans=None, current_timestamp="06 12 2026 09:00:00")


def test_the_documented_message_is_read() -> None:
    """Times in UTC, scans oldest first."""
    assert NOTICES.read(body()) == NOTICE


@pytest.mark.parametrize(
    "written",
    [
        {"awb": int(AWB)},
        {"shipment_status_id": "17"},
        {"shipment_status_id": None},
        {"shipment_status_id": 17, "shipment_status": "Delivered"},
        {"current_status": "IN TRANSIT", "current_status_id": 20},
        {"shipment_status_id": None, "shipment_status": None},
        {"shipment_status_id": "", "shipment_status": "", "current_status": "whatever"},
        {"scans": [IN_TRANSIT, None, PICKED_UP, {"date": ""}]},
        {"is_return": "0"},
        {"is_return": None},
        {"is_return": False},
    ],
)
def test_a_message_may_be_written_in_several_ways(written: dict[str, object]) -> None:
    """The parcel's own status counts; the order's, by its own table, only where there is none."""
    assert NOTICES.read(body(**written)) == NOTICE


@pytest.mark.parametrize("flag", [1, "1", True])
def test_a_return_is_told_as_one(flag: object) -> None:
    """In its own field."""
    notice = NOTICES.read(body(is_return=flag))

    assert notice is not None
    assert notice.is_return


def test_without_a_timestamp_the_last_scan_tells_the_time() -> None:
    """Or whatever else is no time."""
    notice = NOTICES.read(body(current_timestamp="now"))

    assert notice is not None
    assert notice.at == SECOND.at


@pytest.mark.parametrize("awb", ["", None, "   ", [], {}])
def test_a_message_about_no_parcel_tells_nothing(awb: object) -> None:
    """The panel's test button sends one."""
    assert NOTICES.read(body(awb=awb)) is None
    assert NOTICES.read(b'{"current_status": "TEST"}') is None


@pytest.mark.parametrize("garbage", [*GARBAGE, body(awb="../x"), body(current_timestamp="now", scans=[])])
def test_what_is_not_of_the_documented_shape_is_unreadable(garbage: bytes) -> None:
    """A business error that repeats nothing of it."""
    with pytest.raises(WebhookUnreadable) as failure:
        NOTICES.read(garbage)

    assert failure.value.provider == "shiprocket"
    assert len(str(failure.value)) < 100
