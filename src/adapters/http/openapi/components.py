"""What operations share: schemas, headers, parameters, problems."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import msgspec
from msgspec import inspect

from adapters.http.contract import Contract
from adapters.http.errors import PROBLEM_TYPES
from adapters.http.schemas.base import Amount
from adapters.http.schemas.envelope import AnswerMeta, FieldProblem, Links, PageMeta, Problem

Schema = dict[str, Any]  # Any: JSON

_REF: Final = "#/components/schemas/{name}"
_ALWAYS: Final = (AnswerMeta, PageMeta, Links, Problem, FieldProblem, Amount)

REQUEST_ID: Final[Schema] = {"$ref": "#/components/headers/X-Request-Id"}
ALWAYS_TAKEN: Final[Schema] = {"$ref": "#/components/parameters/X-Request-Id"}
ACCEPT_VERSION: Final[Schema] = {"$ref": "#/components/parameters/Accept-Version"}

_HEADERS: Final[Schema] = {
    "X-Request-Id": {
        "description": "The id under which this request is found in the logs.",
        "required": True,
        "schema": {"type": "string"},
    },
    "Retry-After": {"description": "Seconds to wait before trying again.", "schema": {"type": "integer"}},
    "WWW-Authenticate": {"description": "How to authenticate.", "required": True, "schema": {"type": "string"}},
}

_PARAMETERS: Final[Schema] = {
    "X-Request-Id": {
        "name": "X-Request-Id",
        "in": "header",
        "description": "The caller's name for it: up to 128 of A-Z, a-z, 0-9, '.', '_' and '-', else replaced.",
        "schema": {"type": "string"},
    },
    "Accept-Version": {
        "name": "Accept-Version",
        "in": "header",
        "description": "The version of the API that the caller speaks.",
        "schema": {"type": "string", "enum": ["v1"]},
    },
}

_SECURITY: Final[Schema] = {
    "orderToken": {
        "type": "apiKey",
        "in": "header",
        "name": "X-Order-Token",
        "description": "A guest's key to one order, given when it was placed.",
    },
    "operatorToken": {
        "type": "http",
        "scheme": "bearer",
        "description": "The key to the staff's routes, from the settings.",
    },
}

_FAULTS: Final[Schema] = {"errors": {"type": "array", "items": {"$ref": _REF.format(name="FieldProblem")}}}
_AMOUNT: Final[Schema] = {"$ref": _REF.format(name="Amount")}
_MEMBERS: Final[Mapping[str, Schema]] = {
    "validation-error": _FAULTS,
    "design-not-buildable": _FAULTS,
    "price-changed": {"expected": _AMOUNT, "actual": _AMOUNT},
    "out-of-stock": {
        "missing": {
            "type": "array",
            "description": "The options that there is not enough of.",
            "items": {
                "type": "object",
                "required": ["option", "extId"],
                "properties": {
                    "option": {"enum": ["color", "sole"]},
                    "extId": {"type": "string"},
                    "size": {"type": "string", "description": "The EU size, for a sole."},
                },
            },
        },
    },
    "service-unavailable": {
        "checks": {"type": "object", "additionalProperties": {"enum": ["up", "down"]}},
    },
}
"""Extension members of problems, by code."""


class Components:
    """Collects what the operations refer to."""

    def __init__(self, contracts: Iterable[Contract]) -> None:
        self._problems: dict[str, Schema] = {}
        self._types = _types_of(contracts)
        _, self.schemas = msgspec.json.schema_components(self._types, ref_template=_REF)
        for each in self._types:
            _forget_unset(self.schemas, inspect.type_info(each))

    def schema_of(self, kind: type[msgspec.Struct]) -> Schema:
        """A reference to the schema of a form or resource."""
        return {"$ref": _REF.format(name=kind.__name__)}

    def problem(self, status: int, codes: Iterable[str]) -> Schema:
        """A reference to the response of problems of one status."""
        names = sorted(set(codes))
        key = ".".join(names)
        self._problems.setdefault(key, _problem(status, names))
        return {"$ref": f"#/components/responses/{key}"}

    def document(self) -> Schema:
        """Everything, in a stable order."""
        return {
            "schemas": {name: self.schemas[name] for name in sorted(self.schemas)},
            "responses": {name: self._problems[name] for name in sorted(self._problems)},
            "headers": _HEADERS,
            "parameters": _PARAMETERS,
            "securitySchemes": _SECURITY,
        }


def _types_of(contracts: Iterable[Contract]) -> list[type[msgspec.Struct]]:
    found: dict[type[msgspec.Struct], None] = dict.fromkeys(_ALWAYS)
    for contract in contracts:
        found |= dict.fromkeys(contract.body)
        if contract.answers is not None:
            found[contract.answers] = None
    return list(found)


def _forget_unset(schemas: Schema, kind: inspect.Type) -> None:
    """Members that may be left out are not required: msgspec lists them when they have no default."""
    match kind:
        case inspect.Metadata(type=inner):
            _forget_unset(schemas, inner)
        case inspect.UnionType(types=types):
            for each in types:
                _forget_unset(schemas, each)
        case inspect.ListType(item_type=item):
            _forget_unset(schemas, item)
        case inspect.StructType(cls=cls, fields=fields):
            optional = {each.encode_name for each in msgspec.structs.fields(cls) if _may_be_unset(each.type)}
            schema = schemas[cls.__name__]
            schema["required"] = [name for name in schema.get("required", []) if name not in optional]
            for field in fields:
                _forget_unset(schemas, field.type)
        case _:
            pass


def _may_be_unset(annotation: Any) -> bool:  # Any: whatever may stand behind a field's colon
    if annotation is msgspec.UnsetType:
        return True
    return any(_may_be_unset(each) for each in getattr(annotation, "__args__", ()))


def _problem(status: int, codes: list[str]) -> Schema:
    members: Schema = {"code": {"enum": codes}}
    headers: Schema = {"X-Request-Id": REQUEST_ID}
    for code in codes:
        members |= _MEMBERS.get(code, {})
    if status == 401:
        headers["WWW-Authenticate"] = {"$ref": "#/components/headers/WWW-Authenticate"}
    if status in {409, 503}:
        headers["Retry-After"] = {"$ref": "#/components/headers/Retry-After"}
    return {
        "description": "; ".join(f"{code}: {PROBLEM_TYPES[code].title}" for code in codes),
        "headers": headers,
        "content": {
            "application/problem+json": {
                "schema": {"allOf": [{"$ref": _REF.format(name="Problem")}, {"properties": members}]},
            },
        },
    }
