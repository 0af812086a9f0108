"""What every caller of the HTTP contract has in common."""

from __future__ import annotations

import ssl
import uuid
from typing import Any, Final

import httpx

from features.support.seen import Refused

Json = dict[str, Any]  # Any: read by the names of the HTTP contract

_TLS: Final = ssl.create_default_context()  # made once: nobody uses it, and it takes longer than all else
_FIELD_OF_POINTER: Final = {
    "styleId": "style",
    "soleId": "sole",
    "materialId": "material",
    "colorId": "color",
    "size": "size",
    "width": "width",
    "monogram": "monogram",
}


def client(base_url: str, **headers: str) -> httpx.Client:
    """Somebody who calls, and always with these headers."""
    return httpx.Client(base_url=base_url, headers=headers, timeout=30, verify=_TLS)


def answered(answer: httpx.Response) -> Any:  # Any: whatever the contract says
    """What an answer carries. Raises Refused."""
    if not answer.is_success:
        raise _refusal(answer)
    return answer.json().get("data") if answer.content else None


def fresh_key() -> str:
    """An idempotency key that nobody has used."""
    return str(uuid.uuid4())


def _refusal(answer: httpx.Response) -> Refused:
    if answer.is_server_error:  # no refusal, but a fault of ours
        raise AssertionError(f"{answer.request.method} {answer.request.url}: {answer.status_code} {answer.text}")
    problem = answer.json()
    names = {error["pointer"].strip("/").split("/")[0] for error in problem.get("errors", ())}
    fields = frozenset(_FIELD_OF_POINTER.get(name, name) for name in names)
    actual = problem.get("actual")
    return Refused(problem["code"], fields, actual["amount"] if isinstance(actual, dict) else None)
