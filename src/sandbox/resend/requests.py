"""What may be asked of Resend, read and checked field by field with its own refusals."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, TypeVar

import msgspec

from sandbox.resend.entities import BatchError
from sandbox.resend.errors import Refused

_MOST_RECIPIENTS: Final = 50
_LARGEST_BATCH: Final = 100
_LONGEST_KEY: Final = 256
_LARGEST_PAGE: Final = 100

_PLAIN_ADDRESS: Final = r"[^@\s<>,]+@[^@\s<>,]+\.[^@\s<>,]+"
_ADDRESS: Final = re.compile(rf"{_PLAIN_ADDRESS}|[^<>\r\n]*<{_PLAIN_ADDRESS}>")
_FORM: Final = "The email address needs to follow the `email@example.com` or `Name <email@example.com>` format."
_TAG: Final = re.compile(r"[A-Za-z0-9_-]{1,256}")


class NewEmail(msgspec.Struct, frozen=True, kw_only=True):
    """The body of POST /emails."""

    sender: str
    to: list[str]
    subject: str
    html: str | None
    text: str | None
    cc: list[str]
    bcc: list[str]
    reply_to: list[str]
    headers: dict[str, str]
    tags: dict[str, str]


class Page(msgspec.Struct, frozen=True):
    """Which part of a list: so many, older than `after` or newer than `before`."""

    limit: int
    after: str | None
    before: str | None


def new_email(body: bytes) -> NewEmail:
    """Raises Refused, as all of this module."""
    return _new_email(_decoded(body))


def new_batch(body: bytes, validation: str) -> tuple[list[NewEmail], list[BatchError]]:
    """The mails of a batch; a "permissive" one says which are wrong, a "strict" one is refused for one of them."""
    asked = _decoded(body)
    if not isinstance(asked, list) or not 1 <= len(asked) <= _LARGEST_BATCH:
        raise Refused("validation_error", f"A batch is an array of 1 to {_LARGEST_BATCH} emails.")
    emails, errors = [], []
    for index, each in enumerate(asked):
        try:
            emails.append(_new_email(each))
        except Refused as refused:
            if validation != "permissive":
                raise
            errors.append(BatchError(index, refused.answer.message))
    return emails, errors


def idempotency_key(header: str) -> str:
    """The value of Idempotency-Key."""
    if not 1 <= len(header) <= _LONGEST_KEY:
        raise Refused("invalid_idempotency_key", f"The key must be between 1 and {_LONGEST_KEY} characters.")
    return header


def page(query: Mapping[str, str]) -> Page:
    """The paging parameters of a list."""
    limit = query.get("limit", "20")
    if re.fullmatch(r"[0-9]{1,3}", limit) is None or not 1 <= int(limit) <= _LARGEST_PAGE:
        raise Refused("validation_error", f"The `limit` must be a number between 1 and {_LARGEST_PAGE}.")
    if "after" in query and "before" in query:
        raise Refused("validation_error", "The `after` and `before` parameters cannot be used together.")
    return Page(int(limit), query.get("after"), query.get("before"))


def _decoded(body: bytes) -> object:
    try:
        return msgspec.json.decode(body)
    except (ValueError, RecursionError):
        raise Refused("validation_error", "The request body is not valid JSON.") from None


def _new_email(asked: object) -> NewEmail:
    if not isinstance(asked, dict):
        raise Refused("validation_error", "An email is an object.")
    fields = _Fields(asked)
    email = NewEmail(
        sender=fields.sender(),
        to=fields.recipients(),
        subject=fields.required("subject", str),
        html=fields.text("html"),
        text=fields.text("text"),
        cc=fields.addresses("cc"),
        bcc=fields.addresses("bcc"),
        reply_to=fields.addresses("reply_to"),
        headers=fields.optional("headers", dict[str, str], {}),
        tags=fields.tags(),
    )
    fields.check_all_read()
    if email.html is None and email.text is None:
        raise Refused("missing_required_field", "Missing `html` or `text` field.")
    return email


class _Tag(msgspec.Struct, frozen=True):
    name: str
    value: str


_Value = TypeVar("_Value")


class _Fields:
    """The fields of an email, each taken out as it is read."""

    def __init__(self, asked: dict[str, object]) -> None:
        self._left = dict(asked)

    def required(self, name: str, kind: type[_Value]) -> _Value:
        if self._left.get(name) is None:
            raise Refused("missing_required_field", f"Missing `{name}` field.")
        return self._converted(name, kind)

    def optional(self, name: str, kind: type[_Value], default: _Value) -> _Value:
        if self._left.get(name) is None:
            self._left.pop(name, None)
            return default
        return self._converted(name, kind)

    def text(self, name: str) -> str | None:
        return self.optional(name, str, "") or None

    def sender(self) -> str:
        sender = self.required("from", str)
        if _ADDRESS.fullmatch(sender) is None:
            raise Refused("validation_error", f"Invalid `from` field. {_FORM}")
        return sender

    def recipients(self) -> list[str]:
        if self._left.get("to") is None:
            raise Refused("missing_required_field", "Missing `to` field.")
        recipients = self.addresses("to")
        if not 1 <= len(recipients) <= _MOST_RECIPIENTS:
            raise Refused("validation_error", f"The `to` field takes 1 to {_MOST_RECIPIENTS} addresses.")
        return recipients

    def addresses(self, name: str) -> list[str]:
        one = isinstance(self._left.get(name), str)
        addresses = [self._converted(name, str)] if one else self.optional(name, list[str], [])
        if any(_ADDRESS.fullmatch(address) is None for address in addresses):
            raise Refused("validation_error", f"Invalid `{name}` field. {_FORM}")
        return addresses

    def tags(self) -> dict[str, str]:
        tags = self.optional("tags", list[_Tag], [])
        if any(_TAG.fullmatch(text) is None for tag in tags for text in (tag.name, tag.value)):
            raise Refused(
                "validation_error",
                "Tags should only contain ASCII letters, numbers, underscores, or dashes, and at most 256 of them.",
            )
        return {tag.name: tag.value for tag in tags}

    def check_all_read(self) -> None:
        if self._left:
            raise Refused("invalid_parameter", f"This sandbox does not play {', '.join(sorted(self._left))}.")

    def _converted(self, name: str, kind: type[_Value]) -> _Value:
        try:
            return msgspec.convert(self._left.pop(name), kind)
        except msgspec.ValidationError as wrong:
            raise Refused("validation_error", f"Invalid `{name}` field. {wrong}") from None
