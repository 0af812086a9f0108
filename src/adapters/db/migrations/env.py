"""How Alembic runs the revisions; called by `adapters.db.migrations`, never by its command line."""

from __future__ import annotations

from alembic import context

from adapters.db.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
with context.begin_transaction():
    context.run_migrations()
