"""One operation of the document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Final

import msgspec

from adapters.http import references
from adapters.http.contract import Contract, HeaderField
from adapters.http.errors import PROBLEM_TYPES
from adapters.http.links import API
from adapters.http.openapi.components import ACCEPT_VERSION, ALWAYS_TAKEN, REQUEST_ID, Components, Schema
from adapters.http.openapi.examples import example_of
from adapters.http.schemas.envelope import AnswerMeta, Links, PageMeta

_PATH_PARAMETER: Final = re.compile(r"{(\w+):str}")
_NAMES: Final[dict[str, Schema]] = {
    "week": {
        "description": "An ISO week of the workshop's calendar.",
        "schema": {"type": "string", "pattern": "^[0-9]{4}-W[0-9]{2}$"},
        "example": "2026-W51",
    },
    "product": {
        "description": "A product's slug or id.",
        "schema": {"type": "string", "pattern": references.PRODUCT},
        "example": "oxford-roma",
    },
    "material": {
        "description": "A material's extId or id.",
        "schema": {"type": "string", "pattern": references.OPTION},
        "example": "CALF",
    },
    "code": {
        "description": "A design's code.",
        "schema": {"type": "string", "pattern": references.DESIGN_CODE},
        "example": "8Z3K5QW7D0RT",
    },
    "line": {
        "description": "The design code of a line.",
        "schema": {"type": "string", "pattern": references.DESIGN_CODE},
        "example": "8Z3K5QW7D0RT",
    },
    "event": {
        "description": "An event's id.",
        "schema": {"type": "string", "pattern": references.ID},
        "example": "019b0000-0000-7000-8000-000000000002",
    },
    "task": {
        "description": "A task's id.",
        "schema": {"type": "string", "pattern": references.ID},
        "example": "019b0000-0000-7000-8000-000000000003",
    },
    "order": {
        "description": "An order's number or id.",
        "schema": {"type": "string", "pattern": references.ORDER},
        "example": "IS-2026-000042",
    },
}

_OPAQUE: Final[Schema] = {
    "description": "Kept as it came: the signature is over its bytes.",
    "required": True,
    "content": {"application/json": {"schema": {}}},
}


def operation(path: str, contract: Contract, components: Components) -> Schema:
    """What a route takes, and all that it may answer."""
    described: Schema = {"operationId": contract.operation, "tags": [contract.tag], "summary": contract.summary}
    if contract.description is not None:
        described["description"] = contract.description
    if parameters := [*_in_path(path), *_in_query(contract), *_in_headers(path, contract)]:
        described["parameters"] = parameters
    if contract.body:
        described["requestBody"] = _body(contract, components)
    if contract.opaque:
        described["requestBody"] = _OPAQUE
    described["responses"] = {
        str(contract.status): _success(contract, components),
        **_unchanged(contract),
        **_problems(path, contract, components),
    }
    if schemes := [trait.security for trait in contract.traits if trait.security]:
        described["security"] = [{scheme: []} for scheme in schemes]
    return described


def _in_path(path: str) -> Iterator[Schema]:
    for name in _PATH_PARAMETER.findall(path):
        yield {"name": name, "in": "path", "required": True, **_NAMES[name]}


def _in_query(contract: Contract) -> Iterator[Schema]:
    if contract.query is None:
        return
    (_,), schemas = msgspec.json.schema_components([contract.query])
    for name, property_schema in schemas[contract.query.__name__]["properties"].items():
        schema = _inlined(property_schema, schemas)
        description = schema.pop("description", None)
        yield {"name": name, "in": "query"} | ({"description": description} if description else {}) | {"schema": schema}


def _inlined(schema: Schema, schemas: Schema) -> Schema:
    """A parameter's schema without null, which a query can't say, and without references."""
    merged = {name: value for name, value in schema.items() if name not in {"anyOf", "$ref"}}
    for part in [*schema.get("anyOf", ()), *([{"$ref": schema["$ref"]}] if "$ref" in schema else ())]:
        if "$ref" in part:
            named = schemas[part["$ref"].rpartition("/")[2]]
            merged |= {"type": "string", "enum": named["enum"]}
        elif part != {"type": "null"}:
            merged |= part
    if merged.get("default", ...) is None:
        del merged["default"]
    return merged


def _in_headers(path: str, contract: Contract) -> Iterator[Schema]:
    yield ALWAYS_TAKEN
    if path.startswith(API):
        yield ACCEPT_VERSION
    for trait in contract.traits:
        for field in trait.takes:
            described: Schema = {"name": field.name, "in": "header", "description": field.description}
            if field.required:
                described["required"] = True
            described["schema"] = _text(field)
            if field.example is not None:
                described["example"] = field.example
            yield described


def _body(contract: Contract, components: Components) -> Schema:
    forms = [components.schema_of(form) for form in contract.body]
    examples = {form.__name__: {"value": example_of(form)} for form in contract.body}
    schema = forms[0] if len(forms) == 1 else {"oneOf": forms}
    return {"required": True, "content": {"application/json": {"schema": schema, "examples": examples}}}


def _success(contract: Contract, components: Components) -> Schema:
    described: Schema = {"description": contract.summary, "headers": {"X-Request-Id": REQUEST_ID}}
    described["headers"] |= _given(contract)
    if contract.answers is not None:
        schema = components.schema_of(contract.answers)
        described["content"] = {
            "application/json": {"schema": schema if contract.bare else _envelope(contract, schema, components)}
        }
    return described


def _envelope(contract: Contract, data: Schema, components: Components) -> Schema:
    return {
        "type": "object",
        "required": ["success", "data", "meta", "links"],
        "additionalProperties": False,
        "properties": {
            "success": {"const": True},
            "data": {"type": "array", "items": data} if contract.many else data,
            "meta": components.schema_of(PageMeta if contract.paged else AnswerMeta),
            "links": components.schema_of(Links),
        },
    }


def _unchanged(contract: Contract) -> Schema:
    if not any(trait.may_be_unchanged for trait in contract.traits):
        return {}
    return {"304": {"description": "The caller has it.", "headers": {"X-Request-Id": REQUEST_ID} | _given(contract)}}


def _given(contract: Contract) -> Schema:
    return {
        field.name: {"description": field.description}
        | ({"required": True} if field.required else {})
        | {"schema": _text(field)}
        for trait in contract.traits
        for field in trait.gives
    }


def _text(field: HeaderField) -> Schema:
    return {"type": "string"} | ({"pattern": field.pattern} if field.pattern else {})


def _problems(path: str, contract: Contract, components: Components) -> Schema:
    codes = sorted(set(contract.all_problems(path)), key=_status)
    return {str(status): components.problem(status, same) for status, same in groupby(codes, key=_status)}


def _status(code: str) -> int:
    return PROBLEM_TYPES[code].status.value
