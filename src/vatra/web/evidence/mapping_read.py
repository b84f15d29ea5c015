"""A mapping read back from what a person sent: its form, or YAML of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import yaml
from django.http import QueryDict

from vatra.sources.mapping.declaration import SKIP
from vatra.tables import Finding
from vatra.tables.numbers import STYLES
from vatra.web.evidence.mapping_form import AS_IS, SAME

MOST_TEXT = 100_000
_UNKNOWN = ("sources.mapping-value-unmapped", "tables.choice-unknown")


def with_unknown(data: dict[str, Any], findings: Iterable[Finding]) -> dict[str, Any]:
    """A mapping that also asks about the words of the file that nobody has translated yet."""
    columns = dict(data.get("columns") or {})
    for each in findings:
        said = columns.get(each.column)
        said = {"from": said} if isinstance(said, str) else said
        if each.code not in _UNKNOWN or not isinstance(said, dict) or said.get("from") is None:
            continue
        values = dict(said.get("values") or {})
        values.setdefault(str(each.params["value"]), None)
        columns[each.column] = {**said, "values": values}
    return data | {"columns": columns}


def read_form(base: str, post: QueryDict) -> dict[str, Any]:
    """The mapping that a sent form says; ``base`` the one it was filled from.

    What the form does not show (skipped lines, units of theirs, values told from others) stays.
    """
    data = loaded(base)
    columns: dict[str, Any] = dict(data.get("columns") or {})
    for key in post:
        if key.startswith("from."):
            name = key.removeprefix("from.")
            said = _source(columns.get(name), name, post)
            columns.pop(name, None)
            if said is not None:
                columns[name] = said
    data["columns"] = columns
    _read_wide(data, post)
    _read_lines(data, post)
    if post.get("numbers") in STYLES:
        data["numbers"] = post["numbers"]
    else:
        data.pop("numbers", None)
    return data


def loaded(text: str) -> dict[str, Any]:
    """YAML that we wrote ourselves, or nothing of what somebody else made of it."""
    if len(text) > MOST_TEXT:
        return {}
    try:
        if any(isinstance(each, yaml.AliasToken) for each in yaml.scan(text)):
            return {}
        found = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError, ValueError):
        return {}
    return _shaped(found) if isinstance(found, dict) else {}


def _shaped(data: dict[Any, Any]) -> dict[str, Any]:
    """What the form can show of a mapping: keys of another shape than it knows are left out."""
    kept = {key: value for key, value in data.items() if isinstance(key, str)}
    for key, fits in _SHAPES.items():
        if key in kept and not fits(kept[key]):
            del kept[key]
    return kept


def _is_line_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _is_unpivot(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and isinstance(value.get("headings"), dict)
        and isinstance(value.get("into"), str)
        and isinstance(value.get("cells", ""), str)
    )


_SHAPES: dict[str, Callable[[Any], bool]] = {
    "table": lambda value: isinstance(value, str),
    "columns": lambda value: isinstance(value, dict),
    "unpivot": _is_unpivot,
    "heading_row": lambda value: (
        _is_line_number(value)
        or (isinstance(value, list) and bool(value) and all(map(_is_line_number, value)))
    ),
}


def _source(before: Any, name: str, post: QueryDict) -> Any:
    wanted = post.get(f"from.{name}", "")
    old: dict[str, Any] = {}
    if isinstance(before, str):
        old = {"from": before}
    elif isinstance(before, dict):
        old = dict(before)
    if wanted == AS_IS and old.get("of"):
        return old
    if wanted == SAME:
        return {"constant": post.get(f"constant.{name}", "").strip() or None}
    if not wanted.startswith("h:"):
        return None
    heading = wanted.removeprefix("h:")
    values = dict(old.get("values") or {}) if old.get("from") == heading else {}
    said = {
        theirs: post.get(f"value.{name}.{at}", ours if ours is not None else "") or None
        for at, (theirs, ours) in enumerate(values.items())
    }
    kept = {key: old[key] for key in ("else", "fill_down") if key in old}
    if not said and not kept:
        return heading
    return {"from": heading, **({"values": said} if said else {}), **kept}


def _read_wide(data: dict[str, Any], post: QueryDict) -> None:
    how = data.get("unpivot")
    if how is None:
        return
    how["headings"] = {
        theirs: post.get(f"wide.{at}", ours if ours is not None else "") or None
        for at, (theirs, ours) in enumerate(how["headings"].items())
        if post.get(f"wide.{at}") != SKIP
    }


def _read_lines(data: dict[str, Any], post: QueryDict) -> None:
    rows = [int(part) for part in post.get("heading_row", "").split(",") if is_line(part)]
    if rows:
        data["heading_row"] = rows[0] if len(rows) == 1 else rows
    last = post.get("last_row", "")
    if is_line(last):
        data["last_row"] = int(last)
    else:
        data.pop("last_row", None)


def is_line(text: str) -> bool:
    """Whether a text is the number of a line."""
    text = text.strip()
    return text.isascii() and text.isdigit() and 0 < len(text) < 8
