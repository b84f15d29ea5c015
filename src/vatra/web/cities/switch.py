"""The factor switch: the same rows under other factors or potentials, beside the city's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from django.http import QueryDict

from vatra.factors import DEFAULT_SETS, GWP_SETS, known_parameter_sets, known_sets
from vatra.runs.inventory import inventory
from vatra.runs.pack import override
from vatra.tables import Finding, has_errors, label
from vatra.tables.vocabulary import FACTOR_GASES
from vatra.web.base.tables import Cell, Column, Row, Table
from vatra.web.cities import folders
from vatra.web.cities.facts import share_ppm
from vatra.web.cities.figures import Figures
from vatra.web.cities.forms import FIELD, WhatIf
from vatra.web.cities.naming import set_words
from vatra.words import Language, say

SWITCHES_KEPT = 16
_GIVEN = ("override",)


@dataclass(frozen=True)
class Switch:
    """What a visitor asks to change: a factor of electricity, the potentials, the first set.

    ``unknown`` names a field whose value does not exist, with the value.
    """

    year: int
    electricity: WhatIf
    gwp_set: str = ""
    first_set: str = ""
    unknown: tuple[str, str] | None = None

    @classmethod
    def of(cls, query: QueryDict, figures: Figures, year: int, lang: Language) -> Switch:
        """The switch of an address; a blank field changes nothing."""
        given = WhatIf() if not str(query.get(FIELD, "")).strip() else WhatIf.of(query, lang)
        gwp, first = (str(query.get(name, "")).strip() for name in ("gwp", "first"))
        unknown = None
        if gwp and gwp not in GWP_SETS:
            unknown, gwp = ("gwp", gwp[:40]), ""
        if first and first not in set_choices():
            unknown, first = ("first", first[:40]), ""
        return cls(year, given, gwp, first, unknown)

    @property
    def is_asked(self) -> bool:
        """Whether anything shall change."""
        return bool(self.gwp_set or self.first_set or self.electricity.amount is not None)

    @property
    def query(self) -> str:
        """The address of the switch: what one bookmarks."""
        parts = {
            "year": str(self.year),
            FIELD: self.electricity.text,
            "gwp": self.gwp_set,
            "first": self.first_set,
        }
        return urlencode({name: value for name, value in parts.items() if value})

    @property
    def change(self) -> str:
        """The electricity factor as runs know it, empty when it stays."""
        return "" if self.electricity.amount is None else self.electricity.change(self.year)

    def words(self, figures: Figures, lang: Language) -> str:
        """What is changed, in words."""
        parts = []
        if self.electricity.amount is not None:
            amount = self.electricity.words(lang)
            parts.append(
                say("web.cities.switch-electricity", lang, amount=amount, year=str(self.year))
            )
        if self.gwp_set:
            parts.append(say("web.cities.switch-gwp", lang, gwp=self.gwp_set))
        if self.first_set:
            name = set_words(self.first_set, lang)
            parts.append(say("web.cities.switch-first", lang, name=name))
        return "; ".join(parts)


def set_choices() -> tuple[str, ...]:
    """Sets of factors and parameters that one may ask first."""
    known = dict.fromkeys((*known_sets(), *known_parameter_sets()))
    return tuple(each for each in known if each not in _GIVEN)


def sets_in_order(figures: Figures) -> tuple[str, ...]:
    """Sets that the city asks, first to last."""
    return tuple(each for each in figures.inventory.book.sets if each not in _GIVEN)


@dataclass(frozen=True)
class Changed:
    """The inventory under the switch, or the findings that keep it from being computed."""

    figures: Figures | None
    findings: tuple[Finding, ...]


def changed(folder: Path, run_id: str, switch: Switch) -> Changed:
    """The same pack under the switch; nothing is stored."""
    return _changed(folder, run_id, switch.change, switch.gwp_set, switch.first_set)


@folders.kept_with_folder(SWITCHES_KEPT)
def _changed(folder: Path, run_id: str, change: str, gwp_set: str, first_set: str) -> Changed:
    pack = folders.run_of(folder, run_id).pack
    sets = pack.city.factor_sets or DEFAULT_SETS
    order = (first_set, *(each for each in sets if each != first_set)) if first_set else ()
    other = pack.with_changes(
        overrides=(override(change),) if change else (), gwp_set=gwp_set, factor_sets=order
    )
    found = inventory(other)
    if has_errors(found.findings):
        return Changed(None, found.findings)
    return Changed(Figures(found), ())


# Before and after


def compare_sectors(before: Figures, after: Figures, switch: Switch, lang: Language) -> Table:
    """Sectors of the year, as sealed and under the switch."""
    names = list(before.sectors)
    names += [each for each in after.sectors if each not in names]
    year = switch.year
    masses = {
        label("sector", each, lang): (before.sector_mg(year, each), after.sector_mg(year, each))
        for each in names
    }
    title = say("web.cities.compare-sectors-title", lang, year=str(year))
    total = (before.total_mg(year), after.total_mg(year))
    heading = say("web.cities.sector", lang)
    return _beside("compare-sectors", title, heading, masses, total, switch, lang)


def compare_gases(before: Figures, after: Figures, switch: Switch, lang: Language) -> Table:
    """Gases of the year, as sealed and under the switch."""
    year = switch.year
    one, other = before.by_gas(year), after.by_gas(year)
    masses = {
        label("gas", each, lang): (one.get(each), other.get(each))
        for each in FACTOR_GASES
        if each in one or each in other
    }
    title = say("web.cities.compare-gases-title", lang, year=str(year))
    total = (before.total_mg(year), after.total_mg(year))
    return _beside("compare-gases", title, say("web.cities.gas", lang), masses, total, switch, lang)


def _beside(
    name: str,
    title: str,
    heading: str,
    masses: Mapping[str, tuple[int | None, int | None]],
    total: tuple[int, int],
    switch: Switch,
    lang: Language,
) -> Table:
    columns = (
        Column(name.removeprefix("compare-").rstrip("s"), heading),
        Column("before_t_co2e", say("web.cities.before", lang), "mass"),
        Column("after_t_co2e", say("web.cities.after", lang), "mass"),
        Column("difference_t_co2e", say("web.cities.difference", lang), "mass"),
        Column("difference_share", say("web.cities.difference-share", lang), "share", 1),
    )
    rows = [_pair(words, *pair) for words, pair in masses.items()]
    rows.append(_pair(say("web.cities.total", lang), *total, "total"))
    return Table(name, title, columns, tuple(rows), query=switch.query)


def _pair(words: str, before: int | None, after: int | None, kind: str = "") -> Row:
    moved = after - before if after is not None and before is not None else None
    share = share_ppm(moved, before) if moved is not None and before else None
    return Row((Cell(words), Cell(before), Cell(after), Cell(moved), Cell(share)), kind)  # type: ignore[arg-type]
