"""Events are delivered."""

from __future__ import annotations

from adapters.db.migrations.script import run_script, run_sql

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Keep events for ever in `domain_event`, and what is still to be told in `outbox` and `delivery`."""
    run_script(__file__, "0002_events.sql")


def downgrade() -> None:
    """Go back to events that nobody delivers; what is under way is forgotten, the events are not."""
    run_sql("""
        DROP TABLE operator_task, delivery, outbox;
        DROP SEQUENCE event_order;
        CREATE TABLE outbox (
            id uuid NOT NULL,
            aggregate text NOT NULL,
            aggregate_id uuid NOT NULL,
            name text NOT NULL,
            payload jsonb NOT NULL,
            occurred_at timestamptz NOT NULL,
            CONSTRAINT pk_outbox PRIMARY KEY (id)
        );
        INSERT INTO outbox (id, aggregate, aggregate_id, name, payload, occurred_at)
        SELECT id, aggregate, aggregate_id, name, payload, occurred_at FROM domain_event;
        CREATE INDEX ix_outbox_aggregate_id ON outbox (aggregate_id);
        DROP TABLE domain_event;
    """)
