"""What the sandbox has recorded, it still knows after a restart."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec
from litestar.testing import TestClient

from sandbox.kit.journal import Journal
from sandbox.shiprocket.entities import Entity
from sandbox.shiprocket.ledger import Ledger
from tests.unit.sandbox.shiprocket.account import ShiprocketAccountHolder, sandbox


@contextmanager
def started(path: Path) -> Iterator[ShiprocketAccountHolder]:
    """A sandbox on that file."""
    with closing(Journal(path, msgspec.json.Decoder(list[Entity]))) as journal:
        holder = ShiprocketAccountHolder()
        holder.ledger = Ledger(past=journal.replay(), record=journal.append, clock=holder.moment)
        holder.client = TestClient(sandbox(holder.ledger))
        with holder.client:
            yield holder


def test_a_restart_forgets_nothing(tmp_path: Path) -> None:
    """Orders, parcels with their scans, money, settings, journeys, tokens that are good and tokens that are not."""
    path = tmp_path / "shiprocket.jsonl"
    with started(path) as before:
        before.log_in()
        ended = before.token
        before.ask("POST", "/auth/logout")
        before.log_in()
        before.send("SC-1001")
        before.advance("SC-1001", 4)
        before.control("PATCH", "/settings", {"cancel_status": 200})
        before.control("POST", "/journeys", {"parcel": "SC-1001", "journey": "lost"}, status=204)
        contents, good = before.ledger.contents(), before.token

    with started(path) as after:
        assert after.ledger.contents() == contents
        after.token = ended
        after.ask("GET", "/orders", status=401)
        after.token = good
        first = after.order("SC-1001")
        assert (first["status"], first["awb_code"]) == ("SHIPPED", contents.shipments[0].awb)
        assert after.order("SC-1002")["order_id"] == first["order_id"] + 1
        assert after.advance("SC-1001", 9)["status"] == 12
