"""Local stand-ins for the third parties that the settings don't name."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from bootstrap.embedded import answers
from bootstrap.settings import Settings


@dataclass(frozen=True, slots=True)
class Sandbox:
    """A stand-in on a port of its own; `settings` point the shop to it. It answers at /health."""

    name: str
    port: int
    options: tuple[str, ...]
    settings: Mapping[str, str]

    @property
    def url(self) -> str:
        """Where it listens; a page there shows what it holds."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def argv(self) -> tuple[str, ...]:
        """The command that serves it."""
        return (sys.executable, "-m", f"sandbox.{self.name}", "--port", str(self.port), *self.options)


THIRD_PARTIES: Final = 3
_FIELDS: Final[Mapping[str, str]] = {
    "razorpay": "razorpay_url",
    "shiprocket": "shiprocket_url",
    "resend": "mail_url",
}


def note_running(sandbox: Sandbox, var: Path) -> None:
    """Let other commands under `var` find it."""
    [url] = sandbox.settings.values()
    _note(var, sandbox.name).write_text(url)


def running_urls(var: Path) -> Mapping[str, str]:
    """The URLs of the sandboxes that `shoes up` runs under `var` now, by the field of Settings that names the like."""
    found = {field: _noted(_note(var, name)) for name, field in _FIELDS.items()}
    return {field: url for field, url in found.items() if url and answers(urlsplit(url).port or 80, "/health")}


def _note(var: Path, name: str) -> Path:
    return var / "sandbox" / f"{name}.url"


def _noted(note: Path) -> str:
    try:
        return note.read_text().strip()
    except OSError:
        return ""


def wanted_sandboxes(
    settings: Settings, api_url: str, ports: Sequence[int], *, state: Path | None, step_seconds: str
) -> Iterator[Sandbox]:
    """One for each third party without a URL, on one of the THIRD_PARTIES `ports`.

    They call the API at `api_url`, remember what they did in files of the directory `state`
    (None: not at all), and a parcel goes a step further every `step_seconds` ("manual": never
    by itself).
    """
    hooks = f"{api_url}/api/v1/webhooks"
    free = iter(ports)

    def sandbox(name: str, variable: str, path: str, *options: str) -> Sandbox:
        port = next(free)
        remembering = ("--state", str(state / f"{name}.jsonl")) if state else ()
        return Sandbox(name, port, (*options, *remembering), {variable: f"http://127.0.0.1:{port}{path}"})

    if not settings.razorpay_url:
        yield sandbox(
            *("razorpay", "SHOES_RAZORPAY_URL", "/v1"),
            *("--key-id", settings.razorpay_key_id, "--key-secret", settings.razorpay_key_secret),
            *("--webhook-url", f"{hooks}/payments/razorpay", "--webhook-secret", settings.razorpay_webhook_secret),
        )
    if not settings.shiprocket_url and settings.carrier == "shiprocket":
        yield sandbox(
            *("shiprocket", "SHOES_SHIPROCKET_URL", "/v1/external"),
            *("--email", settings.shiprocket_email, "--password", settings.shiprocket_password),
            *("--webhook-url", f"{hooks}/courier", "--webhook-key", settings.courier_webhook_key),
            *("--step-seconds", step_seconds),
        )
    if not settings.mail_url:
        yield sandbox(
            *("resend", "SHOES_MAIL_URL", "", "--api-key", settings.resend_api_key),
            *("--webhook-url", f"{hooks}/mail", "--webhook-secret", settings.resend_webhook_secret),
        )
