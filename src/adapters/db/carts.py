"""Customers' carts."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from adapters.db.engine import Database
from adapters.db.session import Row, Statement
from adapters.db.statements import Document, as_json
from domain.cart.cart import Cart, CartLine, CartOwner, CustomerCart
from domain.design.design import Design
from domain.money import Money
from ports.carts import Carts
from ports.errors import StaleAggregate

_FIND: Final = Statement("SELECT * FROM cart WHERE customer_id = :customer_id")
_INSERT: Final = Statement("""
    INSERT INTO cart (id, customer_id, lines, merged, updated_at, version)
    VALUES (:id, :customer_id, :lines, :merged, :updated_at, 1)
    ON CONFLICT (customer_id) DO NOTHING RETURNING id
""")
# By the version alone: what is left of an ordered cart comes under a new id.
_UPDATE: Final = Statement("""
    UPDATE cart SET id = :id, lines = :lines, merged = :merged, updated_at = :updated_at, version = version + 1
    WHERE customer_id = :customer_id AND version = :version RETURNING id
""")
_REMOVE: Final = Statement("""
    DELETE FROM cart WHERE customer_id = :customer_id AND id = :id AND version = :version RETURNING id
""")


class SqlCarts(Carts):
    """One row a cart, one statement a call. Raises TypeError for a guest's cart: those are kept elsewhere."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, owner: CartOwner) -> Cart | None:
        """See Carts."""
        rows = await self._database.fetch(_FIND, customer_id=_customer_of(owner))
        return _cart_of(rows[0]) if rows else None

    async def save(self, cart: Cart) -> None:
        """See Carts."""
        async with self._database.connect() as session:
            saved = await session.row(
                _UPDATE if cart.version else _INSERT,
                id=cart.id,
                customer_id=_customer_of(cart.owner),
                lines=as_json([_line_document(line) for line in cart.lines]),
                merged=sorted(cart.merged),
                updated_at=cart.updated_at,
                version=cart.version,
            )
        if saved is None:
            raise StaleAggregate("cart", cart.id)
        cart.version += 1

    async def remove(self, cart: Cart) -> None:
        """See Carts."""
        customer_id = _customer_of(cart.owner)
        async with self._database.connect() as session:
            removed = await session.row(_REMOVE, customer_id=customer_id, id=cart.id, version=cart.version)
            if removed is None and await session.row(_FIND, customer_id=customer_id):
                raise StaleAggregate("cart", cart.id)


def _customer_of(owner: CartOwner) -> UUID:
    if not isinstance(owner, CustomerCart):
        raise TypeError("the database keeps the carts of customers, not of guests")
    return owner.customer_id


def _cart_of(row: Row) -> Cart:
    return Cart(
        id=row["id"],
        owner=CustomerCart(row["customer_id"]),
        lines=tuple(_line_of(line) for line in row["lines"]),
        merged=frozenset(row["merged"]),
        updated_at=row["updated_at"],
        version=row["version"],
    )


def _line_document(line: CartLine) -> Document:
    design = line.design
    return {
        "product_id": design.product_id,
        "style": design.style,
        "sole": design.sole,
        "material": design.material,
        "color": design.color,
        "size_eu": design.size_eu,
        "width": design.width,
        "monogram": design.monogram,
        "quantity": line.quantity,
        "seen_price": line.seen_price.minor,
        "currency": line.seen_price.currency,
    }


def _line_of(document: Document) -> CartLine:
    design = Design(
        product_id=document["product_id"],
        style=document["style"],
        sole=document["sole"],
        material=document["material"],
        color=document["color"],
        size_eu=document["size_eu"],
        width=document["width"],
        monogram=document["monogram"],
    )
    return CartLine(design, document["quantity"], Money(document["seen_price"], document["currency"]))
