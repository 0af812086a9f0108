"""What a design costs, and when it would be ready."""

from __future__ import annotations

from dataclasses import dataclass

from application.checkout.destination import state_of
from application.designs.find_design import DesignFinder, DesignWish
from domain.inventory.capacity import WORKSHOP_ZONE, Week, earliest_week
from domain.money import Money
from domain.ordering.policy import SalesPolicy
from domain.pricing.pipeline import TaxContext, price_basket
from domain.pricing.unit_price import UnitPrice
from domain.tax.gst import LineTax
from ports.clock import Clock
from ports.pin_directory import PinDirectory
from ports.stock_views import StockViews


@dataclass(frozen=True, slots=True)
class QuoteDesignQuery:
    """`pincode` decides how GST is split; without one it is taken to be the seller's state."""

    wish: DesignWish
    quantity: int
    pincode: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignQuote:
    """A quote for pairs of one design; amounts in paise with GST included.

    `promised_week` is None when no week has room; `available` says whether the pairs
    could be ordered this moment.
    """

    design_code: str
    unit_price: UnitPrice
    quantity: int
    line_total: Money
    tax: LineTax
    lead_time_days: int
    promised_week: Week | None
    available: bool


@dataclass(frozen=True, slots=True)
class QuoteDesign:
    """Prices a design through the one pipeline; promises nothing.

    Raises NotFound, DesignNotBuildable, UnknownPinCode.
    """

    designs: DesignFinder
    stock: StockViews
    pins: PinDirectory
    policy: SalesPolicy
    clock: Clock

    async def __call__(self, query: QuoteDesignQuery) -> DesignQuote:
        now = self.clock.now()
        place = state_of(self.pins, query.pincode) if query.pincode else self.policy.seller
        line = await self.designs.quote(query.wish, query.quantity)
        context = TaxContext(now.astimezone(WORKSHOP_ZONE).date(), self.policy.seller, place)
        priced = price_basket([line.priceable], context).lines[0]
        lead_time = line.product.lead_time_days
        week = await self.stock.first_free_week(earliest_week(now, lead_time), query.quantity)
        stock = await self.stock.available(line.needs.keys())
        enough = all(stock.get(sku, 0) >= need * query.quantity for sku, need in line.needs.items())
        return DesignQuote(
            design_code=line.design.code,
            unit_price=line.price,
            quantity=query.quantity,
            line_total=priced.net,
            tax=priced.tax,
            lead_time_days=lead_time,
            promised_week=week,
            available=enough and week is not None,
        )
