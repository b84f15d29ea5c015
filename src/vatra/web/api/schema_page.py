"""The description of the API as its page shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from vatra.web.api.schema import TAGS
from vatra.words import Language, say

Schema = Mapping[str, Any]


@dataclass(frozen=True)
class Field:
    """A filter of an address, or a field of an answer."""

    name: str
    form: str
    means: str


@dataclass(frozen=True)
class Operation:
    """An address: what it gives, what one may ask, what stands in the answer."""

    name: str
    path: str
    summary: str
    media_type: str
    filters: tuple[Field, ...]
    about: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Group:
    """Addresses of one subject."""

    name: str
    title: str
    operations: tuple[Operation, ...]


def groups(described: Schema, lang: Language) -> list[Group]:
    """All addresses by subject, in the order of the subjects."""
    found = {each.name: each for each in _operations(described)}
    return [
        Group(tag, say(f"web.api.tag-{tag}", lang), tuple(found[name] for name in names))
        for tag, names in TAGS.items()
    ]


def _operations(described: Schema) -> Iterator[Operation]:
    schemas = described["components"]["schemas"]
    for path, methods in described["paths"].items():
        given = methods["get"]
        media_type, content = next(iter(given["responses"]["200"]["content"].items()))
        answer = _named(content["schema"], schemas)
        yield Operation(
            given["operationId"],
            path,
            given["summary"],
            media_type,
            tuple(_filter(each) for each in given.get("parameters", ())),
            _item(answer, schemas).get("description", ""),
            tuple(_fields(_item(answer, schemas), schemas)),
        )


def _filter(given: Schema) -> Field:
    schema = given["schema"]
    means = given.get("description") or schema.get("description", "")
    return Field(given["name"], form_of(schema), means)


def _named(schema: Schema, schemas: Schema) -> Schema:
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    return schemas[name] if name else schema


def _item(answer: Schema, schemas: Schema) -> Schema:
    """What a list holds; the answer itself where it is no list."""
    items = answer.get("properties", {}).get("items", {}).get("items")
    return _named(items, schemas) if items and "$ref" in items else answer


def _fields(answer: Schema, schemas: Schema) -> Iterator[Field]:
    for name, schema in answer.get("properties", {}).items():
        yield Field(name, form_of(schema), "")


def form_of(schema: Schema) -> str:
    """A type in a word: ``integer``, ``"ro" | "en"``, ``integer | null``."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " | ".join(form_of(each) for each in schema["anyOf"])
    if "enum" in schema:
        return " | ".join(str(each) for each in schema["enum"])
    if "const" in schema:
        return str(schema["const"])
    if schema.get("type") == "array":
        return f"{form_of(schema.get('items', {}))}[]"
    return str(schema.get("type", "any"))
