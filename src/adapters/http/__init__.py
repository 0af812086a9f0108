"""The shop over HTTP: routes, their schemas, and the one table from errors to statuses."""
