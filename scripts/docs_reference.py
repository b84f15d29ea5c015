"""Reference tables, written from what commands, tables and factors declare.

A hook of mkdocs: a line ``<!-- vatra: commands -->`` in a page becomes the section of that name.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Sequence
from importlib import resources
from typing import Any

from vatra.cli import app
from vatra.factors import (
    GWP_SETS,
    Factor,
    Parameter,
    known_sets,
    potentials,
    shipped,
    shipped_parameters,
)
from vatra.sources.city_yaml import KEYS, REQUIRED
from vatra.tables import Column, Table, tables
from vatra.words import LANGUAGES, say, texts

PLACE = re.compile(r"^<!-- vatra: ([\w-]+) -->$", re.MULTILINE)
_EXAMPLE = re.compile(r"Example: \[bold\](?P<line>[^\[]+)\[/\]")
_UNKNOWN = "–"


def markdown_table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table whose cells hold no line breaks and no bars of their own."""
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join("| " + " | ".join(_cell(each) for each in row) + " |" for row in lines)


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return " ".join(text.split()).replace("|", "\\|")


# Commands ----------------------------------------------------------------------------------------


def command_tree() -> dict[str, Any]:
    """Every command by name (``blocks simulate`` within a group), as typer understands it."""
    from typer.main import get_command

    return _flat(get_command(app))


