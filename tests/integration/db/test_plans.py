"""Questions that are asked all day find their rows by an index, however many there are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest

from adapters.db import (
    carts,
    catalogue_views,
    designs,
    event_views,
    idempotency,
    inbox,
    order_views,
    orders,
    payment_views,
    payments,
    products,
    shipment_views,
    shipments,
)
from adapters.db.facets import facets_statement
from adapters.db.product_search import criteria
from adapters.db.session import Statement
from ports.catalogue_views import ProductFilter, ProductSort
from ports.event_views import DeliveryState
from tests.builders import NOW, fresh_id
from tests.integration.db.direct import Direct

pytestmark = pytest.mark.anyio

# Rows that are alike would tempt the planner to read them all. Ids of orders rise, as those of real ones do.
FILL = """
    INSERT INTO last VALUES ('ROMA', 'Roma', '{F}', '[{"eu": "42"}]');
    INSERT INTO product (id, product_id, title, description, category, brand, base_price, hsn, lead_time_days,
        last_code, leather_dm2, sizes, widths, rules, media, is_active, created_at, updated_at, version)
    SELECT gen_random_uuid(), 'shoe-' || n, 'Shoe ' || n, 'word' || n, 'OXFORD', 'Brand', 500000 + n, '6403', 21,
        'ROMA', 24, '{42}', '{F}', '[]', '[]', true, now() - n * interval '1 minute', now(), 1
    FROM generate_series(1, 5000) n;
    INSERT INTO orders (id, ext_id, cart_id, customer_id, email, phone, shipping_address, currency, subtotal,
        discount, shipping_fee, shipping_tax, cod_fee, cod_tax, tax_total, total, refunded, place_of_supply,
        payment_method, status, payment_status, fulfillment_status, promised_week, hold_expires_at,
        created_at, updated_at, version)
    SELECT CAST(lpad(to_hex(1767225600000 + n), 12, '0') || '70008' || lpad(to_hex(n), 15, '0') AS uuid),
        'IS-2026-' || lpad(n::text, 6, '0'), gen_random_uuid(), gen_random_uuid(),
        'a@example.com', '+919876543210', '{}', 'INR', 100, 0, 0, '{}', 0, '{}', 10, 100, 0, '29', 'PREPAID',
        CASE WHEN n % 50 = 0 THEN 'PENDING' ELSE 'CONFIRMED' END, 'PENDING', 'UNFULFILLED', '2026-11-30',
        CASE WHEN n % 50 = 0 THEN now() + n * interval '1 minute' END, now(), now(), 1
    FROM generate_series(1, 5000) n;
    INSERT INTO order_item
    SELECT gen_random_uuid(), id, 0, 'CODE', 'shoe-1', 'Shoe', '{}', '6403', 1, 100, '[]', 100, 0, 'IGST', 1800,
        90, 0, 0, 10, '{}' FROM orders;
    INSERT INTO domain_event SELECT gen_random_uuid(), 'order', id, 'order.placed', '{}', now() FROM orders;
    INSERT INTO delivery
    SELECT e.id, 'count', 'events', e.aggregate_id, o.n, CASE WHEN o.n % 50 = 0 THEN 'DEAD' ELSE 'DONE' END, 1, now(),
        NULL, CASE WHEN o.n % 50 <> 0 THEN now() END
    FROM domain_event e JOIN (SELECT id, row_number() OVER () AS n FROM orders) o ON o.id = e.aggregate_id;
    INSERT INTO payment
    SELECT gen_random_uuid(), id, 'razorpay', 'order_' || id, 'pay_' || id, 'INR', 100, 100, 0, 'CAPTURED', NULL,
        now(), now(), 1, CASE WHEN status = 'PENDING' THEN now() END FROM orders;
    INSERT INTO refund
    SELECT gen_random_uuid(), id, 0, 100, 'does not fit', CASE WHEN ask_at IS NULL THEN 'PROCESSED' ELSE 'PENDING' END,
        'rfnd_' || id, now(), provider_payment_id, false, 1, NULL, ask_at FROM payment;
    INSERT INTO inbox
    SELECT gen_random_uuid(), 'razorpay', 'evt_' || n, '', NULL, now() FROM generate_series(1, 5000) n;
    INSERT INTO shipment (id, order_id, order_number, carrier, direction, reference, step, provider_order_id,
        provider_shipment_id, awb, courier, status, status_at, turned_back, scans, checked_at, created_at, updated_at,
        version)
    SELECT gen_random_uuid(), id, ext_id, 'shiprocket', 'OUTBOUND', ext_id, 'BOOKED', 'o', 's', ext_id, 'Delhivery',
        CASE WHEN status = 'PENDING' THEN 'IN_TRANSIT' ELSE 'DELIVERED' END, now(), false, '[]', now(), now(), now(), 1
    FROM orders;
    INSERT INTO cart SELECT gen_random_uuid(), gen_random_uuid(), '[]', '{}', now(), 1 FROM generate_series(1, 5000);
    INSERT INTO design
    SELECT lpad(n::text, 12, '0'), 'shoe-1', 'S', 'S', 'M', 'C', '42', 'F', NULL, now() FROM generate_series(1, 5000) n;
    INSERT INTO idempotency_key SELECT 'scope', n::text, 'print' FROM generate_series(1, 5000) n;
    ANALYZE
