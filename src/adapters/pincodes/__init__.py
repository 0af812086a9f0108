"""Directories of PIN codes."""
