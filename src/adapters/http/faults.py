"""What is wrong with plain values that should have become a form: all of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import Annotated, Any

import msgspec
from msgspec import inspect

from adapters.http.errors import Fault
from domain.errors import InvalidValue


def faults_in(values: object, form: type[msgspec.Struct]) -> Iterator[Fault]:
    """Every fault, in the order of the form's fields; the codes are those of JSON Schema, where it has one."""
    yield from _faults(values, _described(form), "")


_described = cache(inspect.type_info)


def check_with(read: Callable[[str], object]) -> dict[str, Any]:
    """For `Meta(extra=…)`: texts that `read` refuses with InvalidValue are faults too.

    The domain reads them again, and it alone decides; this is so that they are told
    together with the others.
    """
    return {"check": read}


def member(pointer: str, name: str) -> str:
    """The pointer to a member of an object (RFC 6901), safe to be sent whatever its name is."""
    return f"{pointer}/{name.encode(errors='replace').decode().replace('~', '~0').replace('/', '~1')}"


def _faults(value: object, wanted: inspect.Type, pointer: str) -> Iterator[Fault]:
    match wanted:
        case inspect.Metadata(type=inner, extra=extra):
            found = list(_faults(value, inner, pointer))
            yield from found or _refused(value, extra or {}, pointer)
        case inspect.StructType():
            yield from _faults_of_members(value, wanted, pointer)
        case inspect.UnionType(types=types):
            if value is not None or not any(isinstance(each, inspect.NoneType) for each in types):
                others = [each for each in types if not isinstance(each, inspect.NoneType)]
                yield from _faults(value, others[0], pointer)
        case inspect.EnumType(cls=cls):
            yield from _not_among(value, [each.value for each in cls], pointer)
        case inspect.LiteralType(values=allowed):
            yield from _not_among(value, allowed, pointer)
        case inspect.StrType():
            yield from _faults_of_text(value, wanted, pointer)
        case inspect.IntType():
            yield from _faults_of_number(value, wanted, pointer)
        case inspect.DateTimeType():
            yield from _faults_of_moment(value, pointer)
        case _:
            raise TypeError(f"forms have no {wanted}")


def _faults_of_members(value: object, wanted: inspect.StructType, pointer: str) -> Iterator[Fault]:
    if not isinstance(value, Mapping):
        yield Fault(pointer, "type", "is not an object")
        return
    for field in wanted.fields:
        place = f"{pointer}/{field.encode_name}"
        if field.encode_name in value:
            yield from _faults(value[field.encode_name], field.type, place)
        elif field.required:
            yield Fault(place, "required", "is required")
    known = {field.encode_name for field in wanted.fields}
    for name in value:
        if name not in known:
            yield Fault(member(pointer, name), "unknown", "is not known here")


def _faults_of_text(value: object, wanted: inspect.StrType, pointer: str) -> Iterator[Fault]:
    if not isinstance(value, str):
        yield Fault(pointer, "type", "is not a text")
    elif wanted.min_length is not None and len(value) < wanted.min_length:
        yield Fault(pointer, "minLength", f"has fewer than {wanted.min_length} characters")
    elif wanted.max_length is not None and len(value) > wanted.max_length:
        yield Fault(pointer, "maxLength", f"has more than {wanted.max_length} characters")
    elif wanted.pattern is not None and re.search(wanted.pattern, value) is None:
        yield Fault(pointer, "pattern", f"does not match {wanted.pattern}")


def _faults_of_number(value: object, wanted: inspect.IntType, pointer: str) -> Iterator[Fault]:
    if not isinstance(value, int) or isinstance(value, bool):
        yield Fault(pointer, "type", "is not a whole number")
    elif wanted.ge is not None and value < wanted.ge:
        yield Fault(pointer, "minimum", f"is less than {wanted.ge}")
    elif wanted.le is not None and value > wanted.le:
        yield Fault(pointer, "maximum", f"is more than {wanted.le}")


def _faults_of_moment(value: object, pointer: str) -> Iterator[Fault]:
    try:
        msgspec.convert(value, Annotated[datetime, msgspec.Meta(tz=True)])
    except msgspec.ValidationError:
        yield Fault(pointer, "format", "is not a moment with its zone, such as 2026-12-01T10:00:00Z")


def _not_among(value: object, allowed: Any, pointer: str) -> Iterator[Fault]:  # Any: what enumerations hold
    if value not in allowed:
        yield Fault(pointer, "enum", f"is not one of {', '.join(map(str, allowed))}")


def _refused(value: object, extra: Mapping[str, Any], pointer: str) -> Iterator[Fault]:
    check = extra.get("check")
    if check is None or not isinstance(value, str):
        return
    try:
        check(value)
    except InvalidValue as error:
        yield Fault(pointer, "invalid", error.message)
