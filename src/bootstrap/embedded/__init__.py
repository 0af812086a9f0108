"""Real servers and our own processes on one machine, owned by one supervisor.

with Supervisor(var) as shop:
    postgres, redis = EmbeddedPostgres(var / "postgres"), EmbeddedRedis(var / "redis")
    shop.start(postgres, redis)
    env = {"SHOES_DATABASE_URL": postgres.url, "SHOES_REDIS_URL": redis.url}
    shop.run("migrate", [shoes, "migrate"], env=env)
    shop.start(shop.child("api", [shoes, "serve"], env=env, is_ready=lambda: answers(port, "/health/ready")))
    print(f"ready http://127.0.0.1:{port}")
    shop.wait()

Every failure is an `EmbeddedError` whose text is one line for the terminal.
"""

from bootstrap.embedded.child import Child, answers
from bootstrap.embedded.failure import AlreadyRunning, EmbeddedError, ServiceDied
from bootstrap.embedded.ground import free_port, free_ports, require_free_port
from bootstrap.embedded.postgres import EmbeddedPostgres
from bootstrap.embedded.redis import EmbeddedRedis
from bootstrap.embedded.supervisor import Supervisor

__all__ = [
    "AlreadyRunning",
    "Child",
    "EmbeddedError",
    "EmbeddedPostgres",
    "EmbeddedRedis",
    "ServiceDied",
    "Supervisor",
    "answers",
    "free_port",
    "free_ports",
    "require_free_port",
]
