"""An example of a form, made of the examples of its fields."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import inspect


def example_of(form: type[msgspec.Struct]) -> dict[str, Any]:  # Any: JSON
    """What a caller might send: every field that is required, and no other."""
    return _members(inspect.type_info(form))


def _members(form: inspect.Type) -> dict[str, Any]:
    if not isinstance(form, inspect.StructType):
        raise TypeError(f"{form} is not a form")
    return {field.encode_name: _value(field.type) for field in form.fields if field.required}


def _value(wanted: inspect.Type) -> Any:
    match wanted:
        case inspect.Metadata(type=inner, extra_json_schema=schema):
            examples = (schema or {}).get("examples")
            return examples[0] if examples else _value(inner)
        case inspect.StructType():
            return _members(wanted)
        case inspect.EnumType(cls=cls):
            return next(iter(cls)).value
        case _:
            raise TypeError(f"a field of {wanted} needs an example")
