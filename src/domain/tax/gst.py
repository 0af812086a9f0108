"""GST on footwear: which rate a line bears, and how its tax splits.

Prices include the tax, so the rate has to be found from the total that contains it. The
dates here are invoice dates, that is days in India (IST), not in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from domain.errors import DomainError, InvalidValue
from domain.money import Money, divide_half_up
from domain.tax.states import GstState

_WHOLE_BP = 10_000


class PriceInForbiddenBand(DomainError):
    """A tax-inclusive price per pair fits neither rate, so no lawful tax line exists.

    `net` is the total of `quantity` pairs. The price per pair has to be at most
    `low_end`, or more than `high_end`.
    """

    code: ClassVar[str] = "validation-error"

    def __init__(self, net: Money, quantity: int, low_end: Money, high_end: Money) -> None:
        super().__init__(
            f"a pair can't be sold for more than {low_end} and up to {high_end}: "
            "GST's lower rate no longer fits, its higher one not yet"
        )
        self.net = net
        self.quantity = quantity
        self.low_end = low_end
        self.high_end = high_end


@dataclass(frozen=True, slots=True)
class GstRateRow:
    """The footwear rates of one period, in basis points (1800 = 18 %).

    A pair whose value without tax is at most `threshold` bears `low_bp`, a dearer one
    `high_bp`. The row holds from `valid_from` until the next row begins.
    """

    valid_from: date
    threshold: Money
    low_bp: int
    high_bp: int

    def __post_init__(self) -> None:
        if self.threshold <= Money.zero(self.threshold.currency):
            raise InvalidValue("threshold", "a threshold is more than nothing")
        if not 0 <= self.low_bp < self.high_bp <= _WHOLE_BP:
            raise InvalidValue("low_bp", "the lower rate is below the higher, both within 0-100 %")

    @property
    def forbidden_band(self) -> tuple[Money, Money]:
        """Prices per pair with tax that fit neither rate: above the first, up to the second."""
        low_end, high_end = (
            Money(self._with_tax(rate_bp) // _WHOLE_BP, self.threshold.currency)
            for rate_bp in (self.low_bp, self.high_bp)
        )
        return low_end, high_end

    def rate_of(self, net: Money, quantity: int) -> int:
        """The rate (basis points) of `quantity` pairs sold for `net`, tax included.

        Totals are compared, never a rounded price per pair, so a discount that does not
        divide by the quantity is judged exactly. Raises PriceInForbiddenBand when neither
        rate fits, InvalidValue for a negative total or no pairs.
        """
        if net < Money.zero(net.currency):
            raise InvalidValue("net", "a sale is not negative")
        if quantity < 1:
            raise InvalidValue("quantity", "a sale has at least one pair")
        scaled = net.minor * _WHOLE_BP
        if scaled <= quantity * self._with_tax(self.low_bp):
            return self.low_bp
        if scaled > quantity * self._with_tax(self.high_bp):
            return self.high_bp
        raise PriceInForbiddenBand(net, quantity, *self.forbidden_band)

    def _with_tax(self, rate_bp: int) -> int:
        """The threshold plus tax at a rate, in paise x 10,000 so that it stays whole."""
        return self.threshold.minor * (_WHOLE_BP + rate_bp)


# From 2022: Notifications 21/2021 and 9/2025-CT(Rate) with their IGST twins. The two rows
# before are history whose text was not checked (the first tested the price marked on the
# shoe, not the sale value): the shop is younger than they are.
FOOTWEAR_RATES: tuple[GstRateRow, ...] = (
    GstRateRow(date(2017, 7, 1), Money(50_000), low_bp=500, high_bp=1800),
    GstRateRow(date(2018, 7, 27), Money(100_000), low_bp=500, high_bp=1800),
    GstRateRow(date(2022, 1, 1), Money(100_000), low_bp=1200, high_bp=1800),
    GstRateRow(date(2025, 9, 22), Money(250_000), low_bp=500, high_bp=1800),
)


def rates_on(on: date) -> GstRateRow:
    """The footwear rates of an invoice date; InvalidValue before GST began."""
    for row in reversed(FOOTWEAR_RATES):
        if row.valid_from <= on:
            return row
    raise InvalidValue("on", f"GST began on {FOOTWEAR_RATES[0].valid_from}")


def rate_of_line(net: Money, quantity: int, on: date) -> int:
    """The rate (basis points) of a line: its total after discount, tax included, its pairs
    and its invoice date. Errors are those of `GstRateRow.rate_of` and `rates_on`.
    """
    return rates_on(on).rate_of(net, quantity)


def forbidden_band(on: date) -> tuple[Money, Money]:
    """Prices per pair with tax that fit neither rate: above the first, up to the second."""
    return rates_on(on).forbidden_band


def in_forbidden_band(price: Money, on: date) -> bool:
    """Whether a price per pair, tax included, fits neither rate of that date."""
    low_end, high_end = forbidden_band(on)
    return low_end < price <= high_end


def lowest_price_above_band(on: date) -> Money:
    """The least price per pair, tax included, that bears the higher rate."""
    _, high_end = forbidden_band(on)
    return high_end + Money(1, high_end.currency)


class TaxKind(StrEnum):
    """Which taxes a sale bears: of the Centre and the seller's own State, or the one of
    sales between States. A Union territory without legislature levies UTGST for SGST.
    """

    CGST_SGST = "CGST_SGST"
    CGST_UTGST = "CGST_UTGST"
    IGST = "IGST"


def tax_kind(seller_state: GstState, place_of_supply: GstState) -> TaxKind:
    """The taxes of a sale from the seller's state to where its delivery ends.

    Source: IGST Act, sections 7, 8 and 10(1).
    """
    if seller_state.code != place_of_supply.code:
        return TaxKind.IGST
    if place_of_supply.is_union_territory_without_legislature:
        return TaxKind.CGST_UTGST
    return TaxKind.CGST_SGST


@dataclass(frozen=True, slots=True)
class LineTax:
    """The tax within one line, in paise; `taxable + total` is what the customer pays.

    `sgst` carries the UTGST when `kind` is CGST_UTGST. `rate_bp` is the whole rate in
    basis points: 1800 is 9 % CGST and 9 % SGST, or 18 % IGST.
    """

    kind: TaxKind
    rate_bp: int
    taxable: Money
    cgst: Money
    sgst: Money
    igst: Money

    def __post_init__(self) -> None:
        _check_rate(self.rate_bp)
        nothing = Money.zero(self.taxable.currency)
        if min(self.taxable, self.cgst, self.sgst, self.igst) < nothing:
            raise InvalidValue("taxable", "neither value nor tax is negative")
        if self.kind is TaxKind.IGST:
            if self.cgst or self.sgst:
                raise InvalidValue("cgst", "a sale between States bears IGST alone")
        elif self.igst:
            raise InvalidValue("igst", "a sale within a State bears no IGST")
        elif self.cgst != self.sgst:
            raise InvalidValue("sgst", "Centre and State take the same half")

    @property
    def total(self) -> Money:
        """All the tax of the line."""
        return self.cgst + self.sgst + self.igst


def split_tax(inclusive: Money, rate_bp: int, kind: TaxKind) -> LineTax:
    """The tax contained in a line's total, each tax rounded once, half up.

    Within a State the half is rounded and taken twice, so that CGST and SGST are equal;
    the taxable value is the rest, so that no paisa is lost. The same total may therefore
    have another taxable value within a State than between States. Raises InvalidValue
    for a negative total or a rate outside 0-100 %.
    """
    if inclusive < Money.zero(inclusive.currency):
        raise InvalidValue("inclusive", "a sale is not negative")
    _check_rate(rate_bp)
    nothing = Money.zero(inclusive.currency)
    tax_of_minor, whole = inclusive.minor * rate_bp, _WHOLE_BP + rate_bp
    if kind is TaxKind.IGST:
        igst = Money(divide_half_up(tax_of_minor, whole), inclusive.currency)
        return LineTax(kind, rate_bp, inclusive - igst, nothing, nothing, igst)
    half = Money(divide_half_up(tax_of_minor, 2 * whole), inclusive.currency)
    return LineTax(kind, rate_bp, inclusive - half - half, half, half, nothing)


def _check_rate(rate_bp: int) -> None:
    if not 0 <= rate_bp <= _WHOLE_BP:
        raise InvalidValue("rate_bp", "a rate is within 0-100 %")
