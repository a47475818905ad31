"""The OpenAPI document: FastAPI's, with our problems, headers and the key each operation needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api.permissions import COMMANDS, VIEWS
from api.problems import MEDIA_TYPE, Problem

VERSION = "1"
DESCRIPTION = """\
The event-sourced ledger of a cooperative of entrepreneurs. Every command is recorded as facts in one
append-only log and answers its position there; every view says the position it rests on."""

_REFUSALS = {
    "400": "the body, a header or a parameter cannot be read",
    "401": "no API key, or one that is not accepted",
    "403": "the role of the key does not allow this",
    "404": "there is no such thing",
    "422": "the request does not have the form described, or makes no sense by itself",
    "503": "cannot be answered now: ask again after Retry-After, with the same key",
}
_REFUSALS_OF_COMMANDS = {
    "409": "a rule of the cooperative does not allow this",
    "413": "the body is larger than this path takes",
}
_SCHEME = "api-key"


def describe(app: FastAPI) -> Callable[[], dict[str, Any]]:
    """Return what makes the OpenAPI document of this application, once."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app)
        return app.openapi_schema

    return document


def _document(app: FastAPI) -> dict[str, Any]:
    document = get_openapi(title=app.title, version=app.version, description=DESCRIPTION, routes=app.routes)
    components = document.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(problem.pop("$defs"))
    schemas["Problem"] = problem
    components["securitySchemes"] = {
        _SCHEME: {"type": "http", "scheme": "bearer", "bearerFormat": "clk_<id>_<secret>"}
    }
    for path, operations in document["paths"].items():
        for operation in operations.values():
            operation["summary"] = operation.pop("description")
            if path.startswith("/v1/"):
                _guarded(operation)
    return document


def _guarded(operation: dict[str, Any]) -> None:
    """Say which key opens an operation, and how it is refused."""
    name = operation["operationId"]
    roles = COMMANDS.get(name, frozenset()) | VIEWS.get(name, frozenset())
    operation["security"] = [{_SCHEME: []}]
    operation["x-roles"] = sorted(roles)
    refusals = {**_REFUSALS, **_REFUSALS_OF_COMMANDS} if name in COMMANDS else _REFUSALS
    for status, description in refusals.items():
        operation["responses"][status] = {
            "description": description,
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
    for parameter in operation.get("parameters", []):
        if parameter["name"] == "Idempotency-Key":
            parameter["required"] = True
