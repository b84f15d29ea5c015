"""What a mapping still lacks, said at the field of the form where it is to be said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from vatra.tables import Finding, fold
from vatra.web.evidence.mapping_form import MappingForm
from vatra.web.evidence.mapping_read import is_line
from vatra.web.evidence.wording import LINES, Wording

MOST_FAULTS = 40
NO_COLUMNS = "sources.mapping-no-columns"


@dataclass(frozen=True)
class Fault:
    """``row`` names the field beside which it stands: one of our columns, ``wide``,
    ``heading_row``, ``last_row`` or ``numbers``; empty where it is of the text or the whole file.
    ``field`` is the id of what a person changes."""

    words: str
    row: str = ""
    field: str = ""


def faults_of(
    findings: Iterable[Finding], form: MappingForm | None, wording: Wording
) -> list[Fault]:
    """All faults of a mapping, each once."""
    found: list[Fault] = []
    findings = list(findings)
    if any(each.code == "sources.mapping-incomplete" for each in findings):
        # What is missing is then said one by one.
        findings = [each for each in findings if each.code != NO_COLUMNS]
    for finding in findings:
        code = finding.code.partition(".")[2]
        if form is None or code not in _SAID:
            found.append(_at_column(finding, form, wording))
        else:
            found += _SAID[code](finding, form, wording)
    return list(dict.fromkeys(found))[:MOST_FAULTS]


def faults_of_lines(post: QueryDict, wording: Wording) -> list[Fault]:
    """Numbers of lines that are none: the form would otherwise read on as if nothing was said."""
    found = []
    for name in LINES:
        parts = [part for part in post.get(name, "").split(",") if part.strip()]
        wrong = [part for part in parts if not is_line(part)]
        if wrong or (name == "last_row" and len(parts) > 1):
            finding = Finding("sources.mapping-rows", "error", params={"key": name})
            found.append(Fault(wording.message(finding), name, name))
    return found


def _at_column(finding: Finding, form: MappingForm | None, wording: Wording) -> Fault:
    """Beside the column it is about, where the form has that."""
    key = str(finding.params.get("key", ""))
    if key in LINES:
        return Fault(wording.message(finding), key, key)
    name = finding.column
    shown = form is not None and any(row.column.name == name for row in form.rows)
    return Fault(wording.message(finding), name if shown else "", f"from-{name}" if shown else "")


def _named(finding: Finding) -> str:
    """The column of ours that a key such as ``columns.sector.values`` is of."""
    parts = str(finding.params.get("key", finding.column)).split(".")
    return parts[1] if parts[0] == "columns" and len(parts) > 1 else ""


def _incomplete(finding: Finding, form: MappingForm, wording: Wording) -> list[Fault]:
    return [
        Fault(wording.message(finding, column=wording.ours(name)), name, f"from-{name}")
        for name in finding.params["columns"]
    ]


def _blank(finding: Finding, form: MappingForm, wording: Wording) -> list[Fault]:
    """A constant, words of a column of theirs, or columns of a wide file without our value."""
    name = _named(finding)
    blank = list(finding.params["values"])
    if not name and form.wide is not None:
        first = next((each.name for each in form.wide.values if not each.ours), "")
        words = _say(finding, wording, "said-wide-blank", form.wide.into, values=blank)
        return [Fault(words, "wide", first)]
    row = next((each for each in form.rows if each.column.name == name), None)
    if row is None or not row.values:
        words = _say(finding, wording, "said-constant-blank", name)
        return [Fault(words, name, f"constant-{name}")]
    first = next((each.name for each in row.values if not each.ours), f"from-{name}")
    return [Fault(_say(finding, wording, "said-values-blank", name, values=blank), name, first)]


def _wrong(finding: Finding, form: MappingForm, wording: Wording) -> list[Fault]:
    """Values that are no code of ours: the form lists them as not yet chosen."""
    name = _named(finding)
    row = next((each for each in form.rows if each.column.name == name), None)
    wrong = set(finding.params["values"])
    first = next((v.name for v in row.values if v.ours in wrong), "") if row else ""
    shown = [f"'{each}'" for each in finding.params["values"]]
    words = _say(finding, wording, "said-values-wrong", name, values=shown)
    return [Fault(words, name, first or f"from-{name}")]


def _source(finding: Finding, form: MappingForm, wording: Wording) -> list[Fault]:
    name = _named(finding)
    return [Fault(_say(finding, wording, "said-source", name), name, f"from-{name}")]


def _heading(finding: Finding, form: MappingForm, wording: Wording) -> list[Fault]:
    """A column of theirs that is not there, or twice: beside every column of ours it is for."""
    heading = str(finding.params["heading"])
    found = [
        Fault(wording.message(finding, column=wording.ours(name)), name, f"from-{name}")
        for name in wording.columns
        if wording.theirs(name) == heading
    ]
    if form.wide is not None:
        found += [
            Fault(wording.message(finding, column=form.wide.heading), "wide", each.name)
            for each in form.wide.values
            if each.theirs == heading
        ]
    return found or [Fault(wording.message(finding))]


def _no_headings(finding: Finding, form: MappingForm, wording: Wording) -> list[Fault]:
    return [Fault(wording.message(finding), "heading_row", "heading_row")]


def _unknown_value(finding: Finding, form: MappingForm, wording: Wording) -> list[Fault]:
    """At the value itself where the form asks for it."""
    name = finding.column
    theirs = fold(str(finding.params.get("value", "")))
    row = next((each for each in form.rows if each.column.name == name), None)
    at = next((v.name for v in row.values if fold(v.theirs) == theirs), "") if row else ""
    if row is None:
        return [Fault(wording.message(finding))]
    return [Fault(wording.message(finding), name, at or f"from-{name}")]


def _numbers(finding: Finding, form: MappingForm, wording: Wording) -> list[Fault]:
    return [Fault(wording.message(finding), "numbers", "numbers")]


def _unit(finding: Finding, form: MappingForm, wording: Wording) -> list[Fault]:
    name = str(finding.params["column"])
    amount = form.table.by_name.get(str(finding.params["amount"]))
    units = list(amount.quantity.accepted)[:4] if amount and amount.quantity else ["MWh"]
    return [Fault(wording.message(finding, units=units), name, f"from-{name}")]


def _say(finding: Finding, wording: Wording, key: str, name: str, **params: Any) -> str:
    said = Finding(f"web.evidence.{key}", finding.severity, finding.file, column=name)
    return wording.message(said, column=wording.ours(name), **params)


_SAID: dict[str, Callable[[Finding, MappingForm, Wording], Sequence[Fault]]] = {
    "mapping-incomplete": _incomplete,
    "mapping-values-blank": _blank,
    "mapping-values-wrong": _wrong,
    "mapping-source": _source,
    "mapping-heading-missing": _heading,
    "mapping-heading-twice": _heading,
    "mapping-no-headings": _no_headings,
    "mapping-value-unmapped": _unknown_value,
    "choice-unknown": _unknown_value,
    "mapping-numbers-ambiguous": _numbers,
    "mapping-unit-unsaid": _unit,
}
