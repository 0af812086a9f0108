"""Real servers for tests: one PostgreSQL and one Redis for a whole run, whichever process asks first."""
