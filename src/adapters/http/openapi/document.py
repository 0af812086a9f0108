"""The whole document."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Final

from litestar.handlers import HTTPRouteHandler

from adapters.http.contract import CONTRACT, Contract
from adapters.http.links import API
from adapters.http.openapi.components import Components, Schema
from adapters.http.openapi.operations import operation
from adapters.http.routes.table import UNVERSIONED, VERSIONED

_INFO: Final[Schema] = {
    "title": "Italian Shoes",
    "version": "v1",
    "description": (
        "Design a pair of Italian shoes, put it into a cart, order and pay it.\n\n"
        "Every success comes in one envelope, every failure as a problem document (RFC 9457). "
        "Prices are in paise and include GST."
    ),
}

_TAGS: Final[list[Schema]] = [
    {"name": "Catalogue", "description": "What is made, what can be chosen, and what that costs."},
    {"name": "Designs", "description": "Complete choices, saved under their code for ever."},
    {"name": "Cart", "description": "What somebody means to buy. A guest's is opened by X-Cart-Token."},
    {"name": "Checkout", "description": "What the cart costs, delivered."},
    {"name": "Orders", "description": "What was bought. A guest's is opened by X-Order-Token."},
    {"name": "Payments", "description": "Paying an order online."},
    {"name": "Webhooks", "description": "What third parties tell the shop by themselves, signed by each in its way."},
    {"name": "Staff: orders", "description": "What the workshop does with orders."},
    {"name": "Staff: shipments", "description": "What the workshop does with the parcels of an order."},
    {"name": "Staff: events", "description": "What happened in the shop, who was told of it, and what is stuck."},
    {"name": "Staff: tasks", "description": "What needs a person."},
    {"name": "Operations", "description": "For balancers and operators."},
]


@cache
def openapi_text() -> str:
    """The document as its committed copy has it: indented, members in a stable order."""
    return json.dumps(openapi_document(), indent=2, ensure_ascii=False) + "\n"


def openapi_document() -> Schema:
    """The document as plain values."""
    routes = list(_routes())
    components = Components(contract for _, _, contract in routes)
    paths: dict[str, Schema] = {}
    for path, method, contract in routes:
        paths.setdefault(_without_types(path), {})[method.lower()] = operation(path, contract, components)
    return {
        "openapi": "3.1.0",
        "info": _INFO,
        "servers": [{"url": "/"}],
        "tags": _TAGS,
        "paths": paths,
        "components": components.document(),
    }


def _routes() -> Iterator[tuple[str, str, Contract]]:
    for prefix, handlers in ((API, VERSIONED), ("", UNVERSIONED)):
        for handler in handlers:
            yield prefix + _path(handler), _method(handler), handler.opt[CONTRACT]


def _path(handler: HTTPRouteHandler) -> str:
    (path,) = handler.paths
    return path


def _method(handler: HTTPRouteHandler) -> str:
    (method,) = handler.http_methods - {"HEAD"}
    return method


def _without_types(path: str) -> str:
    return path.replace(":str}", "}")
