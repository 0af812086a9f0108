"""Celery: what happens after the answer went out, and when time passes."""
