"""Properties of a GeoJSON file changed one by one: geometry, order and spacing stay as written."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

# By number of the feature (the first is 1) and name of the property as written.
Place = tuple[int, str]
Value = str | int | float | None
_SPACE = " \t\r\n"
_SKIP = json.JSONDecoder()


@dataclass(frozen=True)
class Properties:
    """Where the properties of one feature stand.

    ``spans`` of each value by name; ``end`` behind the last member, or behind the brace where
    there is none; ``between`` what parts two members, ``colon`` what stands between name and value.
    """

    spans: Mapping[str, tuple[int, int]]
    end: int
    between: str
    colon: str


@dataclass(frozen=True)
class GeoText:
    """The text of a FeatureCollection and its features' properties; None where there are none."""

    text: str
    features: tuple[Properties | None, ...]

    def with_values(self, changes: Mapping[Place, Value]) -> bytes:
        """The file with some properties changed or added; None is written as ``null``.

        Raises ``KeyError`` for a feature that has no properties.
        """
        edits: list[tuple[int, int, str]] = []
        for (number, name), value in changes.items():
            held = self.features[number - 1]
            if held is None:
                raise KeyError(number)
            written = json.dumps(value, ensure_ascii=False)
            if name in held.spans:
                edits.append((*held.spans[name], written))
            else:
                lead = held.between if held.spans else ""
                member = json.dumps(name, ensure_ascii=False) + held.colon + written
                edits.append((held.end, held.end, lead + member))
        pieces, at = [], 0
        for start, end, value_text in sorted(edits, key=lambda each: each[:2]):
            pieces += [self.text[at:start], value_text]
            at = end
        return "".join([*pieces, self.text[at:]]).encode("utf-8")


def geo_text(data: bytes) -> GeoText:
    """Find the properties of a file that was read without errors.

    Raises ``ValueError`` for what is no FeatureCollection.
    """
    text = data.decode("utf-8")
    start = _past(text, 1 if text.startswith("\ufeff") else 0)
    for name, at, _ in _members(text, start):
        if name == "features":
            return GeoText(text, tuple(_features(text, at)))
    raise ValueError("no features")


def _features(text: str, start: int) -> Iterator[Properties | None]:
    for at in _elements(text, start):
        found = None
        for name, inner, _ in _members(text, at):
            if name == "properties" and text[inner] == "{":
                found = _properties(text, inner)
        yield found


def _properties(text: str, start: int) -> Properties:
    spans: dict[str, tuple[int, int]] = {}
    end, between, colon = start + 1, ", ", ": "
    for name, at, stop in _members(text, start):
        if spans:
            between = text[end : _name_start(text, end)]
        colon = _colon(text, at)
        spans[name] = (at, stop)
        end = stop
    if len(spans) < 2:
        between = "," + colon.partition(":")[2]
    return Properties(spans, end, between, colon)


def _name_start(text: str, at: int) -> int:
    return text.index('"', at)


def _colon(text: str, value_at: int) -> str:
    quote = text.rindex('"', 0, text.rindex(":", 0, value_at))
    return text[quote + 1 : value_at]


def _members(text: str, start: int) -> Iterator[tuple[str, int, int]]:
    """Name, beginning and end of the value of each member of an object."""
    if start >= len(text) or text[start] != "{":
        raise ValueError("no object")
    at = _past(text, start + 1)
    while text[at] != "}":
        name, at = _SKIP.raw_decode(text, at)
        value_at = _past(text, _past(text, at) + 1)
        stop = _end(text, value_at)
        yield name, value_at, stop
        at = _past(text, stop)
        if text[at] == ",":
            at = _past(text, at + 1)


def _elements(text: str, start: int) -> Iterator[int]:
    """Beginning of each element of an array."""
    at = _past(text, start + 1)
    while text[at] != "]":
        yield at
        at = _past(text, _end(text, at))
        if text[at] == ",":
            at = _past(text, at + 1)


def _end(text: str, at: int) -> int:
    return _SKIP.raw_decode(text, at)[1]


def _past(text: str, at: int) -> int:
    while text[at] in _SPACE:
        at += 1
    return at
