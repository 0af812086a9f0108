"""Third parties may say more."""

from __future__ import annotations

from adapters.db.migrations.script import run_sql

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Keep messages of up to 256 KiB: all that an address of ours lets pass."""
    run_sql("""
        ALTER TABLE inbox
            DROP CONSTRAINT ck_inbox_body_limited,
            ADD CONSTRAINT ck_inbox_body_limited CHECK (length(body) <= 262144);
    """)


def downgrade() -> None:
    """Forget messages that are longer than 64 KiB."""
    run_sql("""
        DELETE FROM inbox WHERE length(body) > 65536;
        ALTER TABLE inbox
            DROP CONSTRAINT ck_inbox_body_limited,
            ADD CONSTRAINT ck_inbox_body_limited CHECK (length(body) <= 65536);
    """)
