"""What a booked parcel needs on paper, and what is said of it afterwards."""

from __future__ import annotations

import httpx
import pytest

from ports.carrier import CarrierRefused, CarrierUnavailable, DeliveryWish, Papers
from tests.unit.adapters.shipping.shiprocket_wire import (
    ANNOUNCED,
    AWB,
    SHOW,
    SHOWN_ASSIGNED,
    SHOWN_CANCELLED,
    Shiprocket,
    carrier_at,
    shown,
    told,
)

pytestmark = pytest.mark.anyio

CANCEL = "/orders/cancel"
LABEL, MANIFEST, REPRINT, INVOICE = (
    "/courier/generate/label",
    "/manifests/generate",
    "/manifests/print",
    "/orders/print/invoice",
)


async def test_papers_are_where_they_are_told_to_be() -> None:
    """Three calls, each by its own ids."""
    shiprocket = Shiprocket(
        {
            LABEL: told(200, {"label_created": 1, "label_url": "https://papers.example/label.pdf", "not_created": []}),
            MANIFEST: told(200, {"status": 1, "manifest_url": "https://papers.example/manifest.pdf"}),
            INVOICE: told(200, {"is_invoice_created": True, "invoice_url": "https://papers.example/invoice.pdf"}),
        }
    )

    papers = await carrier_at(shiprocket).papers(ANNOUNCED)

    names = ("label", "manifest", "invoice")
    assert papers == Papers(*(f"https://papers.example/{name}.pdf" for name in names))
    assert shiprocket.asked(LABEL) == [{"shipment_id": [510980077]}]
    assert shiprocket.asked(INVOICE) == [{"ids": [512340011]}]


async def test_a_manifest_that_was_made_before_is_printed() -> None:
    """It can be made only once."""
    made = {"message": "Manifest already generated for some shipment_ids", "status_code": 400}
    shiprocket = Shiprocket(
        {
            LABEL: told(200, {"label_created": 0, "not_created": {"510980077": "Shipment awb not found"}}),
            MANIFEST: told(400, made | {"already_manifested_shipment_ids": [510980077]}),
            REPRINT: told(200, {"manifest_url": "https://papers.example/manifest.pdf"}),
            INVOICE: told(400, {"is_invoice_created": False, "message": "Invoice could not be created"}),
        }
    )

    papers = await carrier_at(shiprocket).papers(ANNOUNCED)

    assert papers == Papers(None, "https://papers.example/manifest.pdf", None)
    assert shiprocket.asked(REPRINT) == [{"order_ids": [512340011]}]


@pytest.mark.parametrize(
    "url", ["", None, 7, [], "javascript:alert(1)", "//papers.example", "https://x\n", "https://" + "x" * 3_000]
)
async def test_a_paper_that_can_not_be_clicked_safely_is_none(url: object) -> None:
    """Somebody of the workshop will."""
    paper = told(200, {"label_url": url, "manifest_url": url, "invoice_url": url})
    shiprocket = Shiprocket(dict.fromkeys((LABEL, MANIFEST, REPRINT, INVOICE), paper))

    assert await carrier_at(shiprocket).papers(ANNOUNCED) == Papers(None, None, None)


async def test_papers_of_a_carrier_that_is_down_are_asked_for_again() -> None:
    """None of them is taken for missing."""
    with pytest.raises(CarrierUnavailable):
        await carrier_at(Shiprocket({LABEL: told(502, raw=b"Bad Gateway")})).papers(ANNOUNCED)


@pytest.mark.parametrize(
    "answer",
    [told(204, raw=b""), told(200, {"status_code": 200, "message": "Order cancelled successfully."}), told(202)],
)
async def test_any_success_cancels(answer: httpx.Response) -> None:
    """204 is documented, 200 is met."""
    shiprocket = Shiprocket({CANCEL: answer})

    await carrier_at(shiprocket).cancel(ANNOUNCED)

    assert shiprocket.asked(CANCEL) == [{"ids": [512340011]}]


FAILED_CANCELS = [
    told(400, {"message": "Order is already cancelled.", "status_code": 400}),
    told(200, {"message": "Order is already cancelled.", "status_code": 400}),
    told(500, {"message": "Trying to get property of non-object", "status_code": 500}),
    httpx.ReadTimeout("read"),
]


@pytest.mark.parametrize("answer", FAILED_CANCELS)
async def test_what_is_cancelled_in_the_end_was_cancelled(answer: httpx.Response | Exception) -> None:
    """Whatever was answered."""
    await carrier_at(Shiprocket({CANCEL: answer, SHOW: shown(SHOWN_CANCELLED)})).cancel(ANNOUNCED)


@pytest.mark.parametrize("answer", FAILED_CANCELS)
async def test_what_is_not_cancelled_is_an_error(answer: httpx.Response | Exception) -> None:
    """It will be fetched."""
    with pytest.raises((CarrierRefused, CarrierUnavailable)):
        await carrier_at(Shiprocket({CANCEL: answer, SHOW: shown(SHOWN_ASSIGNED)})).cancel(ANNOUNCED)


@pytest.mark.parametrize(("wish", "action"), [(DeliveryWish.TRY_AGAIN, "re-attempt"), (DeliveryWish.RETURN, "return")])
async def test_what_to_do_with_an_undelivered_parcel_is_said_as_documented(wish: DeliveryWish, action: str) -> None:
    """Answered with 202."""
    path = f"/ndr/{AWB}/action"
    shiprocket = Shiprocket({path: told(202, {"status": "Data Updated Sucessfully"})})

    await carrier_at(shiprocket).answer_failed_delivery(AWB, wish, "Ring\r\nthe bell " + "x" * 500)

    (asked,) = shiprocket.asked(path)
    assert asked["action"] == action
    assert str(asked["comments"]).startswith("Ringthe bell xxx")
    assert len(str(asked["comments"])) == 200


async def test_a_wish_that_comes_too_late_is_refused() -> None:
    """The parcel is on its way back, say."""
    refusal = told(400, {"message": "Action not allowed for this shipment", "status_code": 400})

    with pytest.raises(CarrierRefused, match="not allowed"):
        await carrier_at(Shiprocket({f"/ndr/{AWB}/action": refusal})).answer_failed_delivery(
            AWB, DeliveryWish.TRY_AGAIN, "Ring the bell"
        )
