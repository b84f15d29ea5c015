"""The plan year by year: its path, what each action cuts and costs, what nothing explains."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vatra.cli.figures import city_name, in_tonnes
from vatra.cli.output import Sheet
from vatra.runs.contract import Run
from vatra.runs.scenario import Scenario
from vatra.tables import label
from vatra.tables.vocabulary import SECTORS
from vatra.units import CENTS_PER_EUR, MG_PER_T
from vatra.words import Language, number, percent, say, tonnes

_PPM = 1_000_000
_CUTS = ("shapley_mg", "first_in_mg", "last_in_mg")


@dataclass(frozen=True)
class Path:
    """The sealed sections of a plan by year, for one year in which its actions are weighed."""

    run: Run
    built: Scenario
    sections: Mapping[str, Any]
    year: int

    @property
    def masses(self) -> Mapping[str, Any]:
        """Emissions by year."""
        found: Mapping[str, Any] = self.sections["pathway"]
        return found

    @property
    def actions(self) -> Sequence[Mapping[str, Any]]:
        """Actions with what they cut in the year."""
        found: Sequence[Mapping[str, Any]] = self.sections["actions"]
        return found


def path_sentence(path: Path, lang: Language) -> str:
    """What the actions leave in the target year, and whether that is the target."""
    built, masses = path.built, path.masses
    year = str(built.aim.target_year)
    left, target = masses["total_mg"][year], masses["target_mg"]
    key = "cli.plan-path-met" if left <= target else "cli.plan-path-missed"
    return say(
        key,
        lang,
        city=city_name(path.run, lang),
        count=len(path.actions),
        year=year,
        left=tonnes(left, lang),
        cut=percent(1 - left / built.base_mg if built.base_mg else 0.0, lang, 2),
        base_year=str(built.aim.base_year),
        target=tonnes(target, lang),
        missing=tonnes(abs(left - target), lang),
    )


def path_sheets(path: Path, lang: Language) -> list[Sheet]:
    """The path, the actions, and what no measure explains where a plan is printed."""
    sheets = [_years(path, lang), _actions(path, lang)]
    return [*sheets, *_unexplained(path, lang)]


def _years(path: Path, lang: Language) -> Sheet:
    masses = path.masses
    sectors = [each for each in SECTORS if each in masses["by_sector_mg"]]
    rows = []
    for year in map(str, masses["years"]):
        cells = (
            masses["baseline_mg"][year],
            masses["total_mg"][year],
            *(masses["by_sector_mg"][sector][year] for sector in sectors),
            masses["sinks_mg"][year],
        )
        rows.append((year, *(in_tonnes(each, lang) for each in cells)))
    columns = [
        *(say(f"cli.plan-{name}", lang) for name in ("year", "baseline", "with-actions")),
        *(label("sector", sector, lang) for sector in sectors),
        say("cli.plan-sinks", lang),
    ]
    title = say("cli.plan-path-title", lang)
    return Sheet(title, columns, rows, tuple(range(1, len(columns))))


def _actions(path: Path, lang: Language) -> Sheet:
    rows: list[Sequence[str]] = [
        (
            each["code"],
            each["name"][lang],
            str(each["start_year"]),
            percent(each["level_ppm"] / _PPM, lang),
            _millions(each["cost_cents"], lang),
            *(in_tonnes(each[cut], lang) for cut in _CUTS),
            "" if each["claimed_mg"] is None else in_tonnes(each["claimed_mg"], lang),
        )
        for each in path.actions
    ]
    costs = [each["cost_cents"] for each in path.actions if each["cost_cents"] is not None]
    joint = sum(each["shapley_mg"] for each in path.actions)
    claims = [each["claimed_mg"] for each in path.actions if each["claimed_mg"] is not None]
    rows.append(
        (
            say("cli.total", lang), "", "", "",
            _millions(sum(costs), lang) if costs else "",
            in_tonnes(joint, lang), "", "",
            in_tonnes(sum(claims), lang) if claims else "",
        )
    )  # fmt: skip
    names = (
        "code",
        "action",
        "start",
        "level",
        "cost",
        "shapley",
        "first-in",
        "last-in",
        "printed",
    )
    columns = [say(f"cli.plan-{name}", lang) for name in names]
    title = say("cli.plan-actions-title", lang, year=str(path.year))
    return Sheet(title, columns, rows, (3, 4, 5, 6, 7, 8))


def _millions(cents: int | None, lang: Language) -> str:
    return "" if cents is None else number(cents / CENTS_PER_EUR / 1e6, lang, 2)


def _unexplained(path: Path, lang: Language) -> list[Sheet]:
    found = path.sections["unexplained"]
    if found is None:
        return []
    sectors = [each for each in SECTORS if each in found["by_sector"]]
    named = [(label("sector", each, lang), found["by_sector"][each]) for each in sectors]
    stages = ("published_mg", "explained_mg", "unexplained_mg")
    rows = [
        (name, *(in_tonnes(masses[stage], lang) for stage in stages))
        for name, masses in [*named, (say("cli.total", lang), found["total"])]
    ]
    columns = [say(f"cli.plan-{name}", lang) for name in ("sector", *stages)]
    title = say("cli.plan-unexplained-title", lang, year=str(path.built.aim.target_year))
    return [Sheet(title, columns, rows, (1, 2, 3))]


# For machines


def path_data(path: Path, lang: Language) -> dict[str, Any]:
    """Path, actions and what nothing explains, masses in tonnes and money in euros."""
    unexplained = path.sections["unexplained"]
    return {
        "path": year_rows(path),
        "actions_year": path.year,
        "actions": action_rows(path, lang),
        "a_cap_bites": path.masses["a_cap_bites"],
        "cuts_are_exact": path.sections["wedges"]["exact"],
        "unexplained": [] if unexplained is None else unexplained_rows(path),
    }


def year_rows(path: Path) -> list[dict[str, Any]]:
    """A year a row."""
    masses = path.masses
    return [
        {
            "year": int(year),
            "baseline_t": masses["baseline_mg"][year] / MG_PER_T,
            "total_t": masses["total_mg"][year] / MG_PER_T,
            "sinks_t": masses["sinks_mg"][year] / MG_PER_T,
            **{
                f"{sector}_t": by_year[year] / MG_PER_T
                for sector, by_year in masses["by_sector_mg"].items()
            },
        }
        for year in map(str, masses["years"])
    ]


def action_rows(path: Path, lang: Language) -> list[dict[str, Any]]:
    """An action a row."""
    return [
        {
            "code": each["code"],
            "name": each["name"][lang],
            "sector": each["sector"],
            "field": each["field"],
            "start_year": each["start_year"],
            "level_percent": each["level_ppm"] * 100 / _PPM,
            "cost_eur": None if each["cost_cents"] is None else each["cost_cents"] / CENTS_PER_EUR,
            "shapley_t": each["shapley_mg"] / MG_PER_T,
            "first_in_t": each["first_in_mg"] / MG_PER_T,
            "last_in_t": each["last_in_mg"] / MG_PER_T,
            "standard_error_t": each["standard_error_mg"] / MG_PER_T,
            "printed_t": None if each["claimed_mg"] is None else each["claimed_mg"] / MG_PER_T,
        }
        for each in path.actions
    ]


def unexplained_rows(path: Path) -> list[dict[str, Any]]:
    """A sector a row; none where nothing is printed."""
    found = path.sections["unexplained"]
    if found is None:
        return []
    return [
        {
            "sector": sector,
            "published_t": masses["published_mg"] / MG_PER_T,
            "explained_t": masses["explained_mg"] / MG_PER_T,
            "unexplained_t": masses["unexplained_mg"] / MG_PER_T,
        }
        for sector, masses in found["by_sector"].items()
    ]
