"""The addresses, one module for each part of the documentation."""
