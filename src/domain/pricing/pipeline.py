"""The one price pipeline: a quote, a cart, an order and an invoice all go through it.

Line subtotal → order discount allocated in proportion → tax per line → shipping and
COD fees. Prices include GST, so tax is taken out of an amount, never put on top.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.errors import InvalidValue
from domain.money import NOTHING, Money
from domain.tax.gst import LineTax, forbidden_band, lowest_price_above_band, rate_of_line, split_tax, tax_kind
from domain.tax.states import GstState


@dataclass(frozen=True, slots=True)
class TaxContext:
    """What decides the tax: the day of the invoice, who sells, where the goods go."""

    on: date
    seller: GstState
    place_of_supply: GstState


@dataclass(frozen=True, slots=True)
class PriceableLine:
    """Pairs of one design at their unit price (GST included). `key` is the design code."""

    key: str
    unit_price: Money
    quantity: int

    def __post_init__(self) -> None:
        if self.quantity < 1:
            raise InvalidValue("quantity", "at least one pair")
        if self.unit_price <= NOTHING:
            raise InvalidValue("unit_price", "a pair costs something")

    @property
    def subtotal(self) -> Money:
        """Unit price times quantity."""
        return self.unit_price * self.quantity


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A line after discount and tax. `net` = `subtotal` - `discount`, GST included."""

    key: str
    unit_price: Money
    quantity: int
    subtotal: Money
    discount: Money
    net: Money
    tax: LineTax


@dataclass(frozen=True, slots=True)
class PricedFee:
    """A charge beside the goods (shipping, cash on delivery), GST included."""

    amount: Money
    tax: LineTax


@dataclass(frozen=True, slots=True)
class PricedBasket:
    """Everything that is owed, to the paisa. `total` includes `tax_total`."""

    lines: tuple[PricedLine, ...]
    subtotal: Money
    discount: Money
    shipping: PricedFee
    cod: PricedFee
    tax_total: Money
    total: Money


def price_basket(
    lines: Sequence[PriceableLine],
    context: TaxContext,
    *,
    discount: Money = NOTHING,
    shipping_fee: Money = NOTHING,
    cod_fee: Money = NOTHING,
) -> PricedBasket:
    """Price a basket; the only place where amounts of several lines meet.

    A discount never exceeds the subtotal, and is capped on a line that it would land in
    the band of prices that fit no GST rate. Fees are a composite supply with the goods
    (CGST Act, section 8) and bear the highest rate among the lines.
    """
    if not lines:
        raise InvalidValue("lines", "nothing to price")
    if min(discount, shipping_fee, cod_fee) < NOTHING:
        raise InvalidValue("discount", "discounts and fees are not negative")
    subtotal = Money.total(line.subtotal for line in lines)
    shares = min(discount, subtotal).allocate([line.subtotal.minor for line in lines])
    priced = tuple(_price_line(line, share, context) for line, share in zip(lines, shares, strict=True))
    highest = max(line.tax.rate_bp for line in priced)
    kind = tax_kind(context.seller, context.place_of_supply)
    shipping = PricedFee(shipping_fee, split_tax(shipping_fee, highest, kind))
    cod = PricedFee(cod_fee, split_tax(cod_fee, highest, kind))
    taxes = [*(line.tax.total for line in priced), shipping.tax.total, cod.tax.total]
    return PricedBasket(
        lines=priced,
        subtotal=subtotal,
        discount=Money.total(line.discount for line in priced),
        shipping=shipping,
        cod=cod,
        tax_total=Money.total(taxes),
        total=Money.total(line.net for line in priced) + shipping_fee + cod_fee,
    )


def _price_line(line: PriceableLine, share: Money, context: TaxContext) -> PricedLine:
    discount = _capped(line, share, context.on)
    net = line.subtotal - discount
    rate_bp = rate_of_line(net, line.quantity, context.on)
    tax = split_tax(net, rate_bp, tax_kind(context.seller, context.place_of_supply))
    return PricedLine(line.key, line.unit_price, line.quantity, line.subtotal, discount, net, tax)


def _capped(line: PriceableLine, discount: Money, on: date) -> Money:
    """As much of a discount as leaves each pair at a price that some GST rate fits."""
    if not discount:
        return discount
    low, high = forbidden_band(on)
    net = line.subtotal - discount
    if low * line.quantity < net <= high * line.quantity:
        return max(NOTHING, line.subtotal - lowest_price_above_band(on) * line.quantity)
    return discount
