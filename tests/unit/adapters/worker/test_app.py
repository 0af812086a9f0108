"""How tasks travel, as far as it can be seen without a broker."""

from __future__ import annotations

import ssl
from datetime import timedelta
from typing import Any

import pytest
from celery import Celery

from adapters.worker.app import VISIBILITY_TIMEOUT, make_app
from adapters.worker.tasks import DELIVERING, MAINTAINING
from application.events.handle_deliveries import PATIENCE
from application.events.relay_events import LEASE
from ports.deliveries import Lane


def connection(app: Celery) -> Any:  # Any: Celery has no types
    """How it would connect."""
    return app.connection_for_write()


def test_each_limit_ends_before_the_next_one_begins() -> None:
    """A handler, its task, the process, the lease of the delivery; and what the broker believes to be lost."""
    assert PATIENCE < DELIVERING.soft < DELIVERING.hard
    assert timedelta(seconds=DELIVERING.hard) < LEASE
    assert DELIVERING.hard < VISIBILITY_TIMEOUT
    assert MAINTAINING.soft < MAINTAINING.hard < VISIBILITY_TIMEOUT


def test_every_lane_has_a_queue() -> None:
    """By its own name, and there are no others."""
    app = make_app("redis://localhost/0")

    assert set(app.amqp.queues) == set(Lane)


@pytest.mark.parametrize("url", ["rediss://:secret@redis.example/0", "amqps://shop:secret@rabbit.example/shop"])
def test_certificates_are_checked(url: str) -> None:
    """The library would check none unless told to."""
    settings = connection(make_app(url)).ssl

    assert ssl.CERT_REQUIRED in settings.values()


def test_a_url_may_ask_for_unchecked_certificates() -> None:
    """Whoever writes that knows why."""
    settings = connection(make_app("rediss://:secret@redis.example/0?ssl_cert_reqs=none")).ssl

    assert settings == {"ssl_cert_reqs": ssl.CERT_NONE}


def test_redis_may_be_a_socket_on_this_machine() -> None:
    """With a database of its own."""
    here = connection(make_app("unix:///run/redis.sock?db=3"))

    assert here.transport_cls == "redis"
    assert here.hostname == "socket:///run/redis.sock?virtual_host=3"


@pytest.mark.parametrize("url", ["redis://:hunter2@redis.example/0", "amqp://shop:hunter2@rabbit.example/shop"])
def test_passwords_are_not_shown(url: str) -> None:
    """Neither by the application nor by its connections."""
    app = make_app(url)

    assert "hunter2" not in f"{app!r} {connection(app)!r} {connection(app).as_uri()}"
