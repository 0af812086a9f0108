"""What the database holds, counted; what may never be found in it, and what not once all is done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import asyncpg

from ports.deliveries import Subscription

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
    "two payments of one order": "SELECT order_id FROM payment GROUP BY order_id HAVING count(*) > 1",
    "money that came, and an order that does not know": """
        SELECT o.ext_id FROM payment p JOIN orders o ON o.id = p.order_id
        WHERE (p.captured > 0) <> (o.payment_status IN ('PAID', 'PARTIALLY_REFUNDED', 'REFUNDED'))
           OR (p.captured > 0 AND o.status = 'PENDING')""",
    "an order that tells twice of what happens once": """
        SELECT aggregate_id FROM domain_event
        WHERE name IN ('order.placed', 'order.confirmed', 'order.paid', 'order.production_started', 'order.ready',
                       'order.shipped', 'order.delivered', 'order.returned', 'payment.captured')
        GROUP BY aggregate_id, name HAVING count(*) > 1""",
    "a paid order that did not tell": """
        SELECT o.ext_id FROM orders o WHERE o.payment_status IN ('PAID', 'PARTIALLY_REFUNDED', 'REFUNDED')
          AND NOT EXISTS (SELECT FROM domain_event e WHERE e.aggregate_id = o.id AND e.name = 'order.paid')""",
    "more given back than was captured, or another sum than its refunds": """
        SELECT p.order_id FROM payment p
        LEFT JOIN (SELECT payment_id, sum(amount) AS amount FROM refund WHERE state <> 'FAILED' AND NOT is_surplus
                   GROUP BY payment_id) r ON r.payment_id = p.id
        WHERE coalesce(r.amount, 0) > p.captured OR coalesce(r.amount, 0) <> p.refunded""",
    "an order that counts another sum as given back than what is gone": """
        SELECT o.ext_id FROM orders o
        WHERE o.refunded <> (SELECT coalesce(sum(r.amount), 0) FROM payment p JOIN refund r ON r.payment_id = p.id
                             WHERE p.order_id = o.id AND r.state = 'PROCESSED' AND NOT r.is_surplus)""",
    "two live shipments of an order in one direction": """
        SELECT order_id FROM shipment WHERE step NOT IN ('FAILED', 'CANCELLED')
        GROUP BY order_id, direction HAVING count(*) > 1""",
    "a message that was taken in and not told of once": """
        SELECT i.id FROM inbox i WHERE i.rejection IS NULL
          AND (SELECT count(*) FROM domain_event e WHERE e.aggregate_id = i.id) <> 1""",
}

# What waits for its time is done, too: an invitation to review, a refund to be tried again.
_LATER: Final = "(d.attempts = 0 AND d.due_at > now() + interval '1 minute')"
_BUSY: Final = f"""
    SELECT EXISTS (SELECT FROM outbox) OR EXISTS (SELECT FROM delivery d WHERE d.state = 'PENDING' AND NOT {_LATER})
"""  # noqa: S608  # constants

_LOOSE: Final[Mapping[str, str]] = {
    "an event that no relay has looked at": "SELECT name FROM outbox",
    "a delivery that was not made": f"""
        SELECT d.handler || ' ' || d.state || ' after ' || d.attempts || ': ' || coalesce(d.error, '')
        FROM delivery d WHERE d.state <> 'DONE' AND NOT {_LATER}""",  # noqa: S608  # constants
    "a cancelled order whose money was kept": """
        SELECT o.ext_id FROM orders o JOIN payment p ON p.order_id = o.id
        WHERE o.status = 'CANCELLED' AND p.captured > p.refunded""",
    "a refund that is not gone": "SELECT id FROM refund WHERE state <> 'PROCESSED'",
    "money that was put aside and not taken": "SELECT order_id FROM payment WHERE state = 'AUTHORIZED'",
    "an order that is boxed, and no parcel": """
        SELECT o.ext_id FROM orders o WHERE o.fulfillment_status = 'READY_TO_SHIP'
          AND NOT EXISTS (SELECT FROM shipment s WHERE s.order_id = o.id AND s.step NOT IN ('FAILED', 'CANCELLED'))""",
    "a shipment that is neither booked nor given up": """
        SELECT reference FROM shipment WHERE step NOT IN ('BOOKED', 'FAILED', 'CANCELLED')""",
    "something that needs a person": "SELECT kind || ' ' || subject || ': ' || detail FROM operator_task",
}
_UNTOLD: Final = """
    SELECT s.handler || ' of ' || e.name FROM domain_event e
    JOIN unnest($1::text[], $2::text[]) AS s (name, handler) ON s.name = e.name
    LEFT JOIN delivery d ON d.event_id = e.id AND d.handler = s.handler
    WHERE d.event_id IS NULL LIMIT 5
"""


async def contradictions(database: asyncpg.Connection) -> dict[str, list[str]]:
    """What may never be there, with a few examples of each; nothing in a shop in order."""
    return await _found(database, _NEVER)


async def is_quiet(database: asyncpg.Connection) -> bool:
    """Whether nothing is left for relays and workers to do now."""
    return not await database.fetchval(_BUSY)


async def loose_ends(database: asyncpg.Connection, subscriptions: Iterable[Subscription]) -> dict[str, list[str]]:
    """What a shop at rest may not have, with a few examples of each: promises that nobody is about to keep."""
    found = await _found(database, _LOOSE)
    heard = [*subscriptions]
    untold = await database.fetch(_UNTOLD, [each.event for each in heard], [each.handler for each in heard])
    return found | ({"an event that somebody was not told of": [row[0] for row in untold]} if untold else {})


async def _found(database: asyncpg.Connection, what: Mapping[str, str]) -> dict[str, list[str]]:
    found = {}
    for name, sql in what.items():
        rows = await database.fetch(f"{sql} LIMIT 5")
        if rows:
            found[name] = [str(row[0]) for row in rows]
    return found
