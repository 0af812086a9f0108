"""Orders are shipped."""

from __future__ import annotations

from adapters.db.migrations.script import run_script, run_sql

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Keep shipments."""
    run_script(__file__, "0004_shipping.sql")


def downgrade() -> None:
    """Forget the shipments; their events stay."""
    run_sql("DROP TABLE shipment")