def _flat(group: Any, before: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in group.list_commands(None):
        command = group.get_command(None, name)
        within = hasattr(command, "commands")
        found |= _flat(command, f"{name} ") if within else {f"{before}{name}": command}
    return found


def example(command: Any) -> str:
    """The example line of a command, an empty text when it has none."""
    found = _EXAMPLE.search(command.help or "")
    return found["line"].strip() if found else ""


def options(command: Any) -> list[Any]:
    """Options of a command, without ``--help``."""
    return [
        each
        for each in command.params
        if each.param_type_name == "option" and each.name not in ("help", "version")
    ]


def arguments(command: Any) -> list[Any]:
    """Arguments of a command in their order."""
    return [each for each in command.params if each.param_type_name == "argument"]


def commands() -> str:
    """Every command with its arguments, options and an example."""
    return "\n\n".join(_command(name, each) for name, each in command_tree().items())


def _command(name: str, command: Any) -> str:
    given = " ".join(each.metavar or each.name.upper() for each in arguments(command))
    about = _EXAMPLE.sub("", command.help or "").strip()
    rows = [(f"`{each.metavar or each.name.upper()}`", each.help, _default(each))
            for each in arguments(command)]  # fmt: skip
    rows += [(f"`{_option(each)}`", each.help, _default(each)) for each in options(command)]
    parts = [
        f"## vatra {name}",
        about,
        f"```text\nvatra {name} {given} [OPTIONS]\n```",
        markdown_table(("argument or option", "meaning", "unless given"), rows),
        f"Example:\n\n```text\n{example(command)}\n```",
    ]
    return "\n\n".join(parts)


def _option(option: Any) -> str:
    value = option.metavar or {"form": "table|json|csv"}.get(option.name, option.name.upper())
    return option.opts[0] if option.is_flag else f"{option.opts[0]} {value}"


def _default(parameter: Any) -> str:
    if parameter.required:
        return "must be given"
    default = parameter.default
    if default is None or default is False:
        return ""
    return f"`{getattr(default, 'value', default)}`"


# Tables ------------------------------------------------------------------------------------------


def table_pages() -> str:
    """Every table with its columns, headings in both languages, and what they accept."""
    return "\n\n".join(_table(table) for table in tables().values())


def _table(table: Table) -> str:
    rows = [
        (
            f"`{column.name}`",
            table.heading(column, "en"),
            table.heading(column, "ro"),
            _accepts(column),
            "yes" if column.required else "",
            "yes" if column.key else "",
        )
        for column in table.columns
    ]
    needed = "A pack must have it." if table.required else "A pack may leave it out."
    headings = ("column", "heading", "titlu", "holds", "required", "in the key")
    return f"## {table.file_name}\n\n{needed}\n\n{markdown_table(headings, rows)}"


def _accepts(column: Column) -> str:
    if column.unit_column:
        return f"a number, in the unit of `{column.unit_column}`{_sign(column)}"
    if column.kind == "number":
        unit = f", {column.quantity.canonical}" if column.quantity else ""
        return f"a number{unit}{_sign(column)}"
    if column.choices:
        return ", ".join(f"`{choice}`" for choice in column.choices)
    kinds = {"text": "text", "code": "a code or a label of it", "year": "a year, four digits"}
    return kinds[column.kind]


def _sign(column: Column) -> str:
    return ", below zero too" if column.may_be_negative else ""


def vocabularies() -> str:
    """The codes of each closed list with their labels in both languages."""
    names = {column.vocabulary for table in tables().values() for column in table.columns}
    return "\n\n".join(_vocabulary(name) for name in sorted(names - {""}))


def _vocabulary(name: str) -> str:
    prefix = f"tables.{name}-"
    codes = [key.removeprefix(prefix) for key in texts() if key.startswith(prefix)]
    rows = [(f"`{code}`", say(prefix + code, "en"), say(prefix + code, "ro")) for code in codes]
    return f"### {name}\n\n{markdown_table(('code', 'English', 'română'), rows)}"


def units() -> str:
    """Units accepted at the door, by quantity."""
    from vatra.units import FUEL_UNITS, QUANTITIES

    rows = [
        (each.name, f"`{each.canonical}`", ", ".join(f"`{unit}`" for unit in each.accepted))
        for each in QUANTITIES.values()
    ]
    fuel = ", ".join(f"`{unit}`" for unit in FUEL_UNITS)
    rows.append(("energy of a fuel with known properties", "`MWh`", fuel))
    return markdown_table(("quantity", "kept as", "accepted"), rows)


def city_keys() -> str:
    """Every key of city.yaml with its meaning in both languages."""
    rows = [
        (
            f"`{key}`",
            *(say(f"sources.template-{key}", lang) for lang in reversed(LANGUAGES)),
            "yes" if key in REQUIRED else "",
        )
        for key in KEYS
    ]
    return markdown_table(("key", "meaning", "înțeles", "required"), rows)


# Factors -----------------------------------------------------------------------------------------


def factor_sets() -> str:
    """Every shipped factor, by set."""
    parts = []
    for name in known_sets():
        rows = [_factor(each) for each in shipped() if each.set == name]
        if rows:
            headings = ("carrier", "end use", "gas", "years", "amount", "t/MWh", "source", "doubt")
            parts.append(f"### {name}\n\n{markdown_table(headings, rows)}")
    return "\n\n".join(parts)


def _factor(factor: Factor) -> tuple[str, ...]:
    years = "always"
    if factor.year_from is not None:
        last = factor.year_to or factor.year_from
        years = str(last) if last == factor.year_from else f"{factor.year_from}–{last}"
    doubt = "; ".join(part for part in (factor.doubt, factor.note) if part)
    value = f"{factor.value_t_per_mwh:.8f}".rstrip("0").rstrip(".")
    amount = f"{factor.amount} {factor.unit}"
    source = _source(factor.source, factor.page)
    return (factor.carrier, factor.end_use, factor.gas, years, amount, value, source, doubt)


def _source(source: str, page: str) -> str:
    if not page:
        return source
    return f"{source}, page {page}" if page[0].isdigit() else f"{source}, {page}"


def parameters() -> str:
    """Every shipped parameter, by what it is about: the part of its name before the dot."""
    subjects: dict[str, list[Parameter]] = {}
    for each in shipped_parameters():
        subjects.setdefault(each.name.partition(".")[0], []).append(each)
    headings = ("parameter", "of", "value", "95 % interval or range", "set", "source", "note")
    return "\n\n".join(
        f"### {subject.replace('_', ' ')}\n\n{markdown_table(headings, map(_parameter, rows))}"
        for subject, rows in sorted(subjects.items())
    )


def _parameter(row: Parameter) -> tuple[str, ...]:
    known = row.low is not None and row.high is not None
    years = "" if row.year_from is None else f" ({row.year_from}–{row.year_to or row.year_from})"
    return (
        f"`{row.name}`",
        f"{row.key}{years}",
        f"{row.value:g} {row.unit}",
        f"{row.low:g} to {row.high:g}" if known else _UNKNOWN,
        row.set,
        _source(row.source, row.page),
        row.note,
    )


def gwp_sets() -> str:
    """Potentials by set and gas."""
    gases = ("CO2", "CH4", "N2O", "SF6", "NF3")
    rows = [
        (f"`{name}`", *(f"{potentials(name)[gas]:g}" if gas in potentials(name) else _UNKNOWN
                        for gas in gases))
        for name in GWP_SETS
    ]  # fmt: skip
    return markdown_table(("set", *gases), rows)


def fuel_properties() -> str:
    """Density, calorific values and the ratio of net to gross, by fuel."""
    file = resources.files("vatra.factors") / "data" / "fuel_properties.csv"
    headings = ("carrier", "property", "amount", "unit", "source", "doubt")
    with file.open(encoding="utf-8") as stream:
        rows = [
            (
                row["carrier"],
                row["property"].replace("_", " "),
                row["amount"],
                row["unit"],
                _source(row["source"], row["page"]),
                "; ".join(part for part in (row["doubt"], row["note"]) if part),
            )
            for row in csv.DictReader(stream)
        ]
    return markdown_table(headings, rows)


SECTIONS: dict[str, Callable[[], str]] = {
    "commands": commands,
    "tables": table_pages,
    "vocabularies": vocabularies,
    "units": units,
    "city-keys": city_keys,
    "factor-sets": factor_sets,
    "parameters": parameters,
    "gwp-sets": gwp_sets,
    "fuel-properties": fuel_properties,
}


def fill(markdown: str) -> str:
    """A page with its sections in place; raises ``KeyError`` for one that does not exist."""
    return PLACE.sub(lambda found: SECTIONS[found[1]](), markdown)


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Hook of mkdocs: called for every page."""
    return fill(markdown)
