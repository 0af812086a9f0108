"""What a customer reads when the parcel has left."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from adapters.memory.letters import MemoryLetters
from adapters.memory.shop import MemoryShop
from application.saga.post import Post
from application.saga.tell_shipped import TellShipped
from domain.ordering.events import OrderShipped
from domain.shipping.waybill import Waybill
from ports.letters import ShippedLetter
from ports.order_views import OrderView
from tests.builders import NOW, an_order


def test_the_letter_says_who_carries_it_and_when_it_comes() -> None:
    """As the carrier guessed when it took the parcel."""
    order = an_order().paid().in_production().build()
    order.mark_ready(NOW)
    order.pull_events()
    soon = NOW + timedelta(days=3)
    order.mark_shipped(Waybill("7840123456", "Blue Dart", "https://tracking.example/7840123456"), NOW, soon)
    [told] = order.pull_events()
    shop = MemoryShop(NOW)
    tell = TellShipped(orders=shop.order_views, post=Post(MemoryLetters(), shop.mailer, shop.begin))

    letter = tell.letter(cast("OrderShipped", told), OrderView.of(order))

    assert isinstance(letter, ShippedLetter)
    assert (letter.courier, letter.awb, letter.expected_at) == ("Blue Dart", "7840123456", soon)
