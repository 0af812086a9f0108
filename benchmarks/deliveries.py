"""When events were committed and when handled, as the database itself noted it (`track_commit_timestamp`)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from benchmarks.programs import run_program
from ports.deliveries import Lane

# Nothing changes an event, or a delivery that is done: the last who wrote the row is who told of it, or handled it.
_MADE: Final = """
    SELECT d.event_id, d.lane, d.attempts, d.state,
           pg_xact_commit_timestamp(e.xmin) AS told, pg_xact_commit_timestamp(d.xmin) AS handled
    FROM delivery d JOIN domain_event e ON e.id = d.event_id
    WHERE pg_xact_commit_timestamp(e.xmin) >= '{since}'
"""
_HANDLED: Final = f"WITH made AS ({_MADE}) SELECT {{what}} FROM made WHERE state = 'DONE'"  # noqa: S608  # ours
_WRONG: Final = f"""
    WITH made AS ({_MADE})
    SELECT sum(attempts - 1) FILTER (WHERE attempts > 1), count(*) FILTER (WHERE state <> 'DONE') FROM made
"""  # noqa: S608  # as above
# One that is put off on purpose waits for hours or days, one that failed or is being made for minutes at most.
_WAITING: Final = """
    SELECT (SELECT count(*) FROM outbox)
         + (SELECT count(*) FROM delivery
            WHERE state = 'PENDING' AND due_at < now() + interval '30 minutes' AND lane IN ({lanes}))
"""


@dataclass(frozen=True, slots=True)
class DeliveryBooks:
    """Reads them. Moments are the database's, as text."""

    url: str

    def now(self) -> str:
        """This moment."""
        [[moment]] = self._rows("SELECT clock_timestamp()")
        return moment

    def waiting(self, lanes: Collection[Lane]) -> int:
        """How many events, and deliveries in these lanes, are neither done nor put off."""
        [[count]] = self._rows(_WAITING.format(lanes=_listed(lanes)))
        return int(count)

    def delays(self, since: str) -> Sequence[float]:
        """Seconds from commit to handled (committed as well), of deliveries of events told since then."""
        rows = self._rows(_HANDLED.format(what="extract(epoch FROM handled - told)", since=since))
        return [float(seconds) for [seconds] in rows]

    def rate(self, since: str, lanes: Collection[Lane]) -> float:
        """Events a second that were handled in these lanes, from the first to the last, of those told since then."""
        what = "count(DISTINCT event_id) / extract(epoch FROM max(handled) - min(handled))"
        handled = _HANDLED.format(what=what, since=since)
        [[rate]] = self._rows(f"{handled} AND lane IN ({_listed(lanes)})")
        return float(rate)

    def complaints(self, since: str) -> dict[str, int]:
        """What a run without faults has none of."""
        [[again, undone]] = self._rows(_WRONG.format(since=since))
        found = {"attempt after the first": int(again or 0), "delivery not done": int(undone)}
        return {name: count for name, count in found.items() if count}

    def _rows(self, sql: str) -> list[list[str]]:
        printed = run_program("psql", self.url, "-qAt", "-v", "ON_ERROR_STOP=1", "-c", sql)
        return [line.split("|") for line in printed.splitlines()]


def _listed(lanes: Collection[Lane]) -> str:
    return ", ".join(f"'{lane}'" for lane in lanes)
