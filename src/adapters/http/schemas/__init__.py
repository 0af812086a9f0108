"""What goes in and out as JSON. Forms come in, with their constraints; resources go out, without defaults."""
