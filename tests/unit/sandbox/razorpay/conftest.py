"""A fresh sandbox for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.unit.sandbox.razorpay.account import RazorpayAccountHolder


@pytest.fixture
def razorpay() -> Iterator[RazorpayAccountHolder]:
    holder = RazorpayAccountHolder()
    with holder.client:
        yield holder
