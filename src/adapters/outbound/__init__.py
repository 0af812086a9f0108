"""What all calls to third parties go through."""
