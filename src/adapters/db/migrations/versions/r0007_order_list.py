"""Staff look through all orders."""

from __future__ import annotations

from adapters.db.migrations.script import run_sql

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Index orders by each of their statuses: reading half a million to find none took 0.2 s."""
    run_sql("""
        CREATE INDEX ix_orders_status_id ON orders (status, id);
        CREATE INDEX ix_orders_payment_status_id ON orders (payment_status, id);
        CREATE INDEX ix_orders_fulfillment_status_id ON orders (fulfillment_status, id);
    """)


def downgrade() -> None:
    """Let go of the indexes."""
    run_sql("DROP INDEX ix_orders_status_id, ix_orders_payment_status_id, ix_orders_fulfillment_status_id")
