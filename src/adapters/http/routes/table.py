"""Every route that has a contract."""

from __future__ import annotations

from typing import Final

from litestar.handlers import HTTPRouteHandler

from adapters.http.routes import (
    cart,
    checkout,
    designs,
    facets,
    health,
    options,
    orders,
    parcels,
    payments,
    products,
    webhooks,
)
from adapters.http.routes.admin import events, production, shipments, tasks
from adapters.http.routes.admin import orders as staff_orders

VERSIONED: Final[tuple[HTTPRouteHandler, ...]] = (
    *products.ROUTES,
    *options.ROUTES,
    *facets.ROUTES,
    *designs.ROUTES,
    *cart.ROUTES,
    *checkout.ROUTES,
    *orders.ROUTES,
    *payments.ROUTES,
    *parcels.ROUTES,
    *webhooks.ROUTES,
    *staff_orders.ROUTES,
    *production.ROUTES,
    *shipments.ROUTES,
    *events.ROUTES,
    *tasks.ROUTES,
)
"""Under `links.API`."""

UNVERSIONED: Final[tuple[HTTPRouteHandler, ...]] = health.ROUTES
"""By their full paths."""
