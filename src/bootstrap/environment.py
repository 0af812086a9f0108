"""The settings of this process, with the running embedded servers filled in."""

from __future__ import annotations

import dataclasses
import os

import click

from bootstrap.embedded import EmbeddedPostgres, EmbeddedRedis
from bootstrap.sandboxes import running_urls
from bootstrap.setting_lines import unknown_settings
from bootstrap.settings import Settings, SettingsError


def settings_of_environment() -> Settings:
    """The settings in force; a misspelt SHOES_* variable is told on stderr. Raises SettingsError."""
    for line in unknown_settings(os.environ):
        click.echo(f"shoes: warning: {line}", err=True)
    return Settings.from_environment(os.environ)


def settings_with_servers() -> Settings:
    """The same, where an empty URL becomes that of the server that `shoes up` runs under SHOES_VAR.

    Raises SettingsError when a server is neither named nor running.
    """
    settings = settings_of_environment()
    database = settings.database_url or EmbeddedPostgres.running_url(settings.var / "postgres")
    redis = settings.redis_url or EmbeddedRedis.running_url(settings.var / "redis")
    missing = [
        f"{name} is not set, and no embedded server runs under {settings.var}: start `shoes up`, or set it"
        for name, url in (("SHOES_DATABASE_URL", database), ("SHOES_REDIS_URL", redis))
        if not url
    ]
    if missing:
        raise SettingsError("\n".join(missing))
    return dataclasses.replace(settings, database_url=database or "", redis_url=redis or "")


def settings_with_third_parties() -> Settings:
    """The same, where an empty URL of a third party becomes that of its sandbox under SHOES_VAR.

    A process that guessed would talk to the real ones in a developer's name, or believe messages that are signed with
    a published secret. Raises SettingsError when one is neither named nor running. Mail without a URL goes to a
    Maildir.
    """
    settings = settings_with_servers()
    running = running_urls(settings.var)
    settings = dataclasses.replace(
        settings,
        razorpay_url=settings.razorpay_url or running.get("razorpay_url", ""),
        shiprocket_url=settings.shiprocket_url or running.get("shiprocket_url", ""),
        mail_url=settings.mail_url or running.get("mail_url", ""),
    )
    settings.check_third_parties()
    return settings
