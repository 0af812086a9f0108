"""An air waybill is a number that can be typed and a link that can be clicked, or it is none."""

from __future__ import annotations

import pytest

from domain.errors import InvalidValue
from domain.shipping.waybill import Waybill

PAGE = "https://tracking.example/1904990001234"


@pytest.mark.parametrize("awb", ["1904990001234", "BD-1234", "a" * 50])
@pytest.mark.parametrize("page", [PAGE, "http://tracking.example/?awb=1&x=%20", None])
def test_real_ones_are_taken(awb: str, page: str | None) -> None:
    """As couriers give them."""
    assert Waybill(awb, "Delhivery Surface", page).awb == awb


@pytest.mark.parametrize("awb", ["", "123", "a" * 51, "19049 90001234", "-1904990001234", "1904\n", "१९०४९९", "'; --"])
def test_a_number_that_nobody_can_type_is_refused(awb: str) -> None:
    """It would find no parcel."""
    with pytest.raises(InvalidValue) as refused:
        Waybill(awb, "Delhivery", PAGE)
    assert refused.value.field == "awb"


@pytest.mark.parametrize("courier", ["", "x" * 101, "Delhivery\n", "\ud800"])
def test_a_courier_has_a_name_that_can_be_read(courier: str) -> None:
    """Mails and papers show it."""
    with pytest.raises(InvalidValue) as refused:
        Waybill("1904990001234", courier, PAGE)
    assert refused.value.field == "courier"


@pytest.mark.parametrize(
    "page",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//tracking.example",
        "https://",
        "https://a b",
        'https://a\n"',
        "https://" + "a" * 500,
        "",
    ],
)
def test_a_page_that_nobody_should_open_is_refused(page: str) -> None:
    """It ends up as a link in a mail."""
    with pytest.raises(InvalidValue) as refused:
        Waybill("1904990001234", "Delhivery", page)
    assert refused.value.field == "tracking_url"
