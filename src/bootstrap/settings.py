"""Everything that can be set, from environment variables named SHOES_*."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, Self, TypeVar, cast
from urllib.parse import urlsplit

from application.events.retry_policy import RetryPolicy
from bootstrap.setting_readers import (
    email,
    one_of,
    pincode,
    rupees,
    secret,
    sender,
    signing_secret,
    state,
    text,
    token,
    url,
    whole,
)
from domain.customers.pincode import PinCode
from domain.money import Money
from domain.ordering.policy import SalesPolicy
from domain.tax.states import GstState

T = TypeVar("T")
PREFIX: Final = "SHOES_"


class SettingsError(Exception):
    """Some settings can't be used; the message has one line for each."""


def _setting(name: str, default: str, meaning: str, read: Callable[[str], T], *, secret: bool = False) -> T:
    """A dataclass field that is read from SHOES_<name>."""
    metadata = {"name": PREFIX + name, "default": default, "meaning": meaning, "read": read, "secret": secret}
    return cast(T, field(metadata=metadata, repr=not secret))  # a field stands for its value in the body of a dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The values in force. Made by `from_environment`, which checks every one."""

    host: str = _setting("HOST", "127.0.0.1", "address that the API listens on", text)
    port: int = _setting("PORT", "8000", "port that the API listens on", whole(1, 65_535))
    workers: int = _setting("WORKERS", "2", "API processes", whole(1, 64))
    var: Path = _setting("VAR", "var", "directory of the embedded servers' data and logs", Path)  # noqa: RUF009  # a field, not a default
    database_url: str = _setting(
        "DATABASE_URL",
        "",
        "PostgreSQL 15 or later, as postgresql://user:password@host:port/name; empty: an embedded one under SHOES_VAR",
        url("postgresql"),
        secret=True,
    )
    database_pool: int = _setting("DATABASE_POOL", "8", "database connections of one API process", whole(1, 200))
    redis_url: str = _setting(
        "REDIS_URL",
        "",
        "Redis 6 or later, as redis://… or rediss://…; empty: an embedded one under SHOES_VAR",
        url("redis", "rediss", "unix"),
        secret=True,
    )
    broker_url: str = _setting(
        "BROKER_URL",
        "",
        "where tasks wait for workers, as redis://…, rediss://… or amqp://…; empty: the same Redis as SHOES_REDIS_URL",
        url("redis", "rediss", "unix", "amqp", "amqps"),
        secret=True,
    )
    razorpay_url: str = _setting(
        "RAZORPAY_URL",
        "",
        "base URL of Razorpay's API; empty: `shoes up` runs a local sandbox",
        url("http", "https"),
    )
    razorpay_key_id: str = _setting("RAZORPAY_KEY_ID", "rzp_test_sandbox0000001", "public key of the account", text)
    razorpay_key_secret: str = _setting(
        "RAZORPAY_KEY_SECRET", "sandbox-secret", "secret key of the account", text, secret=True
    )
    razorpay_webhook_secret: str = _setting(
        "RAZORPAY_WEBHOOK_SECRET",
        "sandbox-webhook-secret",
        "secret that Razorpay signs webhooks with",
        secret,
        secret=True,
    )
    razorpay_previous_webhook_secret: str = _setting(
        "RAZORPAY_PREVIOUS_WEBHOOK_SECRET",
        "",
        "the secret before a change, for a day or two; else empty",
        text,
        secret=True,
    )
    carrier: str = _setting(
        "CARRIER", "shiprocket", "who carries parcels unless staff choose another", one_of("shiprocket", "manual")
    )
    shiprocket_url: str = _setting(
        "SHIPROCKET_URL",
        "",
        "base URL of Shiprocket's API; empty: `shoes up` runs a local sandbox",
        url("http", "https"),
    )
    shiprocket_email: str = _setting(
        "SHIPROCKET_EMAIL", "api@italianshoes.example", "e-mail of the API user at Shiprocket", text
    )
    shiprocket_password: str = _setting(
        "SHIPROCKET_PASSWORD", "sandbox-password", "password of the API user at Shiprocket", text, secret=True
    )
    shiprocket_pickup: str = _setting(
        "SHIPROCKET_PICKUP", "Primary", "nickname of the pickup address at Shiprocket", text
    )
    courier_webhook_key: str = _setting(
        "COURIER_WEBHOOK_KEY",
        "sandbox-courier-key",
        "the x-api-key that Shiprocket's webhooks carry",
        secret,
        secret=True,
    )
    sandbox_step_seconds: int = _setting(
        "SANDBOX_STEP_SECONDS",
        "2",
        "seconds that a parcel takes for a step in the sandbox of `shoes up`",
        whole(1, 86_400),
    )
    mail_url: str = _setting(
        "MAIL_URL",
        "",
        "where mail goes: https://api.resend.com, smtp://user:password@host:587, smtps://… or maildir:/path; empty: "
        "`shoes up` runs a Resend sandbox, and others write to a Maildir under SHOES_VAR",
        url("http", "https", "smtp", "smtps", "maildir"),
        secret=True,
    )
    mail_from: str = _setting("MAIL_FROM", "Italian Shoes <orders@italianshoes.example>", "sender of all mail", sender)
    resend_api_key: str = _setting("RESEND_API_KEY", "re_sandbox_0000000000", "API key at Resend", text, secret=True)
    resend_webhook_secret: str = _setting(
        "RESEND_WEBHOOK_SECRET",
        "whsec_c2FuZGJveC1zZWNyZXQtMDAwMDAwMDAwMDAwMDAwMA==",
        "secret that Resend signs webhooks with",
        signing_secret,
        secret=True,
    )
    shop_url: str = _setting(
        "SHOP_URL", "http://127.0.0.1:8000", "the shop's own address, for links in mail", url("http", "https")
    )
    operator_email: str = _setting(
        "OPERATOR_EMAIL", "workshop@italianshoes.example", "who learns by mail what needs a person", email
    )
    operator_token: str = _setting(
        "OPERATOR_TOKEN",
        "",
        "bearer token of the staff's routes, 20 characters or more; empty: nobody gets in, but `shoes up` makes one up",
        token,
        secret=True,
    )
    seller_state: GstState = _setting(  # noqa: RUF009  # a field, not a default
        "SELLER_STATE", "Karnataka", "state that the workshop sells from: decides how GST is split", state
    )
    seller_pincode: PinCode = _setting(  # noqa: RUF009  # a field, not a default
        "SELLER_PINCODE", "560001", "PIN code that parcels start from", pincode
    )
    order_hold_minutes: int = _setting(
        "ORDER_HOLD_MINUTES", "30", "minutes that an unpaid order keeps its stock and week", whole(1, 10_080)
    )
    cod_limit: Money = _setting(
        "COD_LIMIT_RUPEES", "25000", "highest order total that is paid on delivery, in rupees", rupees
    )
    delivery_attempts: int = _setting(
        "DELIVERY_ATTEMPTS",
        "20",
        "attempts at telling a handler of an event, before an operator is asked",
        whole(1, 100),
    )
    payment_watch_minutes: int = _setting(
        "PAYMENT_WATCH_MINUTES",
        "15",
        "minutes after which the gateway is asked about an open payment",
        whole(0, 10_080),
    )
    worker_concurrency: int = _setting("WORKER_CONCURRENCY", "2", "processes of one worker", whole(1, 64))
    relay_seconds: int = _setting(
        "RELAY_SECONDS", "2", "seconds between two looks for events whose bell was not heard", whole(1, 60)
    )
    reconcile_seconds: int = _setting(
        "RECONCILE_SECONDS", "300", "seconds between two looks for payments and refunds left open", whole(1, 86_400)
    )
    tracking_seconds: int = _setting(
        "TRACKING_SECONDS", "900", "seconds between two looks for parcels of which nothing was heard", whole(1, 86_400)
    )
    sweep_seconds: int = _setting(
        "SWEEP_SECONDS", "15", "seconds between two looks for orders whose hold has expired", whole(1, 3_600)
    )
    log_level: str = _setting("LOG_LEVEL", "info", "how much is logged", one_of("debug", "info", "warning", "error"))

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """The settings of an environment. Raises SettingsError with every wrong one."""
        values: dict[str, Any] = {}  # Any: each field has its own type, checked by its reader
        problems: list[str] = []
        for each in fields(cls):
            name, text = each.metadata["name"], environment.get(each.metadata["name"], each.metadata["default"])
            try:
                values[each.name] = each.metadata["read"](text)
            except ValueError as error:
                shown = "that is set" if each.metadata["secret"] else repr(text)
                problems.append(f"{name}: {shown} is not {error}")
        problems += _published_secrets(values)
        if problems:
            raise SettingsError("\n".join(problems))
        return cls(**values)

    @property
    def sales_policy(self) -> SalesPolicy:
        """The terms of sale."""
        return SalesPolicy(
            seller=self.seller_state, hold=timedelta(minutes=self.order_hold_minutes), cod_limit=self.cod_limit
        )

    @property
    def retry_policy(self) -> RetryPolicy:
        """How often, and when, handlers are told again."""
        return RetryPolicy(attempts=self.delivery_attempts)

    @property
    def payment_patience(self) -> timedelta:
        """How long a payment may be open before the gateway is asked."""
        return timedelta(minutes=self.payment_watch_minutes)

    @property
    def task_broker_url(self) -> str:
        """Where tasks wait for workers."""
        return self.broker_url or self.redis_url

    def check_third_parties(self) -> None:
        """Raise SettingsError unless it is said where payments and parcels go: to sandboxes, or to whom else."""
        wanted = [("SHOES_RAZORPAY_URL", self.razorpay_url, "https://api.razorpay.com/v1")]
        if self.carrier == "shiprocket":
            wanted.append(("SHOES_SHIPROCKET_URL", self.shiprocket_url, "https://apiv2.shiprocket.in/v1/external"))
        missing = [
            f"{name} is not set, and no sandbox runs under {self.var}: start `shoes up`, or set it ({real} in earnest)"
            for name, url, real in wanted
            if not url
        ]
        if missing:
            raise SettingsError("\n".join(missing))

    @property
    def uses_sandbox(self) -> bool:
        """Whether payments go to the local stand-in of the gateway."""
        return not _is_elsewhere(self.razorpay_url)


_SECRETS_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "razorpay_url": ("razorpay_key_secret", "razorpay_webhook_secret"),
    "shiprocket_url": ("shiprocket_password", "courier_webhook_key"),
    "mail_url": ("resend_webhook_secret",),
}
"""What a third party in earnest must not share with the sandboxes, whose secrets everybody can read here."""


def _published_secrets(values: Mapping[str, object]) -> list[str]:
    """A line for each secret that is the sandbox's although its third party is a real one."""
    known = {each.name: each.metadata for each in fields(Settings)}
    return [
        f"{known[secret]['name']}: the sandbox's secret is no secret; set that of {known[place]['name']}"
        for place, secrets in _SECRETS_OF.items()
        if _is_elsewhere(str(values.get(place, ""))) and not str(values.get(place, "")).startswith(("smtp", "maildir"))
        for secret in secrets
        if values.get(secret) == known[secret]["default"]
    ]


def _is_elsewhere(address: str) -> bool:
    return bool(address) and urlsplit(address).hostname not in {"127.0.0.1", "localhost", "::1"}
