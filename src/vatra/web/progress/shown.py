"""Measures and tables as pages show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vatra.contract.charts import RenderedTable
from vatra.tables import label
from vatra.web.base.tables import Table
from vatra.web.cities.rendered import as_page_table
from vatra.words import Language, euros, percent, say

ROOM = "progress"
PPM = 1_000_000
# What is late comes first, what nobody began last.
_ORDER = ("delayed", "started", "done", "cancelled", "planned")


@dataclass(frozen=True)
class Measure:
    """A measure in a line: its status in words, how far it is, how late, its money."""

    code: str
    name: str
    status: str
    status_words: str
    reached: str
    planned: str
    late: str
    spent: str


def listed_measures(document: Mapping[str, Any], lang: Language) -> list[Measure]:
    """All measures, those that need a look first."""
    reported = {each["code"]: each for each in document["actions"]}
    money = {each["code"]: each["spent_cents"] for each in document["spending"]["actions"]}
    found = [
        _measure(code, names[lang], document["statuses"][code], reported.get(code),
                 money[code], lang)
        for code, names in document["names"].items()
    ]  # fmt: skip
    return sorted(found, key=lambda each: (_ORDER.index(each.status), not each.late))


def _measure(
    code: str,
    name: str,
    status: str,
    report: Mapping[str, Any] | None,
    spent: Mapping[str, int],
    lang: Language,
) -> Measure:
    reached = planned = late = ""
    if report is not None:
        reached = _share(report["reached_ppm"], lang)
        planned = _share(report["planned_ppm"], lang)
        months = report["delay_months"]
        if months and months > 0 and status not in ("done", "cancelled"):
            late = say("web.progress.months-late", lang, count=months)
    return Measure(
        code, name, status, label("progress_status", status, lang), reached, planned, late,
        euros(sum(spent.values()), lang) if spent else "",
    )  # fmt: skip


def _share(ppm: int | None, lang: Language) -> str:
    return "" if ppm is None else percent(ppm / PPM, lang)


def by_status(document: Mapping[str, Any], lang: Language) -> list[tuple[str, list[Measure]]]:
    """Measures under the words of their status, empty ones left out."""
    listed = listed_measures(document, lang)
    found = [(status, [each for each in listed if each.status == status]) for status in _ORDER]
    return [(label("progress_status", status, lang), rows) for status, rows in found if rows]


def page_table(given: RenderedTable) -> Table:
    """A table of progress ready for pages and files."""
    return as_page_table(given, ROOM)
