"""What every request goes through before it is routed: plain ASGI, so that no answer escapes it."""
