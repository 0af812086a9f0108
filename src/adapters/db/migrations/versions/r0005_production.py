"""The workshop sees its week."""

from __future__ import annotations

from adapters.db.migrations.script import run_sql

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Index what is confirmed and has not left yet, by the week that it is promised in."""
    run_sql("CREATE INDEX ix_orders_promised_week_id ON orders (promised_week, id) WHERE status = 'CONFIRMED'")


def downgrade() -> None:
    """Let go of the index."""
    run_sql("DROP INDEX ix_orders_promised_week_id")
