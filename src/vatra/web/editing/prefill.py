"""What a new row begins with: another row, a measure of the catalogue, what the address says."""

from __future__ import annotations

from django.http import QueryDict

from vatra.plans.catalogue import catalogue
from vatra.sources.city_yaml import FILE_NAME, parse_city
from vatra.web.editing.cells import LONGEST
from vatra.web.editing.place import Place
from vatra.web.workspace.queries import text_of
from vatra.words import say

ROW = "from"
MOST_DIGITS = 9


def prefilled(place: Place, query: QueryDict) -> dict[str, str]:
    """The texts of a new row; columns that the table does not have are left out."""
    texts = _of_row(place, query.get(ROW, ""))
    for column in place.table.columns:
        given = " ".join(query.get(column.name, "").split())[:LONGEST]
        if given and given.isprintable():
            texts[column.name] = given
    if place.name == "actions" and texts.get("catalogue"):
        texts = _of_catalogue(place, texts["catalogue"]) | texts
    return texts


def _of_row(place: Place, line: str) -> dict[str, str]:
    if not line.isascii() or not line.isdigit() or len(line) > MOST_DIGITS:
        return {}
    return dict(place.seen().row(int(line)) or {})


def _of_catalogue(place: Place, name: str) -> dict[str, str]:
    """A measure as the catalogue knows it: a code that is free, the first year of the plan."""
    entry = catalogue().get(name)
    if entry is None:
        return {}
    city, _ = parse_city(text_of(place.head, FILE_NAME))
    taken = {row.get("code", "").strip() for row in place.ground().sheet.rows}
    source = say("web.editing.from-catalogue", place.lang, name=entry.name(place.lang))
    found = {"code": free_code(taken), "level_percent": "100", "source": source}
    if city is not None:
        found["start_year"] = str(city.first_plan_year)
    return found


def free_code(taken: set[str]) -> str:
    """A short code that no measure of the plan has yet: N1, N2, ..."""
    return next(f"N{n}" for n in range(1, len(taken) + 2) if f"N{n}" not in taken)
