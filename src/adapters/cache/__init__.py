"""Redis: guests' carts, and bytes that can be made again."""
