"""What a port may answer with when it has no answer."""

from __future__ import annotations


class PortUnavailable(Exception):
    """The thing behind a port failed, or said nothing in time: technical, safe to try again later.

    The errors of a port come in two families. Technical ones derive from this class: nobody
    did anything wrong, the same call may succeed in a while, an entry point answers 503 or
    a worker retries. Business ones derive from `domain.errors.DomainError` and stand beside
    their port: trying again changes nothing, whoever asked is told.

    `port` names the capability ("payment-gateway"), `retry_after` is in seconds. The message
    is for logs: it carries no secret and nothing of what the other side sent.
    """

    def __init__(self, port: str, reason: str = "no answer", *, retry_after: int = 1) -> None:
        super().__init__(f"{port} is unavailable: {reason}")
        self.port = port
        self.retry_after = retry_after


class StaleAggregate(Exception):
    """Somebody else has saved the aggregate since it was loaded: load again and retry.

    Technical, because the caller did nothing wrong; a caller who named a version
    (`If-Match`) gets the business error `StaleVersion` from the use case instead.
    """

    def __init__(self, kind: str, key: object) -> None:
        super().__init__(f"{kind} {key} was changed by somebody else")
        self.kind = kind
        self.key = str(key)
