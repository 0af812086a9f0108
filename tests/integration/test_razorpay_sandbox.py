"""The sandbox as a process: it comes back with what it knew, and says plainly why it can't start."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import httpx
import psutil
import pytest

from adapters.payments.razorpay import RazorpayAccount
from bootstrap.embedded import free_port
from tests.contracts.payment_gateway_fixtures import running_razorpay_sandbox


def started(port: int, *options: str) -> subprocess.CompletedProcess[str]:
    """What becomes of a sandbox that is not expected to live."""
    argv = [
        sys.executable,
        "-m",
        "sandbox.razorpay",
        "--port",
        str(port),
        "--key-id",
        "a",
        "--key-secret",
        "b",
        *options,
    ]
    return subprocess.run(argv, capture_output=True, text=True, timeout=30, check=False)


def new_order(account: RazorpayAccount) -> str:
    """The id of an order that waits for its payment."""
    body = {"amount": 649_900, "currency": "INR"}
    response = httpx.post(f"{account.base_url}/orders", json=body, auth=(account.key_id, account.key_secret))
    order_id: str = response.raise_for_status().json()["id"]
    return order_id


def kill_whoever_listens_at(account: RazorpayAccount) -> None:
    """As a power cut does."""
    port = httpx.URL(account.base_url).port
    for child in psutil.Process().children():
        if f"--port {port} " in " ".join(child.cmdline()):
            child.kill()


def test_an_order_that_waited_through_a_kill_can_still_be_paid(tmp_path: Path) -> None:
    """The customer's browser doesn't know that the shop was restarted."""
    state = str(tmp_path / "razorpay.jsonl")
    with running_razorpay_sandbox("--state", state) as account:
        order_id = new_order(account)
        kill_whoever_listens_at(account)

    with running_razorpay_sandbox("--state", state) as account:
        paid = httpx.post(f"{account.base_url}/_control/orders/{order_id}/pay", json={"outcome": "success"})

    assert paid.json()["razorpay_order_id"] == order_id


def test_a_busy_port_is_one_clear_line() -> None:
    """Two sandboxes on one port would share its customers at random."""
    with running_razorpay_sandbox() as account:
        port = httpx.URL(account.base_url).port
        assert port is not None
        second = started(port)

    assert second.returncode == 1
    assert second.stderr.count("\n") == 1
    assert f"127.0.0.1:{port} can't be listened on" in second.stderr


@pytest.mark.parametrize("content", [b"not a journal\n", b"\xff\n"])
def test_a_state_file_that_is_none_is_one_clear_line(tmp_path: Path, content: bytes) -> None:
    """And it is left as it was."""
    state = tmp_path / "razorpay.jsonl"
    state.write_bytes(content)

    refused = started(free_port(), "--state", str(state))

    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1
    assert f"{state}: line 1 is not a change of this sandbox" in refused.stderr
    assert state.read_bytes() == content


def test_a_state_file_that_can_not_be_opened_is_one_clear_line(tmp_path: Path) -> None:
    """Better than forgetting every order at the next restart."""
    refused = started(free_port(), "--state", str(tmp_path / "missing" / "razorpay.jsonl"))

    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1
    assert "missing" in refused.stderr
