"""The description of the API: what the routes declare, with every answer they may give."""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI

from vatra.web.api.problems import CONTENT_TYPE
from vatra.web.api.schemas import ProblemOut
from vatra.words import Language, say

# Answers other than what was asked for, and which addresses give them.
ALWAYS = (422, 429, 500)
OF_CITY = (401, 403, 404, 409, 503)
# What is no JSON of ours: operation -> its type.
FILES = {
    "contract": "application/json",
    "rows-stream": "application/x-ndjson",
    "buildings-map": "application/geo+json",
    "catalog": "application/ld+json",
}
TAGS = {
    "open": ("cities", "city", "contract", "editions", "findings", "datasets", "catalog"),
    "inventory": ("totals", "gpc", "cells", "rows", "rows-stream", "factors", "parameters"),
    "plan": ("measures", "actions", "pathway", "finance", "progress"),
    "buildings": ("buildings", "buildings-map"),
    "numbers": ("number", "charts", "chart"),
    "work": ("versions", "sheet"),
}


def described(api: NinjaAPI, base: str, lang: Language) -> dict[str, Any]:
    """The OpenAPI document in a language; the same at every call."""
    found: dict[str, Any] = api.get_openapi_schema(path_prefix=f"{base}/").copy()
    schemas = dict(found.get("components", {}).get("schemas", {}))
    schemas["ProblemOut"] = ProblemOut.model_json_schema()
    found["info"] = {
        "title": "Vatra",
        "version": api.version,
        "description": say("web.api.about", lang),
        "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
    }
    found["components"] = {
        "schemas": schemas,
        "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
    }
    found["tags"] = [{"name": name, "description": _tag(name, lang)} for name in TAGS]
    found["paths"] = {
        path: {"get": _operation(methods["get"], lang)} for path, methods in found["paths"].items()
    }
    return found


def _tag(name: str, lang: Language) -> str:
    return say(f"web.api.tag-{name}", lang)


def tag_of(name: str) -> str:
    """The subject of an operation."""
    return next(tag for tag, names in TAGS.items() if name in names)


def _operation(given: dict[str, Any], lang: Language) -> dict[str, Any]:
    name = given["operationId"]
    tag = tag_of(name)
    found = {key: value for key, value in given.items() if key != "description"}
    statuses = ALWAYS if name in ("cities", "catalog") else (*ALWAYS, *OF_CITY)
    statuses = (*statuses, 401, 409)
    answers = {"200": _good(given["responses"], name, lang)}
    answers |= {str(each): _bad(each, lang) for each in sorted(set(statuses))}
    found |= {
        "summary": say(f"web.api.op-{name}", lang),
        "tags": [tag],
        "responses": answers,
        # A token is asked for only where there is work, and welcome everywhere.
        "security": [{"token": []}] if tag == "work" else [{}, {"token": []}],
    }
    return found


def _good(responses: dict[Any, Any], name: str, lang: Language) -> dict[str, Any]:
    if name in FILES:
        kind = "string" if FILES[name] == "application/x-ndjson" else "object"
        content: Any = {FILES[name]: {"schema": {"type": kind}}}
    else:
        content = responses[200]["content"]
    return {"description": say("web.api.status-200", lang), "content": content}


def _bad(status: int, lang: Language) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/ProblemOut"}
    return {
        "description": say(f"web.api.status-{status}", lang),
        "content": {CONTENT_TYPE: {"schema": schema}},
    }
