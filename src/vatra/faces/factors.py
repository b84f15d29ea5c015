"""The factors an inventory used, as a table that several faces print."""

from __future__ import annotations

import polars as pl

from vatra.faces.face import Report, frame_of
from vatra.faces.fields import Field

FACTOR_FIELDS = (
    Field("carrier", blank=""),
    Field("carrier_name", "label", of="carrier", vocabulary="carrier"),
    Field("gas", blank=""),
    Field("factor_id", blank=""),
    Field("value_t_per_mwh", "number"),
    Field("factor_year", "integer"),
    Field("source"),
    Field("page"),
)


def factors_used(report: Report) -> pl.DataFrame:
    """One row per carrier, gas and factor that a result of the years shown hangs on."""
    used = (
        report.shown()
        .select("carrier", "gas", "factor_id")
        .unique()
        .filter(pl.col("factor_id").is_in(list(report.factors)))
        .sort("carrier", "gas", "factor_id")
    )
    rows: list[dict[str, object]] = []
    for carrier, gas, factor_id in used.iter_rows():
        factor = report.factors[factor_id]
        rows.append(
            {
                "carrier": carrier,
                "gas": gas,
                "factor_id": factor_id,
                "value_t_per_mwh": factor.value_t_per_mwh,
                "factor_year": factor.year_from,
                "source": factor.source or None,
                "page": factor.page or None,
            }
        )
    return frame_of(FACTOR_FIELDS, rows)
