"""Catalogue files: JSON and CSV to rows with their lines, and reports for whoever wrote them."""
