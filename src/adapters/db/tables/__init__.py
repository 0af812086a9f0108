"""Every table of the shop, in SQLAlchemy Core.

The migrations make them; a test compares the two. Ids are UUIDv7, amounts are paise
(bigint), moments are UTC (timestamptz), statuses are the domain's words. A CHECK states
whatever one row can state.
"""

from adapters.db.tables import carts, catalogue, delivering, inbox, inventory, log, ordering, payments, shipping
from adapters.db.tables.metadata import METADATA

__all__ = [
    "METADATA",
    "carts",
    "catalogue",
    "delivering",
    "inbox",
    "inventory",
    "log",
    "ordering",
    "payments",
    "shipping",
]
