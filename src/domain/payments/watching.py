"""When a gateway is asked, because it may have told us something that we never heard."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

PATIENCE: Final = timedelta(minutes=15)
"""How long the gateway has to speak by itself."""

WATCHED: Final = timedelta(days=7)
"""How long a payment that brought no money is asked about, whatever has become of its order.

A bank may authorise a payment up to 3 days after it was tried, and what is authorised may be
captured for 3 days more (razorpay.com/docs: late authorisation, capture settings). A day is
left for checkouts that were opened and then forgotten in a browser.
"""

_LONGEST: Final = timedelta(days=1)


def next_look(since: datetime, now: datetime, patience: timedelta = PATIENCE) -> datetime:
    """When to ask about something that began at `since`: as long again as it has taken, at most a day.

    What is fresh is looked at often, what is old seldom: about 14 times in WATCHED.
    """
    return now + min(max(now - since, patience), _LONGEST)
