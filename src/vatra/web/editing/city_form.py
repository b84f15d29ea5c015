"""``city.yaml`` as a form: each assumption with its explanation; the rest of the file stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import yaml
from django.http import QueryDict

from vatra.sources.city_yaml import BY_DEFAULT, FILE_NAME, KEYS, REQUIRED, parse_city
from vatra.tables.vocabulary import GASES
from vatra.web.editing.city_choices import Options, options_of
from vatra.words import LANGUAGES, Language, has, say

# The address of the city hangs on it.
FIXED = ("code",)
# Several of a list, whose order says nothing or which stands in the list already.
MARKED = {"gases": GASES, "languages": LANGUAGES}
ORDERED = ("factor_sets",)
LISTS = (*MARKED, *ORDERED, BY_DEFAULT)
SELECTS = ("country", "gwp_set", "numbers", "climate", "synthetic")
LONG = ("source", "note")
# The name of the marks that say: somebody looked at what was filled in.
CHECKED = "checked"
# Empty places behind the sets that are asked.
MORE_PLACES = 2
Kind = Literal["text", "long", "fixed", "select", "marks", "order", "suggest"]
LONGEST = 2_000


@dataclass(frozen=True)
class CityField:
    """One assumption: its text now, what it means, what may stand there.

    ``options`` (code, name) of what can be chosen; ``is_unchecked`` when it was filled in for the
    city and nobody looked at it yet.
    """

    key: str
    words: str
    hint: str
    text: str
    required: bool
    kind: Kind = "text"
    options: Options = ()
    faults: tuple[str, ...] = ()
    is_unchecked: bool = False

    @property
    def codes(self) -> list[str]:
        """What is chosen now, in its order; a list that is left open holds all."""
        if self.key in MARKED and self.text in ("", "all"):
            return list(MARKED[self.key])
        return _parts(self.text) if self.kind in ("marks", "order") else [self.text]

    @property
    def places(self) -> list[str]:
        """What stands in each place of an ordered list, and a few places more."""
        return [*self.codes, *[""] * MORE_PLACES]

    @property
    def odd(self) -> list[str]:
        """Codes that stand in the file and that no list knows: they can be kept."""
        known = {code for code, _ in self.options}
        return [each for each in self.codes if each and each not in known]

    @property
    def is_group(self) -> bool:
        """Whether it is filled in with more than one input."""
        return self.kind in ("marks", "order")

    @property
    def about(self) -> str:
        """Ids of what describes its input."""
        faults = f"y-{self.key}-faults " if self.faults else ""
        return f"{faults}y-{self.key}-hint"

    @property
    def shown(self) -> str:
        """The value in words."""
        return self.named(self.text)

    def named(self, text: str) -> str:
        """A text of this field in words: names for codes."""
        if not text or not self.options:
            return text
        names = dict(self.options)
        if self.kind == "suggest":
            name = names.get(text.upper())
            return f"{text} ({name})" if name else text
        codes = list(MARKED.get(self.key, ())) if text == "all" else _parts(text)
        return ", ".join(names.get(each, each) for each in codes)


def _parts(text: str) -> list[str]:
    """The parts of a list, in brackets as YAML writes it or without."""
    return [each.strip() for each in text.strip("[] ").split(",") if each.strip()]


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

    def fields(self, lang: Language, own_sets: Iterable[str] = ()) -> list[CityField]:
        """Every key in the order of the file's template; ``own_sets`` of the city's tables."""
        unchecked, own = _parts(texts_of(self.content).get(BY_DEFAULT, "")), tuple(own_sets)
        return [
            _field(
                key,
                self.given.get(key, ""),
                self.faults.get(key, ()),
                key in unchecked,
                lang,
                own,
            )
            for key in KEYS
            if key != BY_DEFAULT
        ]


def form_of(content: str, sent: QueryDict | None, lang: Language) -> CityForm:
    """The form of a file, with what was sent; its ``content`` is the file as it would be."""
    texts = texts_of(content)
    if sent is None:
        return CityForm(content, texts)
    given = {key: _sent(key, sent, texts) for key in KEYS if key not in (*FIXED, BY_DEFAULT)}
    given[BY_DEFAULT] = _still_unchecked(sent, texts, given)
    changed = {key: text for key, text in given.items() if text != texts.get(key, "")}
    new = written(content, changed)
    faults: dict[str, list[str]] = {}
    _, findings = parse_city(new)
    for each in findings:
        if each.severity == "error":
            place = each.column or _named(each.params.get("keys"))
            words = say(each.code, lang, **{**each.params, "key": _label(place, lang)})
            faults.setdefault(place, []).append(words[:1].upper() + words[1:])
    shown = {**{key: texts.get(key, "") for key in FIXED}, **given}
    return CityForm(new, shown, {key: tuple(each) for key, each in faults.items()})


def _named(keys: Any) -> str:
    return str(keys[0]) if isinstance(keys, list) and keys else ""


def _sent(key: str, sent: QueryDict, texts: Mapping[str, str]) -> str:
    """What was sent for a key; a list that says the same as before stays as it was written."""
    old = texts.get(key, "")
    if key not in sent:
        return old
    if key not in LISTS:
        return _clean(str(sent[key]))
    codes = [part for each in sent.getlist(key) for part in _parts(_clean(each))]
    # A set that is chosen twice is asked once, in its first place.
    codes = list(dict.fromkeys(codes))
    if key not in MARKED or codes == ["all"]:
        return ", ".join(codes)
    whole = MARKED[key]
    before = whole if old in ("", "all") else _parts(old)
    if set(codes) == set(before):
        return old
    return "all" if key == "gases" and set(codes) == set(whole) else ", ".join(codes)


def _still_unchecked(sent: QueryDict, texts: Mapping[str, str], given: Mapping[str, str]) -> str:
    """Keys filled in for the city that were neither changed now nor marked as checked."""
    seen = set(sent.getlist(CHECKED))
    return ", ".join(
        key
        for key in _parts(texts.get(BY_DEFAULT, ""))
        if key not in seen and given.get(key, "") == texts.get(key, "")
    )


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
        value = _parts(text)
    elif key == "synthetic" and text in ("true", "false"):
        value = text == "true"
    elif text.isascii() and text.isdigit():
        value = int(text)
    dumped = yaml.safe_dump(value, allow_unicode=True, width=10**6, default_flow_style=True)
    return dumped.removesuffix("\n...\n").strip()


def _field(
    key: str,
    text: str,
    faults: tuple[str, ...],
    is_unchecked: bool,
    lang: Language,
    own_sets: tuple[str, ...],
) -> CityField:
    words = f"web.editing.city-{key.replace('_', '-')}"
    own, shared = f"{words}-hint", f"sources.template-{key}"
    hint = own if has(own) else shared
    return CityField(
        key,
        _label(key, lang),
        say(hint, lang) if has(hint) else "",
        text,
        key in REQUIRED,
        _kind(key),
        options_of(key, lang, own_sets),
        faults,
        is_unchecked,
    )


def _label(key: str, lang: Language) -> str:
    """What a key is called."""
    words = f"web.editing.city-{key.replace('_', '-')}"
    return say(words, lang) if has(words) else key.replace("_", " ").capitalize()


def _kind(key: str) -> Kind:
    if key in FIXED:
        return "fixed"
    if key in MARKED:
        return "marks"
    if key in ORDERED:
        return "order"
    if key in SELECTS:
        return "select"
    if key in LONG:
        return "long"
    return "suggest" if key == "region" else "text"


__all__ = ["FILE_NAME", "CityField", "CityForm", "form_of", "texts_of", "written"]
