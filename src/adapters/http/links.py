"""Where things are. Paths without a host: they hold behind any proxy, and nobody can forge them."""

from __future__ import annotations

from typing import Final
from uuid import UUID

API: Final = "/api/v1"
PRODUCTS: Final = f"{API}/products"
MATERIALS: Final = f"{API}/materials"
STYLES: Final = f"{API}/styles"
SOLES: Final = f"{API}/soles"
FACETS: Final = f"{API}/catalogue/facets"
DESIGNS: Final = f"{API}/designs"
CART: Final = f"{API}/cart"
CART_ITEMS: Final = f"{CART}/items"
CHECKOUT_QUOTE: Final = f"{API}/checkout/quote"
ORDERS: Final = f"{API}/orders"
WEBHOOKS: Final = f"{API}/webhooks"
ADMIN: Final = f"{API}/admin"
ADMIN_EVENTS: Final = f"{ADMIN}/events"
ADMIN_DELIVERIES: Final = f"{ADMIN}/deliveries"
ADMIN_BACKLOG: Final = f"{ADMIN}/backlog"
ADMIN_TASKS: Final = f"{ADMIN}/tasks"
ADMIN_ORDERS: Final = f"{ADMIN}/orders"
OPENAPI: Final = "/api/openapi.json"
DOCS: Final = "/api-docs"


def product(product_id: str) -> str:
    """A product, by its slug."""
    return f"{PRODUCTS}/{product_id}"


def material(ext_id: str) -> str:
    """A material, by its ext_id."""
    return f"{MATERIALS}/{ext_id}"


def design(code: str) -> str:
    """A saved design, by its code."""
    return f"{DESIGNS}/{code}"


def cart_item(line_id: str) -> str:
    """A line of the caller's cart, by its design code."""
    return f"{CART_ITEMS}/{line_id}"


def order(ext_id: str) -> str:
    """An order, by its number."""
    return f"{ORDERS}/{ext_id}"


def admin_event(event_id: UUID) -> str:
    """An event of the log, for staff."""
    return f"{ADMIN_EVENTS}/{event_id}"


def admin_task(task_id: UUID) -> str:
    """Work for a person, for staff."""
    return f"{ADMIN_TASKS}/{task_id}"


def admin_production(week: object) -> str:
    """A week of the workshop, for staff."""
    return f"{ADMIN}/production/{week}"


def admin_order(reference: str | UUID) -> str:
    """An order by its number or id, for staff."""
    return f"{ADMIN_ORDERS}/{reference}"
