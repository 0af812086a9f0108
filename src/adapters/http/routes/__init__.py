"""Routes: decode, call the use case, encode. Nothing is decided here."""
