"""Stock difference: carbon of a class of land at two times."""

from __future__ import annotations

from collections.abc import Collection

from vatra.methods.base import Results
from vatra.methods.land.entry import Row, add
from vatra.methods.land.formulas import stock_difference_t


def stock_change(
    results: Results, row: Row, counted: Collection[tuple[int, str, str | None]]
) -> None:
    """The yearly change of a row, in the year of the row.

    ``counted`` are the year, class and item whose biomass gains and losses count already.
    """
    if _faulty(results, row, counted):
        return
    if not row["year_from"] <= row["year"] <= row["year_to"]:
        results.finding(
            "methods.land-stock-outside", [row["line"]], "year", "warning", year=str(row["year"])
        )
    gained_t = stock_difference_t(
        row["carbon_from_t"], row["carbon_to_t"], row["year_from"], row["year_to"]
    )
    add(results, row, gained_t, (), stream=row["land"], activity=row["carbon_to_t"], unit="t C")


def _faulty(results: Results, row: Row, counted: Collection[tuple[int, str, str | None]]) -> bool:
    line = [row["line"]]
    negative = [name for name in ("carbon_from", "carbon_to") if row[f"{name}_t"] < 0]
    if negative:
        results.finding("methods.land-carbon-negative", line, negative[0], columns=negative)
    elif row["year_to"] <= row["year_from"]:
        results.finding(
            "methods.land-years-reversed", line, "year_to",
            first=str(row["year_from"]), second=str(row["year_to"]),
        )  # fmt: skip
    elif row["pool"] == "biomass" and (row["year"], row["land"], row["item"]) in counted:
        results.finding(
            "methods.land-counted-twice", line, "land",
            land=f"@tables.land-{row['land']}", year=str(row["year"]),
        )  # fmt: skip
    else:
        return False
    return True
