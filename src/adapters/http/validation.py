"""Reading what a caller sent: strictly, and with every bad field told at once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from itertools import islice
from typing import Final, TypeVar
from urllib.parse import parse_qsl

import msgspec

from adapters.http.errors import Fault, Refusal, invalid
from adapters.http.exchange import AnyRequest, exchange_of, header
from adapters.http.faults import faults_in, member
from domain.errors import InvalidValue

T = TypeVar("T", bound=msgspec.Struct)

_JSON_TYPE: Final = re.compile(r'application/json(\s*;\s*charset\s*=\s*"?utf-8"?)?', re.IGNORECASE)
# As it stands in JSON text; escaped backslashes before it may make it harmless, so what is found is looked at again.
_UNSTORABLE: Final = re.compile(rb"\\u(0000|[dD][89a-fA-F])")
_MOST_FAULTS: Final = 100  # more than any form has fields; a body has room for so many unknown members
_PLAIN: Final = "identity"
_INTEGER: Final = re.compile(r"-?(0|[1-9][0-9]{0,17})")


async def read_body(request: AnyRequest, form: type[T]) -> T:
    """The body as a form. Raises Refusal with every field that is not as the form wants it."""
    return checked(await read_json(request), form)


async def read_json(request: AnyRequest) -> object:
    """The body as plain values: JSON in UTF-8, no member twice, no text that can't be stored.

    Raises Refusal.
    """
    body = await request.body()
    if not body:
        raise Refusal("malformed-json", "A JSON document is expected as body.")
    if not _JSON_TYPE.fullmatch(header(request, b"content-type") or ""):
        raise Refusal("unsupported-media-type", "A body is application/json, in UTF-8.")
    if (header(request, b"content-encoding") or _PLAIN) != _PLAIN:
        raise Refusal("unsupported-media-type", "A body is sent as it is, not compressed.")
    values = _parsed(body)
    if _UNSTORABLE.search(body) and (faults := list(islice(_unstorable(values), _MOST_FAULTS))):
        raise invalid(*faults)
    if isinstance(values, dict):
        exchange_of(request.scope).sent = frozenset(values)
    return values


def checked(values: object, form: type[T]) -> T:
    """Plain values as a form. Raises Refusal with every bad field."""
    try:
        return msgspec.convert(values, form)
    except msgspec.ValidationError as error:
        faults = list(islice(faults_in(values, form), _MOST_FAULTS))
        raise invalid(*(faults or [Fault("", "invalid", str(error))])) from None


def read_query(request: AnyRequest, form: type[T]) -> T:
    """The query as a form whose values are single. Raises Refusal with every bad parameter."""
    query: bytes = request.scope["query_string"]
    return _query(query, form)  # type: ignore[return-value]  # a cache forgets how its types belong together


def refuse_query(request: AnyRequest) -> None:
    """Raise Refusal for any parameter at all."""
    if request.scope["query_string"]:
        read_query(request, _NoQuery)


@contextmanager
def fields_under(parent: str) -> Iterator[None]:
    """The fields that the use case within complains of are members of `parent` in the body."""
    try:
        yield
    except InvalidValue as error:
        raise InvalidValue(f"{parent}.{error.field}", error.message) from error


class _NoQuery(msgspec.Struct, forbid_unknown_fields=True):
    """What is asked of a route that takes no parameters."""


@lru_cache(maxsize=1024)
def _query(query: bytes, form: type[msgspec.Struct]) -> msgspec.Struct:
    # The same lists are asked for again and again; forms are immutable.
    try:
        pairs = parse_qsl(query.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=100)
    except ValueError:
        raise invalid(
            Fault("", "encoding", "the query is not UTF-8, percent-encoded, of up to 100 parameters")
        ) from None
    if faults := [*_repeated(name for name, _ in pairs), *_unstorable(dict(pairs))]:
        raise invalid(*faults)
    numbers = _numbers_of(form)
    return checked({name: _read(value) if name in numbers else value for name, value in pairs}, form)


@cache
def _numbers_of(form: type[msgspec.Struct]) -> frozenset[str]:
    """The parameters that are to be read as numbers."""
    fields = msgspec.structs.fields(form)
    return frozenset(each.encode_name for each in fields if _is_number(msgspec.inspect.type_info(each.type)))


def _is_number(wanted: msgspec.inspect.Type) -> bool:
    match wanted:
        case msgspec.inspect.Metadata(type=inner):
            return _is_number(inner)
        case msgspec.inspect.UnionType(types=types):
            return any(map(_is_number, types))
        case _:
            return isinstance(wanted, msgspec.inspect.IntType)


def _read(value: str) -> int | str:
    return int(value) if _INTEGER.fullmatch(value) else value


def _parsed(body: bytes) -> object:
    try:
        return json.loads(body.decode(), object_pairs_hook=_unique, parse_constant=_no_constant)
    except RecursionError:
        raise Refusal("malformed-json", "The body is nested too deeply.") from None
    except UnicodeDecodeError:
        raise Refusal("malformed-json", "The body is not UTF-8.") from None
    except json.JSONDecodeError as error:
        raise Refusal("malformed-json", f"{error.msg}: line {error.lineno}, column {error.colno}.") from None
    except ValueError:
        raise Refusal("malformed-json", "A number has too many digits.") from None


def _unique(members: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(members)
    if len(found) < len(members):
        raise Refusal("malformed-json", "An object has a member twice.")
    return found


def _no_constant(name: str) -> None:
    raise Refusal("malformed-json", f"{name} is not a number of JSON.")


def _repeated(names: Iterable[str]) -> Iterator[Fault]:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            yield Fault(member("", name), "duplicate", "is given more than once")
        seen.add(name)


def _unstorable(values: object) -> Iterator[Fault]:
    """Texts and names with a null character or half a surrogate pair, which no database keeps."""
    left: list[tuple[str, object]] = [("", values)]
    while left:
        pointer, value = left.pop()
        match value:
            case str() if not _is_storable(value):
                yield Fault(pointer, "character", "has a null character or half a surrogate pair")
            case list():
                left += [(f"{pointer}/{index}", each) for index, each in enumerate(value)]
            case dict():
                left += [(member(pointer, name), each) for name, each in value.items()]
                left += [(pointer, name) for name in value]
            case _:
                pass


def _is_storable(text: str) -> bool:
    return "\x00" not in text and not any("\ud800" <= character <= "\udfff" for character in text)
