"""SQL as a step of a migration."""

from __future__ import annotations

from pathlib import Path

from alembic import op


def run_script(migration: str, name: str) -> None:
    """Run the statements of the file `name` beside the migration, whose `__file__` is given."""
    run_sql(Path(migration).with_name(name).read_text())


def run_sql(script: str) -> None:
    """Run statements in the transaction of the migration.

    They go to the driver as they are: SQLAlchemy runs one statement at a time, and takes
    words after a colon for parameters.
    """
    dbapi_connection = op.get_bind().connection.dbapi_connection
    dbapi_connection.run_async(lambda driver: driver.execute(script))  # type: ignore[union-attr]  # AdaptedConnection
