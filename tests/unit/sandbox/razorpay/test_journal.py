"""What the sandbox has recorded, it still knows after a restart."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from sandbox.kit.journal import Journal, JournalDamaged
from sandbox.razorpay.entities import NO_NOTES, Entity
from sandbox.razorpay.ledger import Ledger
from sandbox.razorpay.requests import CustomerAct, NewOrder, NewRefund

ORDER = NewOrder(649_900, "INR", "SC-1001", {"a": "note"})
SUCCESS, FAILURE = CustomerAct("success", "payment_failed"), CustomerAct("failure", "payment_cancelled")
PART = NewRefund(100, "normal", NO_NOTES, None)


def journal_at(path: Path) -> Journal[Entity]:
    """The file, opened."""
    return Journal(path, msgspec.json.Decoder(list[Entity]))


def opened(path: Path) -> tuple[Ledger, Journal[Entity]]:
    """The ledger of a sandbox that was just started on that file."""
    journal = journal_at(path)
    return Ledger("secret", past=journal.replay(), record=journal.append), journal


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "razorpay.jsonl"


def test_a_restart_forgets_nothing(path: Path) -> None:
    """Orders, payments, refunds and their idempotency keys are as they were."""
    before, journal = opened(path)
    open_order, paid_order = before.create_order(ORDER), before.create_order(ORDER)
    before.pay(paid_order.id, FAILURE)
    payment = before.pay(paid_order.id, SUCCESS)
    refund = before.refund(payment.id, PART, "refund-0000000001")
    journal.close()

    after, journal = opened(path)

    assert after.contents() == before.contents()
    assert after.refund(payment.id, PART, "refund-0000000001") == refund
    assert after.pay(open_order.id, SUCCESS).status == "captured"
    journal.close()


@pytest.mark.parametrize("torn", [b"[", b'[{"entity":"order","id":"order_', b"\x00\x00\x00", b"\xff"])
def test_a_torn_last_line_is_cut_off(path: Path, torn: bytes) -> None:
    """The change was never answered; what comes after it is on a line of its own."""
    before, journal = opened(path)
    before.create_order(ORDER)
    journal.close()
    path.write_bytes(path.read_bytes() + torn)

    between, journal = opened(path)
    between.create_order(ORDER)
    journal.close()

    after, journal = opened(path)
    journal.close()
    assert after.contents() == between.contents()
    assert len(after.contents().orders) == 2


@pytest.mark.parametrize("length", range(0, 60, 7))
def test_cut_anywhere_a_change_is_there_entirely_or_not_at_all(path: Path, length: int) -> None:
    """A paid order without its payment would be worse than either."""
    ledger, journal = opened(path)
    order = ledger.create_order(ORDER)
    size = path.stat().st_size
    ledger.pay(order.id, SUCCESS)
    journal.close()
    path.write_bytes(path.read_bytes()[: size + length])

    after, journal = opened(path)
    journal.close()

    assert after.order(order.id) == order
    assert after.contents().payments == []


@pytest.mark.parametrize("line", [b"", b"{}", b"[1]", b'[{"entity":"order"}]', b"\xff"])
def test_a_damaged_line_in_the_middle_stops_the_start(path: Path, line: bytes) -> None:
    """Going on would forget money; the line is named."""
    ledger, journal = opened(path)
    ledger.create_order(ORDER)
    journal.close()
    whole = path.read_bytes()
    path.write_bytes(whole + line + b"\n" + whole)

    journal = journal_at(path)
    with pytest.raises(JournalDamaged) as damage:
        journal.replay()
    journal.close()

    assert damage.value.line == 2
    assert str(path) in str(damage.value)
