"""``city.yaml`` as a form: each assumption with its explanation; the rest of the file stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml
from django.http import QueryDict

from vatra.factors import known_parameter_sets, known_sets
from vatra.sources.city_yaml import FILE_NAME, GWP_SETS, KEYS, REQUIRED, parse_city
from vatra.tables.numbers import STYLES
from vatra.tables.vocabulary import CLIMATES, GASES
from vatra.words import Language, has, say

# The address of the city hangs on it.
FIXED = ("code",)
LISTS = ("gases", "languages", "factor_sets")
CHOICES: dict[str, tuple[str, ...]] = {
    "gwp_set": GWP_SETS,
    "numbers": STYLES,
    "climate": CLIMATES,
    "synthetic": ("true", "false"),
}
LONG = ("source", "note")
LONGEST = 2_000


@dataclass(frozen=True)
class CityField:
    """One assumption: its text now, what it means, what may stand there."""

    key: str
    words: str
    hint: str
    text: str
    required: bool
    options: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    is_long: bool = False
    is_fixed: bool = False
    faults: tuple[str, ...] = ()


@dataclass(frozen=True)
class CityForm:
    """The texts of a form laid over those of a file."""

    content: str
    given: Mapping[str, str]
    faults: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether the file may be written."""
        return not self.faults

    def fields(self, lang: Language) -> list[CityField]:
        """Every key in the order of the file's template."""
        return [_field(key, self.given.get(key, ""), self.faults.get(key, ()), lang)
                for key in KEYS]  # fmt: skip


def form_of(content: str, sent: QueryDict | None, lang: Language) -> CityForm:
    """The form of a file, with what was sent; its ``content`` is the file as it would be."""
    texts = texts_of(content)
    if sent is None:
        return CityForm(content, texts)
    given = {key: _clean(sent.get(key, texts.get(key, ""))) for key in KEYS if key not in FIXED}
    changed = {key: text for key, text in given.items() if text != texts.get(key, "")}
    new = written(content, changed)
    faults: dict[str, list[str]] = {}
    _, findings = parse_city(new)
    for each in findings:
        if each.severity == "error":
            place = each.column or _named(each.params.get("keys"))
            words = say(each.code, lang, **each.params)
            faults.setdefault(place, []).append(words[:1].upper() + words[1:])
    shown = {**{key: texts.get(key, "") for key in FIXED}, **given}
    return CityForm(new, shown, {key: tuple(each) for key, each in faults.items()})


def _named(keys: Any) -> str:
    return str(keys[0]) if isinstance(keys, list) and keys else ""


def _clean(text: str) -> str:
    return " ".join(text.split())[:LONGEST]


def texts_of(content: str) -> dict[str, str]:
    """The values of a file as a form shows them: lists with commas, truths as true and false."""
    try:
        node = yaml.compose(content, Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        return {}
    if not isinstance(node, yaml.MappingNode):
        return {}
    return {str(key.value): _text(value) for key, value in node.value}


def _text(node: yaml.Node) -> str:
    if isinstance(node, yaml.SequenceNode):
        return ", ".join(str(each.value) for each in node.value)
    return " ".join(str(node.value).split()) if isinstance(node, yaml.ScalarNode) else ""


def written(content: str, changed: Mapping[str, str]) -> str:
    """The file with some values changed; comments and all other lines stay as they are."""
    lines = content.split("\n")
    spans = _spans(content)
    new = [f"{key}: {_value(key, text)}" for key, text in changed.items()
           if key not in spans and text]  # fmt: skip
    for key in sorted(
        (each for each in changed if each in spans), key=lambda each: -spans[each][0]
    ):
        first, last = spans[key]
        text = changed[key]
        lines[first : last + 1] = [f"{key}: {_value(key, text)}"] if text else []
    while lines and not lines[-1].strip():
        lines.pop()
    return "\n".join([*lines, *new]) + "\n"


def _spans(content: str) -> dict[str, tuple[int, int]]:
    """First and last line of each key with its value, counted from 0."""
    node = yaml.compose(content, Loader=yaml.SafeLoader)
    if not isinstance(node, yaml.MappingNode):
        return {}
    found = {}
    listed = content.split("\n")
    for key, value in node.value:
        end = value.end_mark
        last = end.line if end.column else max(end.line - 1, key.start_mark.line)
        # A text over several lines ends before the blank lines and remarks that follow it.
        while last > key.start_mark.line and _is_between(listed, last):
            last -= 1
        found[str(key.value)] = (key.start_mark.line, last)
    return found


def _is_between(lines: list[str], at: int) -> bool:
    return at >= len(lines) or not lines[at].strip() or lines[at].startswith("#")


def _value(key: str, text: str) -> str:
    """A value as YAML says it: a list, a bare number or truth, or a text in quotes where needed."""
    value: Any = text
    if key in LISTS and text != "all":
        # In brackets as YAML writes a list, or without.
        value = [each.strip() for each in text.strip("[] ").split(",") if each.strip()]
    elif key == "synthetic" and text in ("true", "false"):
        value = text == "true"
    elif text.isascii() and text.isdigit():
        value = int(text)
    dumped = yaml.safe_dump(value, allow_unicode=True, width=10**6, default_flow_style=True)
    return dumped.removesuffix("\n...\n").strip()


def _field(key: str, text: str, faults: tuple[str, ...], lang: Language) -> CityField:
    known = (*known_sets(), *known_parameter_sets()) if key == "factor_sets" else ()
    words = f"web.editing.city-{key.replace('_', '-')}"
    hint = f"sources.template-{key}"
    return CityField(
        key,
        say(words, lang) if has(words) else key.replace("_", " ").capitalize(),
        say(hint, lang) if has(hint) else "",
        text,
        key in REQUIRED,
        CHOICES.get(key, ()),
        ("all", *GASES) if key == "gases" else tuple(dict.fromkeys(known)),
        key in LONG,
        key in FIXED,
        faults,
    )


__all__ = ["FILE_NAME", "CityField", "CityForm", "form_of", "texts_of", "written"]
