"""A cart written by one release of the shop is read by the next."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest

from adapters.cache.cart_payload import UnreadableCart, decode_cart, encode_cart
from domain.cart.cart import Cart
from tests.builders import a_cart, a_design
from tests.contracts.aggregates import state_of

# As it was written on the first day. Changed together with a new `format`, never alone.
WRITTEN: dict[str, Any] = {
    "format": 1,
    "id": "019b76da-a800-7000-8000-000000000001",
    "version": 3,
    "lines": [
        {
            "product_id": "oxford-roma",
            "style": "CAPTOE",
            "sole": "GOODYEAR",
            "material": "CALF",
            "color": "CALF-COGNAC",
            "size_eu": "42",
            "width": "F",
            "monogram": "MB",
            "quantity": 2,
            "seen_price": 1299900,
            "currency": "INR",
        }
    ],
    "merged": ["019b76da-a800-7000-8000-000000000002"],
    "updated_at": "2026-12-01T10:00:00Z",
    "expires_at": "2026-12-08T10:00:00Z",
}


def written_cart() -> Cart:
    """The cart that WRITTEN is."""
    cart = a_cart().of_guest("token").holding(a_design().monogrammed("MB").build(), pairs=2)
    built = cart.merged_with(UUID("019b76da-a800-7000-8000-000000000002")).build()
    built.id, built.version = UUID("019b76da-a800-7000-8000-000000000001"), 3
    return built


def test_a_cart_is_written_in_the_known_format() -> None:
    """Other processes of the shop may run an older release."""
    assert json.loads(encode_cart(written_cart(), 3)) == WRITTEN


def test_a_cart_in_the_known_format_is_read() -> None:
    """Carts outlive a release by a week."""
    cart = written_cart()

    assert state_of(decode_cart(json.dumps(WRITTEN).encode(), cart.owner)) == state_of(cart)


def without(field: str) -> dict[str, Any]:
    """WRITTEN, damaged."""
    return {name: value for name, value in WRITTEN.items() if name != field}


@pytest.mark.parametrize(
    "payload",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"\xff\x00", id="not text"),
        pytest.param(b'{"format": 1', id="cut off"),
        pytest.param(b"[]", id="another thing"),
        pytest.param(json.dumps(WRITTEN | {"format": 2}).encode(), id="another format"),
        pytest.param(json.dumps(without("lines")).encode(), id="without its lines"),
        pytest.param(json.dumps(WRITTEN | {"id": "1"}).encode(), id="a bad id"),
        pytest.param(json.dumps(WRITTEN | {"updated_at": "yesterday"}).encode(), id="a bad moment"),
        pytest.param(json.dumps(WRITTEN | {"lines": [WRITTEN["lines"][0] | {"quantity": 11}]}).encode(), id="too many"),
        pytest.param(json.dumps(WRITTEN | {"lines": [WRITTEN["lines"][0] | {"currency": "EUR"}]}).encode(), id="euros"),
    ],
)
def test_what_is_no_cart_is_told_apart(payload: bytes) -> None:
    """Whatever it is, there is one error for it."""
    with pytest.raises(UnreadableCart):
        decode_cart(payload, written_cart().owner)
