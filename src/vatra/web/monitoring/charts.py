"""The picture of monitoring: what is expected beside what was planned."""

from __future__ import annotations

from vatra.contract.charts import Chart
from vatra.contract.charts.fan import Course, fan
from vatra.contract.charts.table import gas_unit
from vatra.web.monitoring.queries import Report
from vatra.words import Language

NAME = "expected"
METHOD = "plan_pace"


def expected_chart(report: Report, lang: Language) -> Chart | None:
    """The path that reports lead to, beside the plan; None without a plan."""
    document = report.document
    if document is None:
        return None
    city, path, target = document["city"], document["pathway"], document["target"]
    years = sorted(path["planned_mg"])
    planned = [path["planned_mg"][year] for year in years]
    expected = [path["expected_mg"][METHOD][year] for year in years]
    reported = report.is_reported
    return fan(
        Course(
            name=NAME,
            city=city["name"],
            unit=gas_unit(document),
            first_year=int(years[0]),
            target_year=city["target_year"],
            without_mg=[report.without_mg[year] for year in years],
            planned_mg=expected if reported else planned,
            as_planned_mg=planned if reported else (),
            target_mg=target["allowed_mg"],
            cut_ppm=city["target_cut_ppm"],
            today=document["year"],
            synthetic=bool(city["synthetic"]),
        ),
        lang,
    )
