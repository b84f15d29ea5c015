"""Module B-1: the path year by year, with its doubt, and what takes how much off it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from vatra.contract.charts.table import (
    PPM_PER_PERCENT,
    RenderedTable,
    Value,
    gas_unit,
    in_sector_order,
    text_column,
    tonnes_value,
)
from vatra.contract.render.tables.cells import number_column
from vatra.tables import label
from vatra.words import Language, say

PLACE = 60
# More years than a page has room for beside a name; CSV and JSON of the document have all.
YEARS_SHOWN = 6
_BASELINE = ("drivers", "grid", "factors")


def build(document: Mapping[str, Any], lang: Language) -> list[RenderedTable]:
    """Path, wedges, what is not explained, and how sure it is; nothing without a path."""
    if not document.get("pathway"):
        return []
    return [
        _path(document, lang),
        _wedges(document, lang),
        *_unexplained(document, lang),
        *_tornado(document, lang),
        *_measure_next(document, lang),
    ]


def milestones(path: Mapping[str, Any]) -> list[str]:
    """A few years of a path: the first, the target year and some evenly between."""
    years = [year for year in path["years"] if year <= path["target_year"]]
    count = min(YEARS_SHOWN, len(years))
    steps = max(count - 1, 1)
    found = {years[round(place * (len(years) - 1) / steps)] for place in range(count)}
    return [str(year) for year in sorted(found)]


def _path(document: Mapping[str, Any], lang: Language) -> RenderedTable:
    path, unit = document["pathway"], gas_unit(document)
    fan = (document.get("risk") or {}).get("fan") or {}
    sectors = in_sector_order(path["by_sector_mg"])
    series: list[tuple[str, str, Mapping[str, int]]] = [
        ("without", say("contract.render.path-without", lang), path["baseline_mg"]),
        ("with", say("contract.render.path-with", lang), path["total_mg"]),
    ]
    if fan:
        for name in ("p10", "p90"):
            masses = {year: each[f"{name}_mg"] for year, each in fan.items()}
            series.append((name, name.upper(), masses))
    series += [(each, label("sector", each, lang), path["by_sector_mg"][each]) for each in sectors]
    series.append(("sinks", say("contract.render.path-sinks", lang), path["sinks_mg"]))
    columns = [text_column("year", "contract.render.year", lang)]
    columns += [number_column(key, title, unit) for key, title, _ in series]
    rows = [
        (year, *(tonnes_value(masses.get(year)) for _, _, masses in series))
        for year in map(str, path["years"])
    ]
    at_target = [place for place, row in enumerate(rows) if row[0] == str(path["target_year"])]
    note = say("contract.render.b-1-note" if fan else "contract.render.b-1-note-bare", lang)
    return RenderedTable(
        "b-1", say("contract.render.b-1", lang), tuple(columns), tuple(rows), note,
        totals=frozenset(at_target),
    )  # fmt: skip


def _wedges(document: Mapping[str, Any], lang: Language) -> RenderedTable:
    """Rows of causes and actions whose sum is the way from the base year to the plan."""
    path, parts = document["pathway"], document["wedges"]
    years, unit = milestones(path), gas_unit(document)
    level = path["baseline_mg"][str(path["base_year"])]
    names = {each["code"]: f"{each['code']} {each['name'][lang]}" for each in document["actions"]}
    rows: list[tuple[Value, ...]] = [
        (say("contract.render.wedge-level", lang), *([tonnes_value(level)] * len(years)))
    ]
    rows += [
        _lessened(say(f"contract.render.wedge-{cause}", lang), parts["baseline_mg"][cause], years)
        for cause in _BASELINE
        if any(parts["baseline_mg"].get(cause, {}).values())
    ]
    rows += [
        _lessened(names[each["code"]], parts["by_action_mg"][each["code"]], years)
        for each in document["actions"]
    ]
    left = say("contract.render.wedge-left", lang)
    rows.append((left, *(tonnes_value(path["total_mg"][year]) for year in years)))
    columns = [text_column("cause", "contract.render.wedge-cause", lang)]
    columns += [number_column(year, year, unit) for year in years]
    note = say("contract.render.b-1-wedges-note", lang)
    if not parts["exact"]:
        note = f"{note} {say('contract.render.wedges-sampled', lang)}"
    return RenderedTable(
        "b-1-wedges", say("contract.render.b-1-wedges", lang), tuple(columns), tuple(rows), note,
        totals=frozenset({0, len(rows) - 1}),
    )  # fmt: skip


def _lessened(name: str, cut_mg: Mapping[str, int], years: Sequence[str]) -> tuple[Value, ...]:
    """A cut as what it takes off: below zero."""
    return (name, *(tonnes_value(-cut_mg[year]) for year in years))


def _unexplained(document: Mapping[str, Any], lang: Language) -> list[RenderedTable]:
    found = document.get("unexplained")
    if not found:
        return []
    stages = ("published_mg", "explained_mg", "unexplained_mg")
    named = [
        (label("sector", each, lang), found["by_sector"][each])
        for each in in_sector_order(found["by_sector"])
    ]
    rows = tuple(
        (name, *(tonnes_value(masses[stage]) for stage in stages))
        for name, masses in [*named, (say("contract.render.total", lang), found["total"])]
    )
    unit, year = gas_unit(document), str(document["pathway"]["target_year"])
    columns = (
        text_column("sector", "contract.render.sector", lang),
        *(
            number_column(
                stage.removesuffix("_mg"), say(f"contract.render.{stage[:-3]}", lang), unit
            )
            for stage in stages
        ),
    )
    return [
        RenderedTable(
            "b-1-unexplained",
            say("contract.render.b-1-unexplained", lang, year=year),
            columns,
            rows,
            say("contract.render.b-1-unexplained-note", lang),
            totals=frozenset({len(rows) - 1}),
        )
    ]


def _tornado(document: Mapping[str, Any], lang: Language) -> list[RenderedTable]:
    bars = (document.get("risk") or {}).get("tornado") or []
    rows = tuple(
        (
            each["name"][lang],
            each["distribution"],
            each["low_cut_ppm"] / PPM_PER_PERCENT,
            each["high_cut_ppm"] / PPM_PER_PERCENT,
            each["variance_ppm"] / PPM_PER_PERCENT,
            say(f"contract.render.doubt-{'default' if each['is_default'] else 'stated'}", lang),
        )
        for each in bars
    )
    year = str(document["pathway"]["target_year"])
    columns = (
        text_column("number", "contract.render.tornado-number", lang),
        text_column("distribution", "contract.render.tornado-distribution", lang),
        number_column("low_cut", say("contract.render.tornado-low", lang), "%", 1),
        number_column("high_cut", say("contract.render.tornado-high", lang), "%", 1),
        number_column("variance", say("contract.render.tornado-variance", lang), "%", 1),
        text_column("origin", "contract.render.tornado-origin", lang),
    )
    title = say("contract.render.b-1-tornado", lang, year=year)
    note = say("contract.render.b-1-tornado-note", lang)
    return [RenderedTable("b-1-tornado", title, columns, rows, note)]


def _measure_next(document: Mapping[str, Any], lang: Language) -> list[RenderedTable]:
    found = (document.get("risk") or {}).get("measure_next") or []
    rows = tuple(
        (str(each["rank"]), each["name"][lang], each["value_ppm"] / PPM_PER_PERCENT)
        for each in found
        if each["value_ppm"] > 0
    )
    columns = (
        text_column("rank", "contract.render.rank", lang),
        text_column("number", "contract.render.tornado-number", lang),
        number_column("value", say("contract.render.next-value", lang), "%", 2),
    )
    title = say("contract.render.b-1-next", lang)
    note = say("contract.render.b-1-next-note", lang)
    return [RenderedTable("b-1-next", title, columns, rows, note)]
