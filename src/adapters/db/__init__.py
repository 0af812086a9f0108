"""PostgreSQL: tables, repositories of one transaction, views to read from, migrations."""
