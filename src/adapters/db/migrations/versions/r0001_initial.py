"""The shop as it was first opened."""

from __future__ import annotations

from adapters.db.migrations.script import run_script, run_sql

revision = "0001"
down_revision = None

# Those that refer to others first.
_TABLES = (
    *("outbox", "idempotency_key", "cart", "refund", "payment", "design", "ordered_cart", "order_item", "orders"),
    *("reservation_item", "reservation", "week_capacity", "stock_item", "catalogue_revision"),
    *("product_material", "product_sole", "product_style", "product"),
    *("material_color", "material", "sole", "style", "last"),
)
_FUNCTIONS = (
    *("count_reservation", "promise_order", "first_free_week", "promise_week", "promise_stock", "promise_of_plenty"),
    *("per_ticket", "take_all_tickets", "take_some_tickets"),
)


def upgrade() -> None:
    """Create every table."""
    run_script(__file__, "0001_catalogue.sql")
    run_script(__file__, "0001_stock.sql")
    run_script(__file__, "0001_orders.sql")


def downgrade() -> None:
    """Drop every table, with all that is in them."""
    run_sql(f"DROP TABLE {', '.join(_TABLES)}; DROP SEQUENCE order_number; DROP FUNCTION {', '.join(_FUNCTIONS)}")
