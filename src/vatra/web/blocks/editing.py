"""A table of changes as a visitor hands it in, and what it would do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.http import HttpRequest, QueryDict

from vatra.plans.blocks import simulate
from vatra.runs.publish import PACK
from vatra.runs.stock_edit import FILE, Change, Edit, chosen_csv, edit_buildings, editable_columns
from vatra.tables import label, tables
from vatra.web.blocks.filters import Filter
from vatra.web.blocks.folders import Held
from vatra.web.cities.models import City
from vatra.words import Language, number, say

LARGEST_BYTES = 1_000_000
# More differences than these are counted, not listed.
SHOWN = 300
PASTED = "text"
# What people most often know better than the type.
USUAL_COLUMNS = ("built", "storeys_count", "flats_count", "heated_m2")


class TooLarge(ValueError):
    """What was handed in is larger than a table of buildings can be."""


@dataclass(frozen=True)
class ColumnChoice:
    """A column that may be changed."""

    name: str
    words: str
    chosen: bool


@dataclass(frozen=True)
class Difference:
    """One cell before and after, as people read it."""

    building: str
    column: str
    before: str
    after: str
    line: int


@dataclass(frozen=True)
class Effect:
    """The need of the buildings before and after a change [Wh a year], and of how many."""

    before_wh: int
    after_wh: int


def column_choices(query: QueryDict, lang: Language) -> list[ColumnChoice]:
    """Every column, the asked ones chosen; the usual ones where none is asked for."""
    asked = [each for each in query.getlist("column") if each in editable_columns()]
    table, chosen = tables()["buildings"], asked or list(USUAL_COLUMNS)
    return [
        ColumnChoice(name, table.heading(table.by_name[name], lang), name in chosen)
        for name in editable_columns()
    ]


def columns_csv(city: City, held: Held, query: QueryDict) -> str:
    """The chosen columns of the buildings that fit, as they stand."""
    chosen = [each.name for each in column_choices(query, "en") if each.chosen]
    places = Filter.of(query).places(held)
    codes = [held.stock.buildings[at].code for at in places]
    return chosen_csv(pack_of(city), chosen, codes)


def pack_of(city: City) -> Path:
    """The folder of a city's source files."""
    return Path(city.folder) / PACK


def given(request: HttpRequest) -> bytes:
    """What the form holds: a file, else the pasted table. Raises ``TooLarge``."""
    file = request.FILES.get("file")
    content = (
        file.read(LARGEST_BYTES + 1)
        if file is not None
        else request.POST.get(PASTED, "").encode("utf-8", "replace")
    )
    if len(content) > LARGEST_BYTES:
        raise TooLarge
    return content


def edited(city: City, content: bytes) -> Edit:
    """What the table would do to the city's buildings."""
    return edit_buildings(pack_of(city), content, FILE)


def differences(edit: Edit, lang: Language) -> list[Difference]:
    """The first cells that differ."""
    table = tables()["buildings"]
    return [
        Difference(
            each.building,
            table.heading(table.by_name[each.column], lang),
            _words(each, each.before, lang),
            _words(each, each.after, lang),
            each.line,
        )
        for each in edit.changes[:SHOWN]
    ]


def _words(change: Change, value: str | int | float | None, lang: Language) -> str:
    if value is None:
        return say("web.blocks.blank", lang)
    column = tables()["buildings"].by_name[change.column]
    if column.vocabulary:
        return label(column.vocabulary, str(value), lang)
    if column.kind == "number":
        return number(float(value), lang)
    return str(value)


def effect(held: Held, edit: Edit) -> Effect | None:
    """What the change does to the need of the buildings it touches; None where it cannot be."""
    if not edit.ok or edit.stock is None or not edit.changes:
        return None
    touched = {each.building for each in edit.changes}
    zones = [
        zone
        for zone, building in zip(edit.stock.zones(), edit.stock.buildings, strict=True)
        if building.code in touched
    ]
    if not zones:
        return None
    after = simulate(zones, held.climate, "rc5", free_float=False)
    before = sum(held.heating_wh[held.places[code]] for code in _sorted(touched, held))
    return Effect(before, int(after.heating_wh.sum()))


def _sorted(codes: set[str], held: Held) -> Sequence[str]:
    return sorted(each for each in codes if each in held.places)
