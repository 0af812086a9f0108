"""The shop's accounts with others, out of the settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import httpx

from adapters.mail.maildir import MaildirMailer
from adapters.mail.resend import ResendAccount, ResendMailer
from adapters.mail.smtp import SmtpMailer, SmtpServer
from adapters.outbound.breaker import BreakerTransport
from adapters.payments.razorpay import RazorpayAccount
from adapters.payments.razorpay_notices import RazorpayNotices
from adapters.shipping.fallback import FallbackRates
from adapters.shipping.manual import ManualCarrier
from adapters.shipping.rate_table import RateTableShipping
from adapters.shipping.shiprocket.account import ShiprocketAccount
from adapters.shipping.shiprocket.carrier import ShiprocketCarrier
from adapters.shipping.shiprocket.client import ShiprocketClient
from adapters.shipping.shiprocket.rates import ShiprocketRates
from application.fulfilment.carriers import Carriers
from bootstrap.settings import Settings
from domain.shipping.courier_choice import CourierTerms
from ports.cache import Cache
from ports.mailer import Mailer
from ports.shipping_rates import ShippingRates

COURIER_TERMS: Final = CourierTerms(within_days=7, least_rating=3.0)
"""What the workshop asks of couriers."""


def http_client() -> httpx.AsyncClient:
    """One for all third parties: each host has a breaker of its own."""
    return httpx.AsyncClient(transport=BreakerTransport(httpx.AsyncHTTPTransport()))


def razorpay_account(settings: Settings) -> RazorpayAccount:
    """Where payments come in."""
    account = RazorpayAccount(settings.razorpay_key_id, settings.razorpay_key_secret)
    if not settings.razorpay_url:
        return account
    sandbox = settings.razorpay_url if settings.uses_sandbox else None
    return replace(account, base_url=settings.razorpay_url, sandbox_url=sandbox)


def razorpay_notices(settings: Settings) -> RazorpayNotices:
    """What Razorpay tells, signed with the secret of today or the one before."""
    previous = settings.razorpay_previous_webhook_secret
    return RazorpayNotices(settings.razorpay_webhook_secret, previous_secret=previous or None)


def shiprocket_account(settings: Settings) -> ShiprocketAccount:
    """Who carries parcels."""
    account = ShiprocketAccount(
        email=settings.shiprocket_email,
        password=settings.shiprocket_password,
        pickup_location=settings.shiprocket_pickup,
        pickup_pincode=settings.seller_pincode,
    )
    return replace(account, base_url=settings.shiprocket_url) if settings.shiprocket_url else account


def carriers(settings: Settings, client: ShiprocketClient, account: ShiprocketAccount) -> Carriers:
    """All that staff may choose from, and the one that is taken by itself."""
    known: Mapping[str, ShiprocketCarrier | ManualCarrier] = {
        "shiprocket": ShiprocketCarrier(client, account),
        "manual": ManualCarrier(),
    }
    return Carriers(default=settings.carrier, by_name=known)


def shipping_rates(settings: Settings, client: ShiprocketClient, cache: Cache) -> ShippingRates:
    """What shipping costs at the checkout: the carrier's rates, or the workshop's own table where it doesn't tell."""
    table = RateTableShipping(seller_pincode=settings.seller_pincode, seller_state=settings.seller_state)
    if settings.carrier == "manual":
        return table
    rates = ShiprocketRates(client, cache, pickup_pincode=settings.seller_pincode, terms=COURIER_TERMS)
    return FallbackRates(rates, table)


def mailer(settings: Settings, client: httpx.AsyncClient) -> Mailer:
    """Where mail goes, by the scheme of its URL."""
    where = urlsplit(settings.mail_url)
    match where.scheme:
        case "http" | "https":
            account = ResendAccount(settings.resend_api_key, settings.mail_from, settings.mail_url)
            return ResendMailer(client, account)
        case "smtp" | "smtps":
            return SmtpMailer(SmtpServer.at(settings.mail_url), sender=settings.mail_from)
        case _:
            directory = Path(where.path) if where.path else settings.var / "mail"
            return MaildirMailer(directory, sender=settings.mail_from)
