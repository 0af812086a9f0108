"""Third parties are heard, and money is followed to its end."""

from __future__ import annotations

from adapters.db.migrations.script import run_script, run_sql

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the inbox, addresses without mail, and what is known of refunds and their attempts."""
    run_script(__file__, "0003_inbox.sql")


def downgrade() -> None:
    """Forget messages, addresses and attempts; and refunds of money that an older shop doesn't know it had."""
    run_sql("""
        DROP TABLE inbox, undeliverable_address;
        DELETE FROM refund WHERE is_surplus;
        ALTER TABLE refund DROP CONSTRAINT ck_refund_state_known, DROP CONSTRAINT ck_refund_sent_is_named;
        ALTER TABLE refund
            DROP COLUMN provider_payment_id, DROP COLUMN is_surplus, DROP COLUMN attempt,
            DROP COLUMN failure, DROP COLUMN ask_at;
        UPDATE refund SET state = 'REQUESTED' WHERE state = 'PENDING';
        ALTER TABLE refund ADD CONSTRAINT ck_refund_state_known CHECK (state IN ('REQUESTED', 'PROCESSED', 'FAILED'));
        ALTER TABLE payment DROP COLUMN ask_at;
    """)
