"""Where what happens is counted."""
