"""Carts that are kept in more than one place."""
