"""All years by sector with the years in between on a straight line: made only when asked for."""

from __future__ import annotations

from vatra.contract.charts import Chart
from vatra.web.cities.charts import trend
from vatra.web.cities.course import Course
from vatra.web.cities.figures import Figures
from vatra.web.cities.tables.years import missing_years
from vatra.words import Language

NAME = "years-filled"
BY_YEAR = False


def applies(figures: Figures, year: int) -> bool:
    """Whether there is a year in between that has no rows."""
    return bool(missing_years(figures.years))


def build(figures: Figures, year: int, lang: Language) -> Chart:
    """The trend with interpolated years, pale and rimmed."""
    return trend.drawn(NAME, figures, Course.of(figures, interpolate=True), lang)
