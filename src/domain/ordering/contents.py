"""What an order never changes: who bought, and what is owed."""

from __future__ import annotations

from dataclasses import dataclass

from domain.customers.address import Address
from domain.customers.email import Email
from domain.customers.gstin import Gstin
from domain.customers.phone import Phone
from domain.money import Money
from domain.ordering.owner import OrderOwner
from domain.pricing.pipeline import PricedFee


@dataclass(frozen=True, slots=True, kw_only=True)
class Buyer:
    """Who bought, and how to reach them."""

    owner: OrderOwner
    email: Email
    phone: Phone
    shipping_address: Address
    billing_address: Address | None
    gstin: Gstin | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Amounts:
    """What is owed, in paise with GST included: `total` = subtotal - discount + both fees."""

    subtotal: Money
    discount: Money
    shipping: PricedFee
    cod: PricedFee
    tax_total: Money
    total: Money
