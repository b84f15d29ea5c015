"""A YAML file against a schema: plain values, the lines they stand in, and every fault."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from vatra.plans.blocks.zone.schema import Field
from vatra.plans.blocks.zone.zone import Day
from vatra.tables import Finding
from vatra.tables.findings import Severity

_LONGEST_TEXT = 500
_SHOWN = 60
_HOURS = 24
_MOST_SECTIONS = 20_000


@dataclass
class Reader:
    """Reads nodes and collects findings. An alias stands for what its anchor says; that can
    multiply, so the sections of a file are counted."""

    file: str
    findings: list[Finding] = field(default_factory=list)
    section_count: int = 0

    def fault(
        self, code: str, line: int, key: str = "", severity: Severity = "error", **params: Any
    ) -> None:
        """Note a fault."""
        self.findings.append(
            Finding(
                f"plans.blocks.zone.{code}",
                severity,
                self.file,
                (line,),
                key,
                {"key": key, **params},
            )
        )

    def section(self, node: yaml.Node, fields: Mapping[str, Field], key: str) -> dict[str, Any]:
        """Values of a section by key, its line as ``line``; what is wrong is left out."""
        line = node.start_mark.line + 1
        values: dict[str, Any] = {"line": line}
        self.section_count += 1
        if self.section_count > _MOST_SECTIONS:
            if self.section_count == _MOST_SECTIONS + 1:
                self.fault("too-many", line, key, most=_MOST_SECTIONS)
            return values
        if not isinstance(node, yaml.MappingNode):
            self.fault("keys-wanted", line, key)
            return values
        seen: dict[str, int] = {}
        for name, at, value in _entries(node):
            if name in seen:
                self.fault("key-twice", at, name, first=seen[name])
            elif name not in fields:
                near = difflib.get_close_matches(name.casefold(), fields, n=1, cutoff=0.6)
                code = "key-near" if near else "key-unknown"
                self.fault(code, at, name[:_SHOWN], near=near[0] if near else "", keys=list(fields))
            else:
                seen[name] = at
                self._put(values, name, fields[name], value)
        missing = [name for name, each in fields.items() if each.required and name not in seen]
        if missing:
            self.fault("missing", line, key, keys=missing)
        for name, each in fields.items():
            if each.default is not None:
                values.setdefault(name, each.default)
        return values

    def _put(self, values: dict[str, Any], name: str, wanted: Field, node: yaml.Node) -> None:
        if wanted.kind == "section":
            values[name] = self.section(node, wanted.fields, name)
        elif wanted.kind == "sections":
            values[name] = self._sections(node, wanted, name)
        else:
            read = {
                "number": self._number,
                "text": self._text,
                "choice": self._choice,
                "truth": self._truth,
                "day": self._day,
            }[wanted.kind]
            value = read(node, wanted, name)
            if value is not None:
                values[name] = value

    def _sections(self, node: yaml.Node, wanted: Field, name: str) -> list[dict[str, Any]]:
        if not isinstance(node, yaml.SequenceNode):
            self.fault("list-wanted", node.start_mark.line + 1, name)
            return []
        room = _MOST_SECTIONS + 1 - self.section_count
        return [self.section(each, wanted.fields, name) for each in node.value[: max(room, 0)]]

    def _number(self, node: yaml.Node, wanted: Field, name: str) -> float | None:
        value = _plain(node)
        line = node.start_mark.line + 1
        if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
            self.fault("number-wanted", line, name, value=_shown(node))
            return None
        if not wanted.low <= value <= wanted.high:
            low, high = f"{wanted.low:g}", f"{wanted.high:g}"
            self.fault("range", line, name, value=_shown(node), low=low, high=high)
            return None
        return float(value)

    def _text(self, node: yaml.Node, wanted: Field, name: str) -> str | None:
        value = _plain(node)
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST_TEXT:
            self.fault("text-wanted", node.start_mark.line + 1, name)
            return None
        return " ".join(value.split())

    def _choice(self, node: yaml.Node, wanted: Field, name: str) -> str | None:
        value = _plain(node)
        if value not in wanted.choices:
            line = node.start_mark.line + 1
            self.fault("choice", line, name, value=_shown(node), choices=list(wanted.choices))
            return None
        return str(value)

    def _truth(self, node: yaml.Node, wanted: Field, name: str) -> bool | None:
        value = _plain(node)
        if not isinstance(value, bool):
            self.fault("truth-wanted", node.start_mark.line + 1, name, value=_shown(node))
            return None
        return value

    def _day(self, node: yaml.Node, wanted: Field, name: str) -> Day | None:
        """One value for all hours, 24 of them, or spans of hours such as ``6-22: 20``."""
        before = len(self.findings)
        if isinstance(node, yaml.MappingNode):
            found = self._spans(node, wanted, name)
        elif isinstance(node, yaml.SequenceNode):
            found = [self._hour(each, wanted, name) for each in node.value]
        else:
            found = [self._hour(node, wanted, name)] * _HOURS
        if len(self.findings) > before:
            return None
        if len(found) != _HOURS:
            self.fault("day", node.start_mark.line + 1, name, count=len(found))
            return None
        return tuple(found)

    def _hour(self, node: yaml.Node, wanted: Field, name: str) -> float | None:
        # YAML reads a bare "off" as false.
        value = _plain(node)
        off = value is None or value is False or value == "off"  # and 0 is a number
        return None if off else self._number(node, wanted, name)

    def _spans(self, node: yaml.MappingNode, wanted: Field, name: str) -> list[float | None]:
        hours: list[float | None] = [None] * _HOURS
        for span, at, value in _entries(node):
            first, _, last = span.partition("-")
            if not (first.strip().isdigit() and last.strip().isdigit()):
                self.fault("span", at, name, value=span[:_SHOWN])
                continue
            begin, end = int(first), int(last)
            if not (begin < _HOURS and 0 < end <= _HOURS and begin != end):
                self.fault("span", at, name, value=span[:_SHOWN])
                continue
            given = self._hour(value, wanted, name)
            for hour in range(begin, end if end > begin else end + _HOURS):
                hours[hour % _HOURS] = given
        return hours


def compose(text: str) -> yaml.Node | None:
    """The tree of a text; ``yaml.YAMLError`` when there is none."""
    return yaml.compose(text, Loader=yaml.SafeLoader)


def _entries(node: yaml.MappingNode) -> Iterator[tuple[str, int, yaml.Node]]:
    for key, value in node.value:
        name = key.value if isinstance(key, yaml.ScalarNode) else ""
        yield str(name), key.start_mark.line + 1, value


def _plain(node: yaml.Node) -> Any:
    loader = yaml.SafeLoader("")
    try:
        return loader.construct_object(node, deep=True) if isinstance(node, yaml.ScalarNode) else {}
    except (yaml.YAMLError, ValueError, OverflowError):
        return {}
    finally:
        loader.dispose()


def _shown(node: yaml.Node) -> str:
    return str(node.value)[:_SHOWN] if isinstance(node, yaml.ScalarNode) else "{...}"
