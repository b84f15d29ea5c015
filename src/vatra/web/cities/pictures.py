"""Charts on a page: drawn by the server twice, for a desk and for a phone, with their data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from vatra.contract.charts import Chart, Column, chart, charts
from vatra.tables import label
from vatra.tables.vocabulary import SECTORS
from vatra.words import Language

PHONE_WIDTH = 340.0


@dataclass(frozen=True)
class Picture:
    """A chart ready for a template; the drawings are SVG of our own making, escaped there."""

    chart: Chart
    wide: SafeString
    narrow: SafeString

    @property
    def data(self) -> dict[str, Any]:
        """What the interactive chart draws from."""
        return {
            "name": self.chart.name,
            "lang": self.chart.lang,
            "title": self.chart.title,
            "sectors": self._sectors(),
            **self.chart.data,
        }

    def _sectors(self) -> dict[str, str]:
        """Names of the sectors that colour the bars of a chart of other things."""
        found = {each.get("sector") for each in self.chart.data["categories"]}
        return {code: label("sector", code, self.chart.lang) for code in SECTORS if code in found}


@dataclass(frozen=True)
class Drawing:
    """A picture of the inventory: drawn by the server for a desk and a phone, and not alive.

    ``query`` belongs to the address of a picture that a visitor asked for.
    """

    chart: Chart
    wide: SafeString
    narrow: SafeString
    query: str = ""

    @property
    def texts(self) -> list[list[tuple[Column, str]]]:
        """The numbers behind it as a person reads them, each beside its column."""
        table = self.chart.table
        rows = table.texts(self.chart.lang)
        return [list(zip(table.columns, row, strict=True)) for row in rows]

    @classmethod
    def of(cls, chart: Chart, query: str = "") -> Drawing:
        """The drawings of a chart; their SVG is of our own making, escaped there."""
        wide, narrow = chart.svg("page"), chart.svg("page", PHONE_WIDTH)
        return cls(chart, mark_safe(wide), mark_safe(narrow), query)


def picture(name: str, document: Mapping[str, Any], lang: Language) -> Picture | None:
    """A chart by name, or None when the contract has no data for it."""
    found = chart(name, document, lang)
    if found is None:
        return None
    wide, narrow = found.svg("page"), found.svg("page", PHONE_WIDTH)
    return Picture(found, mark_safe(wide), mark_safe(narrow))


def names(document: Mapping[str, Any], lang: Language) -> list[str]:
    """Names of all charts that the contract has data for."""
    return [each.name for each in charts(document, lang)]
