"""The routes of the staff: each asks for `staff`, so that nobody else gets in."""
