"""What the database holds, counted; and what may never be found in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import asyncpg

_TABLES: Final = (
    "orders",
    "order_item",
    "ordered_cart",
    "reservation",
    "reservation_item",
    "payment",
    "idempotency_key",
    "domain_event",
)
_COUNT: Final = " UNION ALL ".join(f"SELECT '{table}' AS name, count(*) AS rows FROM {table}" for table in _TABLES)  # noqa: S608  # constants


@dataclass(frozen=True, slots=True)
class Books:
    """Promises by sku, promises by week (its Monday), rows by table."""

    reserved: Mapping[str, int]
    booked: Mapping[str, int]
    rows: Mapping[str, int]

    def since(self, before: Books) -> Books:
        """What has become more, or less, without the zeros."""
        return Books(
            _difference(self.reserved, before.reserved),
            _difference(self.booked, before.booked),
            _difference(self.rows, before.rows),
        )


async def read_books(database: asyncpg.Connection) -> Books:
    """All of it, as it is in one moment."""
    async with database.transaction(isolation="repeatable_read", readonly=True):
        stock = await database.fetch("SELECT sku, reserved FROM stock_item")
        weeks = await database.fetch("SELECT monday, booked FROM week_capacity")
        tables = await database.fetch(_COUNT)
    return Books(
        {row["sku"]: row["reserved"] for row in stock},
        {str(row["monday"]): row["booked"] for row in weeks},
        {row["name"]: row["rows"] for row in tables},
    )


def _difference(now: Mapping[str, int], before: Mapping[str, int]) -> Mapping[str, int]:
    changes = {name: now.get(name, 0) - before.get(name, 0) for name in now.keys() | before.keys()}
    return {name: change for name, change in sorted(changes.items()) if change}


_NEVER: Final[Mapping[str, str]] = {
    "an order without items": """
        SELECT o.ext_id FROM orders o WHERE NOT EXISTS (SELECT FROM order_item i WHERE i.order_id = o.id)""",
    "an order without a reservation": """
        SELECT o.ext_id FROM orders o WHERE NOT EXISTS (SELECT FROM reservation r WHERE r.order_id = o.id)""",
    "a reservation without an order": """
        SELECT r.order_id FROM reservation r WHERE NOT EXISTS (SELECT FROM orders o WHERE o.id = r.order_id)""",
    "a reservation of another week than was promised, or in another state than its order": """
        SELECT o.ext_id FROM orders o JOIN reservation r ON r.order_id = o.id
        WHERE o.promised_week <> r.week
           OR r.status <>
              CASE o.status WHEN 'PENDING' THEN 'HELD' WHEN 'CANCELLED' THEN 'RELEASED' ELSE 'COMMITTED' END""",
    "a reservation of other pairs or components than were ordered": """
        SELECT o.ext_id FROM orders o JOIN reservation r ON r.order_id = o.id
        WHERE r.pairs <> (SELECT sum(i.quantity) FROM order_item i WHERE i.order_id = o.id)
           OR (SELECT jsonb_object_agg(t.sku, t.quantity) FROM reservation_item t WHERE t.order_id = o.id)
              IS DISTINCT FROM
              (SELECT jsonb_object_agg(n.sku, n.quantity) FROM (
                  SELECT e.key AS sku, sum(e.value::int) AS quantity
                  FROM order_item i, jsonb_each_text(i.needs) e WHERE i.order_id = o.id GROUP BY e.key) n)""",
    "a counter of stock that is not the sum of its reservations": """
        SELECT s.sku FROM stock_item s
        LEFT JOIN (SELECT i.sku, sum(i.quantity) AS quantity FROM reservation_item i JOIN reservation r USING (order_id)
                   WHERE r.status <> 'RELEASED' GROUP BY i.sku) live USING (sku)
        WHERE s.reserved <> coalesce(live.quantity, 0)""",
    "a counter of a week that is not the sum of its reservations": """
        SELECT w.monday FROM week_capacity w
        LEFT JOIN (SELECT week, sum(pairs) AS pairs FROM reservation WHERE status <> 'RELEASED' GROUP BY week) live
               ON live.week = w.monday
        WHERE w.booked <> coalesce(live.pairs, 0)""",
    "an order whose cart can be ordered again": """
        SELECT o.ext_id FROM orders o
        WHERE NOT EXISTS (SELECT FROM ordered_cart c WHERE c.cart_id = o.cart_id AND c.order_id = o.id)""",
    "two orders of one number": "SELECT ext_id FROM orders GROUP BY ext_id HAVING count(*) > 1",
    "an order that was not told of once": """
        SELECT o.ext_id FROM orders o
        WHERE (SELECT count(*) FROM domain_event e WHERE e.aggregate_id = o.id AND e.name = 'order.placed') <> 1""",
    "an event of an order that does not exist": """
        SELECT e.id FROM domain_event e
        WHERE e.aggregate = 'order' AND NOT EXISTS (SELECT FROM orders o WHERE o.id = e.aggregate_id)""",
    "a key that was claimed for nothing": "SELECT key FROM idempotency_key WHERE result IS NULL",
    "a tax that is not the sum of its parts": """
        SELECT o.ext_id FROM orders o
        WHERE o.tax_total <> (SELECT sum(i.cgst + i.sgst + i.igst) FROM order_item i WHERE i.order_id = o.id)
            + (SELECT sum(t.tax::bigint) FROM (VALUES (o.shipping_tax), (o.cod_tax)) f (fee), LATERAL (
                 VALUES (f.fee ->> 'cgst'), (f.fee ->> 'sgst'), (f.fee ->> 'igst')) t (tax))""",
    "a payment of another amount than its order's": """
        SELECT o.ext_id FROM payment p JOIN orders o ON o.id = p.order_id WHERE p.amount <> o.total""",
}


async def contradictions(database: asyncpg.Connection) -> dict[str, list[str]]:
    """What may never be there, with a few examples of each; nothing in a shop in order."""
    found = {}
    for what, sql in _NEVER.items():
        rows = await database.fetch(f"{sql} LIMIT 5")
        if rows:
            found[what] = [str(row[0]) for row in rows]
    return found
