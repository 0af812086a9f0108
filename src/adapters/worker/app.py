"""The Celery application: how tasks travel, and what becomes of those whose worker dies."""

from __future__ import annotations

import re
import ssl
from typing import Final
from urllib.parse import urlsplit

from celery import Celery

from ports.deliveries import Lane

PATIENCE: Final = 2.0
"""Seconds that a broker has to answer."""

VISIBILITY_TIMEOUT: Final = 300
"""Seconds after which Redis gives a task to somebody else, unless it was acknowledged: longer than any may run."""

_AMQP: Final = {"amqp", "amqps"}


def make_app(broker_url: str) -> Celery:
    """An application for the broker at a URL (redis, rediss, unix, amqp or amqps); connects when it is first used.

    A task is acknowledged when it is over, however it ended: whoever sent it knows what is
    left to do, and sends another. No results are kept, nobody controls a worker from afar,
    and logging is left to whoever starts it.
    """
    app = Celery("shoes", broker=_for_kombu(broker_url), set_as_current=False)
    app.conf.update(
        broker_connection_timeout=PATIENCE,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_transport_options=_transport_options(broker_url),
        broker_use_ssl=_tls(broker_url),
        accept_content=["json"],
        task_queues={lane.value: {"exchange": "tasks"} for lane in Lane},
        task_default_queue=Lane.MAINTENANCE.value,
        task_create_missing_queues=False,
        task_ignore_result=True,
        task_publish_retry=False,
        task_acks_late=True,
        worker_prefetch_multiplier=1,
        worker_lost_wait=1.0,
        worker_proc_alive_timeout=30.0,  # a busy machine is slow to start them
        worker_enable_remote_control=False,
        worker_hijack_root_logger=False,
        worker_redirect_stdouts=False,
        beat_scheduler="adapters.worker.beat:PatientScheduler",
        timezone="UTC",
    )
    return app


def _for_kombu(url: str) -> str:
    """The same URL in the words of Celery's messaging library."""
    if not url.startswith("unix:"):
        return url
    return re.sub(r"([?&])db=", r"\1virtual_host=", f"redis+socket:{url.removeprefix('unix:')}")


def _transport_options(url: str) -> dict[str, object]:
    at_once: dict[str, object] = {"max_retries": 0}  # whoever sends tries again, not the library
    if urlsplit(url).scheme in _AMQP:
        return at_once | {"confirm_publish": True}
    return at_once | {
        "visibility_timeout": VISIBILITY_TIMEOUT,
        "global_keyprefix": "tasks:",  # the same Redis may hold carts
        "priority_steps": [0],
        "socket_connect_timeout": PATIENCE,
        "socket_timeout": PATIENCE,
        "socket_keepalive": True,
        "health_check_interval": 10,
    }


def _tls(url: str) -> dict[str, object] | None:
    """Certificates are checked unless the URL itself says otherwise, which the library would not do by itself."""
    parts = urlsplit(url)
    if "ssl_" in parts.query:
        return None
    match parts.scheme:
        case "rediss":
            return {"ssl_cert_reqs": ssl.CERT_REQUIRED}
        case "amqps":
            return {"cert_reqs": ssl.CERT_REQUIRED, "server_hostname": parts.hostname}
        case _:
            return None