"""
SMALL = {"catalogue_revision", "product_style", "product_sole", "product_material"}
SOME: UUID = fresh_id()


def listing(sort: ProductSort, wanted: ProductFilter) -> tuple[Statement, dict[str, object]]:
    """The statement of a second page, and what it is asked with."""
    given = criteria(wanted) or {}
    value = {"newest": NOW, "title": "Shoe 3000"}.get(sort, 502_000)
    statement = catalogue_views._list(sort, tuple(given), continued=True)
    return statement, {**given, "value": value, "id": SOME, "limit": 21}


def lists() -> Iterator[Any]:
    """Lists that staff leaf through: a second page, and what is rare among all that there is."""

    def orders(name: str, values: dict[str, object], index: str) -> Any:
        statement = order_views._list(tuple(each for each in values if not each.endswith("_id")))
        return pytest.param(statement, {**values, "limit": 21}, {index, "ix_order_item_order_id"}, id=name)

    month: dict[str, object] = {"since": NOW, "since_id": SOME, "until": NOW, "until_id": SOME}
    yield orders("newest orders", {}, "pk_orders")
    yield orders("more orders", {"before": SOME}, "pk_orders")
    yield orders("orders of a month", {**month, "before": SOME}, "pk_orders")
    yield orders("orders that wait", {"status": "PENDING", "before": SOME}, "ix_orders_status_id")
    yield orders("orders to pay again", {"payment_status": "FAILED"}, "ix_orders_payment_status_id")
    yield orders("orders to ship", {"fulfillment_status": "READY_TO_SHIP"}, "ix_orders_fulfillment_status_id")
    dead = {"event_id": SOME, "handler": "count", "limit": 21}
    indexes = {"ix_delivery_dead", "pk_delivery", "pk_domain_event"}
    yield pytest.param(event_views._in_state(DeliveryState.DEAD), dead, indexes, id="dead deliveries")


def asked() -> Iterator[Any]:
    """What the shop asks all day: a name, the statement, its parameters, the indexes that may be used."""

    def case(name: str, statement: Statement, values: dict[str, object], *indexes: str) -> Any:
        return pytest.param(statement, values, set(indexes), id=name)

    own = {"ix_order_item_order_id"}
    yield case("order by id", order_views._BY_ID, {"reference": SOME}, "pk_orders", *own)
    yield case("order by number", order_views._BY_NUMBER, {"reference": "IS-2026-000042"}, "ix_orders_ext_id", *own)
    yield case("order to change", orders._LOCK, {"id": SOME}, "pk_orders", *own)
    yield case("expired holds", order_views._EXPIRED, {"now": NOW, "limit": 20}, "ix_orders_hold_expires_at")
    yield from lists()
    timeline = ("ix_domain_event_aggregate_id", "ix_payment_order_id")
    yield case("timeline", order_views._TIMELINE, {"id": SOME}, *timeline)
    yield case("payment", payments._LOCK_LATEST, {"order_id": SOME}, "ix_payment_order_id")
    gateway: dict[str, object] = {"provider": "razorpay", "reference": "pay_42"}
    yield case("order paid there", payment_views._BY_ORDER, gateway, "uq_payment_provider_provider_order_id")
    yield case("order paid so", payment_views._BY_PAYMENT, gateway, "uq_payment_provider_provider_payment_id")
    yield case("order of a refund", payment_views._BY_REFUND, {"id": SOME}, "pk_refund", "pk_payment")
    due: dict[str, object] = {"provider": "razorpay", "now": NOW, "limit": 20}
    yield case("open payments", payment_views._OPEN_PAYMENTS, due, "ix_payment_ask_at")
    yield case("open refunds", payment_views._OPEN_REFUNDS, due, "ix_refund_ask_at", "pk_payment")
    yield case("refunds", payments._REFUNDS, {"payment_id": SOME}, "ix_refund_payment_id")
    yield case("message", inbox._GET, {"id": SOME}, "pk_inbox")
    yield case("shipment", shipments._LOCK, {"id": SOME}, "pk_shipment")
    yield case("shipments of an order", shipments._LOCK_ALL, {"order_id": SOME}, "ix_shipment_order_id")
    by_awb: dict[str, object] = {"carrier": "shiprocket", "awb": "IS-2026-000042"}
    yield case("shipment by air waybill", shipments._WITH_AWB, by_awb, "uq_shipment_carrier_awb")
    silent: dict[str, object] = {"since": NOW, "limit": 50}
    yield case("silent parcels", shipment_views._SILENT, silent, "ix_shipment_checked_at")
    yield case("cart", carts._FIND, {"customer_id": SOME}, "uq_cart_customer_id")
    yield case("design", designs.FIND_DESIGN, {"code": "0123456789AB"}, "pk_design")
    yield case("first result", idempotency._FIRST, {"scope": "scope", "key": "42"}, "pk_idempotency_key")
    nothing = ProductFilter()
    yield case("newest", *listing(ProductSort.NEWEST, nothing), "ix_product_created_at_id")
    yield case("cheapest", *listing(ProductSort.PRICE, nothing), "ix_product_base_price_id")
    yield case("dearest", *listing(ProductSort.PRICE_DESCENDING, nothing), "ix_product_base_price_id")
    yield case("by title", *listing(ProductSort.TITLE, nothing), "ix_product_title_id")
    yield case("search", facets_statement(("q",)), {"q": "word4242:*"}, "ix_product_search")


@pytest.fixture
async def full(fresh_postgres_url: str) -> Any:  # an async generator's type says nothing more
    """Five thousand of everything."""
    direct = await Direct.to(fresh_postgres_url)
    await direct.do(FILL)
    yield direct
    await direct.close()


async def test_no_table_is_read_as_a_whole(full: Direct) -> None:
    """Every plan names only the indexes that are meant for the question."""
    for case in asked():
        statement, values, indexes = case.values
        arguments = [values[name] for name in statement.names]
        plan = json.loads(await full.value(f"EXPLAIN (FORMAT JSON) {statement.sql}", *arguments))
        assert used(plan[0]["Plan"]) == indexes, case.id


async def test_no_list_is_sorted_as_a_whole(full: Direct) -> None:
    """Rows come out of an index in their order, so that a page costs the same however many there are."""
    for case in lists():
        statement, values, _ = case.values
        arguments = [values[name] for name in statement.names]
        plan = json.loads(await full.value(f"EXPLAIN (FORMAT JSON) {statement.sql}", *arguments))
        assert "Sort" not in steps(plan[0]["Plan"]), case.id


async def test_the_products_that_are_wanted_are_found_by_their_slugs(full: Direct) -> None:
    """One index lookup for each slug or id."""
    statement = products._PRODUCTS
    values: dict[str, object] = {"slugs": ["shoe-1", "shoe-4999"], "id": SOME}

    plan = json.loads(
        await full.value(f"EXPLAIN (FORMAT JSON) {statement.sql}", *[values[name] for name in statement.names])
    )

    assert {"pk_product", "uq_product_product_id"} <= used(plan[0]["Plan"])
    assert "product" not in used(plan[0]["Plan"])


def steps(plan: dict[str, Any]) -> list[str]:  # as below
    """What a plan does, from its end to its beginning."""
    return [plan["Node Type"], *(step for inner in plan.get("Plans", []) for step in steps(inner))]


def used(plan: dict[str, Any]) -> set[str]:  # what EXPLAIN tells is as mixed as its nodes
    """The indexes of a plan, and the tables that it reads as a whole but for the smallest."""
    found = set()
    if "Index Name" in plan:
        found.add(plan["Index Name"])
    elif plan["Node Type"] == "Seq Scan" and plan["Relation Name"] not in SMALL:
        found.add(plan["Relation Name"])
    return found.union(*(used(inner) for inner in plan.get("Plans", [])))
