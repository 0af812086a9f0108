"""Money that goes back, for staff."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from msgspec import Meta, field

from adapters.http import links
from adapters.http.schemas.base import Amount, Form, Href, Moment, Resource
from application.payments.request_refund import RefundView
from domain.money import Money
from domain.payments.refund import RefundState


class RefundForm(Form):
    """How much goes back, and why."""

    amount: Annotated[int, Meta(ge=1, le=1_000_000_000_000, description="In paise; null: all that is left.")] | None = (
        None
    )
    reason: Annotated[str, Meta(min_length=1, max_length=200, pattern=r"\S", examples=["The sole came off"])]

    def money(self) -> Money | None:
        """The amount for the use case."""
        return None if self.amount is None else Money(self.amount)


class RefundLinks(Resource):
    """The order whose money it is."""

    order: Href


class RefundResource(Resource):
    """Money that goes back, as far as it has come."""

    id: UUID
    order_id: UUID
    amount: Amount
    reason: str
    status: RefundState
    created_at: Moment
    links: RefundLinks = field(name="_links")

    @classmethod
    def of(cls, refund: RefundView) -> RefundResource:
        """A refund."""
        return cls(
            id=refund.id,
            order_id=refund.order_id,
            amount=Amount.of(refund.amount),
            reason=refund.reason,
            status=refund.status,
            created_at=refund.created_at,
            links=RefundLinks(order=links.admin_order(refund.order_id)),
        )
