"""The first steps of a city: its settings, its energy, a draft without errors, actions, money."""

from __future__ import annotations

from collections.abc import Iterable

from vatra.sources.city_yaml import FILE_NAME, parse_city
from vatra.sources.city_yaml import City as Settings
from vatra.web.base.tables import PPM
from vatra.web.cities.models import City
from vatra.web.workspace.models import Version
from vatra.web.workspace.packs import computed, is_computed
from vatra.web.workspace.queries import sheet_of, text_of
from vatra.web.workspace.sheet import Sheet, Unreadable
from vatra.web.workspace.steps import Step, first_address
from vatra.words import Language, say

# Where cells are changed, and where a spreadsheet is handed in; findings stand in for both.
_TABLE = ("editing:table", "editing:tables", "workspace:findings")
_HAND_IN = ("evidence:uploads", *_TABLE)
_SETTINGS = ("editing:city", "editing:tables", "workspace:findings")


def steps(city: City, head: Version, lang: Language) -> list[Step]:
    """From settings to money, in the order in which one needs the other."""
    about, findings = parse_city(text_of(head, FILE_NAME))
    year = about.base_year if about else city.base_year
    energy = _rows_of_year(_sheet(head, "energy"), year)
    actions = _count(head, "actions") or _count(head, "measures")
    return [
        _settings(city, about, sum(each.severity == "error" for each in findings), lang),
        _energy(city, year, energy, lang),
        _clean(city, head, energy, lang),
        _actions(city, actions, energy, lang),
        _money(city, head, actions, lang),
    ]


def _settings(city: City, about: Settings | None, faults: int, lang: Language) -> Step:
    url = first_address(_SETTINGS, lang, city.slug)
    name = say("web.workspace.step-settings", lang)
    if about is None or faults:
        words = say("web.workspace.step-settings-faults", lang, count=max(faults, 1))
        return Step(10, name, words, url, "open")
    if about.target_cut_ppm is None:
        # A first figure needs no target; a plan does.
        return Step(35, name, say("web.workspace.step-settings-no-target", lang), url, "open")
    if about.by_default:
        # A draft computes with what was filled in; it should be looked at before it is shown.
        return Step(36, name, say("web.workspace.step-settings-check", lang), url, "open")
    words = say(
        "web.workspace.step-settings-done",
        lang,
        cut=about.target_cut_ppm / PPM,
        base=about.base_year,
        target=about.target_year,
    )
    return Step(10, name, words, url, "done")


def _energy(city: City, year: int, count: int | None, lang: Language) -> Step:
    url = first_address(_HAND_IN, lang, city.slug)
    name = say("web.workspace.step-energy", lang, year=year)
    if count is None:
        return Step(20, name, say("web.workspace.step-energy-unreadable", lang), url, "open")
    if not count:
        return Step(20, name, say("web.workspace.step-energy-none", lang, year=year), url, "open")
    words = say("web.workspace.step-energy-done", lang, count=count, year=year)
    return Step(20, name, words, first_address(_TABLE, lang, city.slug, "energy"), "done")


def _clean(city: City, head: Version, energy: int | None, lang: Language) -> Step:
    url = first_address(("workspace:findings",), lang, city.slug)
    name = say("web.workspace.step-clean", lang)
    if not energy:
        why = say("web.workspace.step-needs-energy", lang)
        return Step(30, name, say("web.workspace.step-clean-means", lang), url, "blocked", why)
    if not is_computed(head):
        name = say("web.workspace.step-compute", lang)
        return Step(30, name, say("web.workspace.step-compute-means", lang), url, "open")
    errors = sum(each.severity == "error" for each in computed(head).findings)
    if errors:
        words = say("web.workspace.step-clean-errors", lang, count=errors)
        return Step(30, name, words, url, "open")
    return Step(30, name, say("web.workspace.step-clean-done", lang), url, "done")


def _actions(city: City, count: int, energy: int | None, lang: Language) -> Step:
    url = first_address(_TABLE, lang, city.slug, "actions")
    name = say("web.workspace.step-actions", lang)
    if count:
        return Step(
            40, name, say("web.workspace.step-actions-done", lang, count=count), url, "done"
        )
    words = say("web.workspace.step-actions-means", lang)
    if not energy:
        why = say("web.workspace.step-needs-energy", lang)
        return Step(40, name, words, url, "blocked", why)
    return Step(40, name, words, url, "open")


def _money(city: City, head: Version, actions: int, lang: Language) -> Step:
    name = say("web.workspace.step-money", lang)
    if not actions:
        url = first_address(_TABLE, lang, city.slug, "financing")
        why = say("web.workspace.step-needs-actions", lang)
        return Step(50, name, say("web.workspace.step-money-means", lang), url, "blocked", why)
    costs, sources = _costed(head), _count(head, "funding") or _count(head, "financing")
    if costs and sources:
        url = first_address(_TABLE, lang, city.slug, "financing")
        words = say("web.workspace.step-money-done", lang, count=costs)
        return Step(50, name, words, url, "done")
    missing = "costs" if not costs else "sources"
    table = "actions" if not costs else "funding"
    words = say(f"web.workspace.step-money-no-{missing}", lang)
    return Step(50, name, words, first_address(_TABLE, lang, city.slug, table), "open")


def _costed(head: Version) -> int:
    """How many actions, or measures as printed, carry a cost."""
    return _filled(head, "actions", ("unit_capex", "catalogue")) or _filled(
        head, "measures", ("cost_eur",)
    )


def _filled(head: Version, table: str, columns: Iterable[str]) -> int:
    sheet = _sheet(head, table)
    rows = sheet.rows if sheet else ()
    return sum(any(row.get(name, "").strip() for name in columns) for row in rows)


def _count(head: Version, table: str) -> int:
    sheet = _sheet(head, table)
    return len(sheet.rows) if sheet else 0


def _rows_of_year(sheet: Sheet | None, year: int) -> int | None:
    """Rows of a year; None where the rows cannot be told apart."""
    if sheet is None:
        return None
    return sum(row.get("year", "").strip() == str(year) for row in sheet.rows)


def _sheet(head: Version, table: str) -> Sheet | None:
    try:
        return sheet_of(head, table)
    except Unreadable:
        return None
